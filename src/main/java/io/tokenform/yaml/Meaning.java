package io.tokenform.yaml;

import io.tokenform.finding.SourceText;
import io.tokenform.yaml.Piece.Kind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * All that a YAML text says, to machines and to people.
 *
 * @param nodes its structure and values, in their order
 * @param comments its comments, sorted
 */
record Meaning(List<Fact> nodes, List<String> comments) {
  private static final Fact EMPTY =
      new Fact(Event.ID.Scalar, Optional.empty(), Optional.empty(), Optional.of(Tag.NULL), "");

  /**
   * One thing that the parser found.
   *
   * @param name the anchor, or what an alias refers to
   * @param given the tag that the text gives
   * @param resolved what the core schema takes a scalar for
   */
  record Fact(
      Event.ID kind,
      Optional<Anchor> name,
      Optional<String> given,
      Optional<Tag> resolved,
      String value) {}

  /**
   * @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException if the text is not well-formed
   */
  static Meaning of(SourceText source) {
    String text = YamlReader.text(source);
    return new Meaning(nodes(text), comments(text));
  }

  private static List<Fact> nodes(String text) {
    CoreSchema schema = new CoreSchema();
    ScalarResolver resolver = schema.getScalarResolver();
    LoadSettings settings = YamlReader.settings(schema, "", text);
    List<Fact> facts = new ArrayList<>();
    Iterator<Event> events = YamlReader.events(settings, text);
    while (events.hasNext()) {
      Event event = events.next();
      Event.ID kind = event.getEventId();
      if (event instanceof AliasEvent alias) {
        Optional<Anchor> name = Optional.of(alias.getAlias());
        facts.add(new Fact(kind, name, Optional.empty(), Optional.empty(), ""));
      } else if (event instanceof ScalarEvent scalar) {
        Tag resolved =
            scalar.isPlain()
                ? resolver.resolve(
                    scalar.getValue(), scalar.getImplicit().canOmitTagInPlainScalar())
                : Tag.STR;
        facts.add(
            new Fact(
                kind,
                scalar.getAnchor(),
                scalar.getTag(),
                scalar.getTag().isPresent() ? Optional.empty() : Optional.of(resolved),
                scalar.getValue()));
      } else if (event instanceof CollectionStartEvent start) {
        facts.add(new Fact(kind, start.getAnchor(), start.getTag(), Optional.empty(), ""));
      } else if (kind == Event.ID.MappingEnd || kind == Event.ID.SequenceEnd) {
        facts.add(new Fact(kind, Optional.empty(), Optional.empty(), Optional.empty(), ""));
      }
    }
    // A document without a value says as little as no document.
    return facts.equals(List.of(EMPTY)) ? List.of() : facts;
  }

  private static List<String> comments(String text) {
    return Pieces.of(text.replace("\r\n", "\n").replace('\r', '\n')).stream()
        .filter(piece -> piece.is(Kind.COMMENT))
        .map(Piece::text)
        .sorted()
        .toList();
  }
}
