package io.tokenform.yaml;

import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Names;
import io.tokenform.access.Permission;
import io.tokenform.access.TokenId;
import io.tokenform.access.Uuids;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Findings;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.finding.Nearest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads single values strictly; each method answers nothing once it has said what is wrong. */
public final class Values {
  /** Longer lines are written by machines, and are not looked at for texts that are cut. */
  private static final int LONGEST_LINE = 2_000;

  private static final String UUID_FORM =
      "a UUID has the form 01234567-89ab-4cde-8f01-23456789abcd";

  private static final String URL_FORM =
      "write https:// and the host, as in https://cluster.example.com";

  private final Findings findings;

  public Values(Findings findings) {
    this.findings = findings;
  }

  /**
   * A string.
   *
   * @param what the value's name in messages, as in {@code a description}
   */
  public Optional<Located<String>> string(YamlNode node, String what) {
    if (node instanceof YamlNode.Scalar scalar && scalar.isString()) {
      return Optional.of(new Located<>(scalar.text(), scalar.where()));
    }
    if (node instanceof YamlNode.Scalar scalar && scalar.isNull()) {
      findings.add(missingValue(node, what + " must be a string"));
    } else {
      findings.add(
          wrongType(node, what + " must be a string")
              .hint(
                  node instanceof YamlNode.Scalar scalar
                      ? "quote it: " + quoted(scalar.text())
                      : "write one string; a text with : in it, or { or [ before it, needs"
                          + " quotes"));
    }
    return Optional.empty();
  }

  /**
   * A string in the words of people, or a name. It is said where a comment that begins like text
   * cuts it, as in {@code Batch, ticket #1234}: what is behind the number sign is lost in silence.
   *
   * @param what the value's name in messages, as in {@code a description}
   */
  public Optional<Located<String>> words(YamlNode node, String what) {
    Optional<Located<String>> text = string(node, what);
    if (text.isPresent() && isCut(text.get().where())) {
      findings.add(
          Diagnostic.warning(
                  Code.CUT_TEXT,
                  behind(text.get().where()),
                  what + " ends before this #, which begins a comment")
              .hint(
                  "quote the whole text if this belongs to it; write a space behind the # if it is"
                      + " a comment"));
    }
    return text;
  }

  /** The number sign behind a plain text and a space. */
  private static Location behind(Location text) {
    return new Location(text.source(), text.line(), text.column() + text.length() + 1, 1);
  }

  /**
   * Whether a comment follows that could be text: after one space alone, and without a space before
   * its first word, or with a number for that.
   */
  private static boolean isCut(Location text) {
    if (!text.source().mayHaveTails()) {
      return false;
    }
    if (text.source().isLongerThan(LONGEST_LINE, text.line())) {
      // Each value of it would be looked for from its beginning.
      return false;
    }
    String line = text.source().line(text.line());
    if (!line.contains(" #")) {
      return false;
    }
    int start = line.offsetByCodePoints(0, Math.min(text.column() - 1, line.length()));
    int end = line.offsetByCodePoints(start, text.length());
    char last = line.charAt(end - 1);
    if (!line.startsWith(" #", end) || last == '"' || last == '\'') {
      return false;
    }
    String comment = line.substring(end + 2);
    return !comment.isBlank()
        && (Character.isLetterOrDigit(comment.charAt(0))
            || comment.matches("\\s\\d[\\d.,-]*(\\W.*)?"));
  }

  /**
   * A list of strings; those that are none are left out.
   *
   * @param key what the list is called
   * @param what what an item is, as in {@code a pattern}
   */
  public List<Located<String>> strings(YamlNode node, String key, String what) {
    String expected = key + " must be a list";
    if (node instanceof YamlNode.Sequence sequence) {
      return sequence.items().stream().flatMap(item -> string(item, what).stream()).toList();
    }
    if (isNull(node)) {
      findings.add(missingValue(node, expected));
    } else {
      Diagnostic finding = wrongType(node, expected);
      findings.add(
          node instanceof YamlNode.Scalar scalar
              ? finding.hint("write " + key + ": [" + inFlow(scalar.text()) + "]")
              : finding);
    }
    return List.of();
  }

  /**
   * A whole number from 0.
   *
   * @param most the largest that makes sense
   */
  public Optional<Integer> wholeNumber(YamlNode node, String key, int most) {
    return wholeNumber(node, key, 0, most);
  }

