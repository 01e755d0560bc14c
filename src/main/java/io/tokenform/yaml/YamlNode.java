package io.tokenform.yaml;

import io.tokenform.access.Writing;
import io.tokenform.finding.Location;
import java.util.List;
import java.util.OptionalInt;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A YAML value with its place. What an alias stands for has the alias's place. */
public sealed interface YamlNode {
  Location where();

  /** The same value, met at another place. */
  YamlNode at(Location place);

  /** How many nodes it holds, itself and the contents of its aliases included. */
  long weight();

  /** What people call such a value. */
  String kind();

  /**
   * A single value.
   *
   * @param tag what YAML 1.2's core schema takes it for
   * @param text the value as text, quotes and escapes undone
   */
  record Scalar(Tag tag, String text, Location where) implements YamlNode {
    @Override
    public YamlNode at(Location place) {
      return new Scalar(tag, text, place);
    }

    @Override
    public long weight() {
      return 1;
    }

    public boolean isString() {
      return tag.equals(Tag.STR);
    }

    boolean isNull() {
      return tag.equals(Tag.NULL);
    }

    public boolean isNumber() {
      return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT);
    }

    /** Whether it is {@code <<}, which YAML 1.1 had and 1.2 has not. */
    boolean isMerge() {
      return tag.equals(Tag.MERGE);
    }

    @Override
    public String kind() {
      if (isString()) {
        OptionalInt odd = text.codePoints().filter(Writing::isLikeSpace).findFirst();
        return odd.isPresent()
            ? "a string with the character " + Writing.described(odd.getAsInt())
            : "a string";
      }
      if (isNull()) {
        return "nothing";
      }
      if (isMerge()) {
        return "a merge key";
      }
      return tag.equals(Tag.BOOL) ? "a boolean" : "a number";
    }
  }

  record Sequence(List<YamlNode> items, long weight, Location where) implements YamlNode {
    @Override
    public YamlNode at(Location place) {
      return new Sequence(items, weight, place);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  record Mapping(List<Entry> entries, long weight, Location where) implements YamlNode {
    @Override
    public YamlNode at(Location place) {
      return new Mapping(entries, weight, place);
    }

    @Override
    public String kind() {
      return "a map";
    }
  }

  record Entry(YamlNode key, YamlNode value) {}
}
