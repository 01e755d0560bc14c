package io.tokenform.export.terraform;

import io.tokenform.export.Slug;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The address of a resource in Terraform's state, such as {@code
 * module.site["eu"].influxdb3_token.writer[0]}. Its parts are read leniently: what is no address
 * has no name.
 */
public record TerraformAddress(String text) implements Comparable<TerraformAddress> {
  private static final String MODULE = "module";
  private static final String DATA = "data";

  /** Leaves room for what makes a name unique. */
  private static final int LONGEST_NAME = 90;

  public TerraformAddress {
    Objects.requireNonNull(text, "text");
  }

  /** The address of a resource in a module; the root module's address is empty. */
  static TerraformAddress of(String module, String type, String name) {
    return new TerraformAddress((module.isEmpty() ? "" : module + ".") + type + "." + name);
  }

  /** One of the instances that {@code for_each} made. */
  TerraformAddress each(String key) {
    return new TerraformAddress(text + "[" + quoted(key) + "]");
  }

  /** One of the instances that {@code count} made. */
  TerraformAddress at(String index) {
    return new TerraformAddress(text + "[" + index + "]");
  }

  boolean isInstance() {
    return text.endsWith("]");
  }

  /** As Terraform writes it: HCL, in which two characters begin a template. */
  private static String quoted(String key) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < key.length(); i = key.offsetByCodePoints(i, 1)) {
      int c = key.codePointAt(i);
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '"', '\\' -> out.append('\\').appendCodePoint(c);
        case '$', '%' ->
            out.append(key.startsWith("{", i + 1) ? Character.toString(c) : "").appendCodePoint(c);
        default -> {
          if (Character.isISOControl(c)) {
            out.append(String.format(Locale.ROOT, "\\u%04x", c));
          } else {
            out.appendCodePoint(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }

  /**
   * What a token may be called after it: the modules on the way, the resource and its key, without
   * the resource's type. Empty where nothing is left.
   */
  public String name() {
    List<Step> steps = steps();
    List<Step> named = new ArrayList<>();
    int next = 0;
    while (next + 1 < steps.size() && steps.get(next).name().equals(MODULE)) {
      named.add(steps.get(next + 1));
      next += 2;
    }
    if (next < steps.size() && steps.get(next).name().equals(DATA)) {
      next++;
    }
    // The type is no part of the name.
    if (steps.size() != next + 2) {
      return "";
    }
    named.add(steps.get(next + 1));
    return Slug.of(
        named.stream()
            .flatMap(step -> Stream.of(step.name(), step.key()))
            .collect(Collectors.joining(" ")),
        LONGEST_NAME);
  }

  /** The address of the block that made it: without keys, as a configuration names it. */
  public String block() {
    return steps().stream().map(Step::name).collect(Collectors.joining("."));
  }

  /**
   * A part of the address.
   *
   * @param key what tells it from its like; empty where nothing does
   */
  private record Step(String name, String key) {}

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    int index = 0;
    while (index < text.length()) {
      int end = endOfName(index);
      String name = text.substring(index, end);
      String key = "";
      if (end < text.length() && text.charAt(end) == '[') {
        int close = endOfKey(end + 1);
        key = unquoted(text.substring(end + 1, close));
        end = Math.min(text.length(), close + 1);
      }
      steps.add(new Step(name, key));
      index = end < text.length() && text.charAt(end) == '.' ? end + 1 : Math.max(end, index + 1);
    }
    return steps;
  }

  private int endOfName(int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
      end++;
    }
    return end;
  }

  /** Where the bracket is that ends a key; a quoted one may have brackets in it. */
  private int endOfKey(int start) {
    boolean inQuotes = false;
    int end = start;
    while (end < text.length() && (inQuotes || text.charAt(end) != ']')) {
      char c = text.charAt(end);
      if (c == '"') {
        inQuotes = !inQuotes;
      }
      end += c == '\\' ? 2 : 1;
    }
    return Math.min(end, text.length());
  }

  /** Escapes of letters that a name has no use for stay: they are no letters of it. */
  private static String unquoted(String key) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c == '\\') {
        i += key.startsWith("u", i + 1) ? 5 : key.startsWith("U", i + 1) ? 9 : 1;
        out.append(' ');
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  @Override
  public int compareTo(TerraformAddress other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