  /** A whole number from {@code least} to {@code most}. */
  public Optional<Integer> wholeNumber(YamlNode node, String key, int least, int most) {
    Optional<Integer> number =
        node instanceof YamlNode.Scalar scalar && scalar.isNumber()
            ? wholeNumber(scalar.text()).filter(value -> value >= least && value <= most)
            : Optional.empty();
    if (number.isEmpty()) {
      String expected = key + " must be a whole number from " + least + " to " + most;
      findings.add(
          isNull(node)
              ? missingValue(node, expected)
              : Diagnostic.error(
                      Code.WRONG_TYPE,
                      node.where(),
                      expected
                          + ", but this is "
                          + (node instanceof YamlNode.Scalar scalar && scalar.isNumber()
                              ? scalar.text()
                              : node.kind()))
                  .hint("write a number of that range, without quotes"));
    }
    return number;
  }

  /** A number's value, if it is whole. To JSON and its schemas, 14.0 is the whole number 14. */
  private static Optional<Integer> wholeNumber(String number) {
    try {
      return Optional.of(new BigDecimal(number).intValueExact());
    } catch (ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * A word of a few.
   *
   * @param what what messages call such a word
   * @param unknown the code of the finding where it is another word
   */
  public Optional<Located<String>> word(
      YamlNode node, String what, Code unknown, List<String> words) {
    if (!(node instanceof YamlNode.Scalar scalar) || !scalar.isString()) {
      String expected = "the " + what + " must be a word";
      findings.add(
          (isNull(node) ? missingValue(node, expected) : wrongType(node, expected))
              .hint("write one of: " + String.join(", ", words)));
      return Optional.empty();
    }
    if (!words.contains(scalar.text())) {
      findings.add(
          Diagnostic.error(
                  unknown, scalar.where(), "there is no " + what + " \"" + scalar.text() + "\"")
              .hint(Nearest.hint(scalar.text(), words).orElseGet(() -> all(what, words))));
      return Optional.empty();
    }
    return Optional.of(new Located<>(scalar.text(), scalar.where()));
  }

  private static String all(String what, List<String> words) {
    int last = words.size() - 1;
    String others = String.join(", ", words.subList(0, last));
    return "the " + what + "s are " + others + " and " + words.get(last);
  }

  /**
   * A map.
   *
   * @param what the value's name in messages, as in {@code a token}
   * @param form how to write one, as a hint
   */
  public Optional<YamlNode.Mapping> mapping(YamlNode node, String what, String form) {
    if (node instanceof YamlNode.Mapping mapping) {
      return Optional.of(mapping);
    }
    findings.add(
        isNull(node)
            ? missingValue(node, what + " must be a map")
                .hint("indent its keys below it, or remove it")
            : wrongType(node, what + " must be a map").hint("write " + form));
    return Optional.empty();
  }

  /**
   * The name of something that only the policy knows.
   *
   * @param what whose name it is, as in {@code a token}
   */
  public Optional<String> name(Located<String> key, String what) {
    try {
      return Optional.of(Names.check(key.value(), what));
    } catch (IllegalArgumentException e) {
      findings.add(
          Diagnostic.error(Code.BAD_NAME, key.where(), e.getMessage())
              .hint("choose another; the cluster does not know it, so any will do"));
      return Optional.empty();
    }
  }

  public Optional<Located<UUID>> uuid(YamlNode node, String what) {
    if (!(node instanceof YamlNode.Scalar scalar) || !scalar.isString()) {
      String expected = what + " must be a UUID";
      findings.add(
          isNull(node)
              ? missingValue(node, expected)
              // In quotes it would be no UUID either.
              : wrongType(node, expected).hint(UUID_FORM));
      return Optional.empty();
    }
    try {
      return Optional.of(new Located<>(Uuids.parse(scalar.text()), scalar.where()));
    } catch (IllegalArgumentException e) {
      findings.add(
          Diagnostic.error(Code.BAD_UUID, scalar.where(), "\"" + scalar.text() + "\" is not a UUID")
              .hint(uuidIn(scalar.text()).orElse(UUID_FORM)));
      return Optional.empty();
    }
  }

  /**
   * Where a state is written of which there is only one.
   *
   * @param only the one word that it may be
   * @param hint what to write instead of a word that is not like it
   */
  public Optional<Location> state(YamlNode node, String only, String hint) {
    if (!(node instanceof YamlNode.Scalar scalar) || !scalar.isString()) {
      String expected = "the state must be a word";
      findings.add(
          (isNull(node) ? missingValue(node, expected) : wrongType(node, expected))
              .hint("write " + only + ", or remove the key"));
      return Optional.empty();
    }
    if (!scalar.text().equals(only)) {
      findings.add(
          Diagnostic.error(
                  Code.UNKNOWN_STATE, scalar.where(), "there is no state \"" + scalar.text() + "\"")
              .hint(Nearest.hint(scalar.text(), List.of(only)).orElse(hint)));
      return Optional.empty();
    }
    return Optional.of(scalar.where());
  }

  /** A hint at the UUID in a text that has its digits, in braces or without hyphens perhaps. */
  private static Optional<String> uuidIn(String text) {
    String digits = text.replaceFirst("^urn:uuid:", "").replaceAll("[^\\p{Alnum}]", "");
    if (!digits.matches("\\p{XDigit}{32}")) {
      return Optional.empty();
    }
    String uuid = digits.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    return Optional.of("did you mean \"" + uuid + "\"?");
  }

  public Optional<Located<TokenId>> tokenId(YamlNode node) {
    return uuid(node, "a token's id").map(id -> new Located<>(new TokenId(id.value()), id.where()));
  }

  public Optional<Located<ClusterUrl>> url(YamlNode node) {
    if (node instanceof YamlNode.Scalar scalar && scalar.isNumber()) {
      // In quotes it would be no URL either.
      findings.add(wrongType(node, "a URL must be a string").hint(URL_FORM));
      return Optional.empty();
    }
    return string(node, "a URL")
        .flatMap(
            text -> {
              try {
                return Optional.of(new Located<>(ClusterUrl.parse(text.value()), text.where()));
              } catch (IllegalArgumentException e) {
                findings.add(
                    Diagnostic.error(
                            Code.BAD_URL,
                            text.where(),
                            "\"" + text.value() + "\" cannot be used: " + e.getMessage())
                        .hint(URL_FORM));
                return Optional.empty();
              }
            });
  }

  /** A text as it would stand in double quotes. */
  public static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** A name as it would stand in a flow list. */
  public static String inFlow(String text) {
    boolean plain =
        text.matches("[A-Za-z_][A-Za-z0-9_-]*")
            && !text.equalsIgnoreCase("true")
            && !text.equalsIgnoreCase("false")
            && !text.equalsIgnoreCase("null");
    return plain ? text : quoted(text);
  }

  /**
   * How to write a list of names that has been written as something else: as one text with commas
   * or hyphens between them, or as the keys of a map.
   */
  public static String asList(YamlNode node) {
    List<String> names = new ArrayList<>();
    if (node instanceof YamlNode.Scalar scalar) {
      Pattern.compile("\\s*,\\s*|\\s+-")
          .splitAsStream(scalar.text().replaceFirst("^-", ""))
          .forEach(names::add);
    } else if (node instanceof YamlNode.Mapping mapping) {
      for (YamlNode.Entry entry : mapping.entries()) {
        names.add(entry.key() instanceof YamlNode.Scalar key ? key.text() : "NAME");
      }
    }
    return names.stream().map(Values::inFlow).collect(Collectors.joining(", ", "[", "]"));
  }

  public static boolean isNull(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && scalar.isNull();
  }

  /** Whether nothing but a comment that begins like text stands at a place and behind it. */
  private static boolean isBeforeComment(Location where) {
    String line = where.source().line(where.line());
    int start = line.offsetByCodePoints(0, Math.min(where.column() - 1, line.length()));
    return line.substring(start).strip().matches("#\\w.*");
  }

  public static Diagnostic wrongType(YamlNode node, String expected) {
    return Diagnostic.error(
        Code.WRONG_TYPE, node.where(), expected + ", but this is " + node.kind());
  }

  public static Diagnostic missingValue(YamlNode node, String expected) {
    return Diagnostic.error(
            Code.MISSING_VALUE, node.where(), expected + ", but there is nothing here")
        .hint(
            node instanceof YamlNode.Scalar scalar && !scalar.text().isEmpty()
                ? "remove it, or quote it if it is a text: " + quoted(scalar.text())
                : isBeforeComment(node.where())
                    ? "a # begins a comment; quote a text that starts with it"
                    : "give a value, or remove it");
  }

  /**
   * Whether a database's name is as long as the Management API allows; if not, that is a finding.
   *
   * @param hint what to write in its place
   */
  public boolean hasLengthOfDatabase(Located<String> name, String hint) {
    int length = name.value().codePointCount(0, name.value().length());
    boolean fits = length >= 1 && length <= Permission.MAX_DATABASE_NAME_LENGTH;
    if (!fits) {
      findings.add(
          Diagnostic.error(
                  Code.BAD_DATABASE_NAME,
                  name.where(),
                  "a database's name must have 1 to "
                      + Permission.MAX_DATABASE_NAME_LENGTH
                      + " characters, but this has "
                      + length)
              .hint(hint));
    }
    return fits;
  }
}
