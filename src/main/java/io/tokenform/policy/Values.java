package io.tokenform.policy;

import io.tokenform.access.ClusterUrl;
import io.tokenform.access.TokenId;
import io.tokenform.access.Uuids;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads single values strictly; each method answers nothing once it has said what is wrong. */
final class Values {
  private static final String UUID_FORM =
      "a UUID has the form 01234567-89ab-4cde-8f01-23456789abcd";

  private final Findings findings;

  Values(Findings findings) {
    this.findings = findings;
  }

  /**
   * A string.
   *
   * @param what the value's name in messages, as in {@code a description}
   */
  Optional<Located<String>> string(YamlNode node, String what) {
    if (node instanceof YamlNode.Scalar scalar && scalar.isString()) {
      return Optional.of(new Located<>(scalar.text(), scalar.where()));
    }
    if (node instanceof YamlNode.Scalar scalar && scalar.isNull()) {
      findings.add(missingValue(node, what + " is a string"));
    } else {
      Diagnostic finding = wrongType(node, what + " is a string");
      findings.add(
          node instanceof YamlNode.Scalar scalar
              ? finding.hint("quote it: " + quoted(scalar.text()))
              : finding);
    }
    return Optional.empty();
  }

  /**
   * A list of strings; those that are none are left out.
   *
   * @param key what the list is called
   * @param what what an item is, as in {@code a pattern}
   */
  List<Located<String>> strings(YamlNode node, String key, String what) {
    String expected = key + " is a list";
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
  Optional<Integer> wholeNumber(YamlNode node, String key, int most) {
    Optional<Integer> number =
        node instanceof YamlNode.Scalar scalar && scalar.isNumber()
            ? wholeNumber(scalar.text()).filter(value -> value >= 0 && value <= most)
            : Optional.empty();
    if (number.isEmpty()) {
      String expected = key + " is a whole number from 0 to " + most;
      findings.add(
          isNull(node)
              ? missingValue(node, expected)
              : Diagnostic.error(
                  Code.WRONG_TYPE,
                  node.where(),
                  expected
                      + ", and this is "
                      + (node instanceof YamlNode.Scalar scalar && scalar.isNumber()
                          ? scalar.text()
                          : node.kind())));
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
   * A map.
   *
   * @param what the value's name in messages, as in {@code a token}
   * @param form how to write one, as a hint
   */
  Optional<YamlNode.Mapping> mapping(YamlNode node, String what, String form) {
    if (node instanceof YamlNode.Mapping mapping) {
      return Optional.of(mapping);
    }
    findings.add(
        isNull(node)
            ? missingValue(node, what + " is a map")
            : wrongType(node, what + " is a map").hint("write " + form));
    return Optional.empty();
  }

  /**
   * The name of something that only the policy knows.
   *
   * @param what whose name it is, as in {@code a token}
   */
  Optional<String> name(Located<String> key, String what) {
    try {
      return Optional.of(Names.check(key.value(), what));
    } catch (IllegalArgumentException e) {
      findings.add(Diagnostic.error(Code.BAD_NAME, key.where(), e.getMessage()));
      return Optional.empty();
    }
  }

  Optional<Located<UUID>> uuid(YamlNode node, String what) {
    if (node instanceof YamlNode.Scalar scalar && scalar.isNumber()) {
      // In quotes it would be no UUID either.
      findings.add(wrongType(node, what + " is a UUID").hint(UUID_FORM));
      return Optional.empty();
    }
    return string(node, what)
        .flatMap(
            text -> {
              try {
                return Optional.of(new Located<>(Uuids.parse(text.value()), text.where()));
              } catch (IllegalArgumentException e) {
                findings.add(
                    Diagnostic.error(
                            Code.BAD_UUID, text.where(), "\"" + text.value() + "\" is not a UUID")
                        .hint(UUID_FORM));
                return Optional.empty();
              }
            });
  }

  Optional<Located<TokenId>> tokenId(YamlNode node) {
    return uuid(node, "a token's id").map(id -> new Located<>(new TokenId(id.value()), id.where()));
  }

  Optional<Located<ClusterUrl>> url(YamlNode node) {
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
                        .hint("write https:// and the host, as in https://cluster.example.com"));
                return Optional.empty();
              }
            });
  }

  /** A text as it would stand in double quotes. */
  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** A name as it would stand in a flow list. */
  static String inFlow(String text) {
    boolean plain =
        text.matches("[A-Za-z_][A-Za-z0-9_-]*")
            && !text.equalsIgnoreCase("true")
            && !text.equalsIgnoreCase("false")
            && !text.equalsIgnoreCase("null");
    return plain ? text : quoted(text);
  }

  static boolean isNull(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && scalar.isNull();
  }

  static Diagnostic wrongType(YamlNode node, String expected) {
    return Diagnostic.error(
        Code.WRONG_TYPE, node.where(), expected + ", and this is " + node.kind());
  }

  static Diagnostic missingValue(YamlNode node, String expected) {
    return Diagnostic.error(
            Code.MISSING_VALUE, node.where(), expected + ", and there is nothing here")
        .hint("give a value, or remove the key");
  }
}
