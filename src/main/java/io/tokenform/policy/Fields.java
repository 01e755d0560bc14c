package io.tokenform.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A map's values by key: every key is a string, stands once, and is one of those that are known.
 */
final class Fields {
  private static final List<String> SECRET_NAMES =
      List.of("token", "secret", "password", "passwd", "credential", "apikey", "api_key");

  private final Map<String, YamlNode.Entry> entries;

  private Fields(Map<String, YamlNode.Entry> entries) {
    this.entries = entries;
  }

  /**
   * Reads a map whose keys are fixed.
   *
   * @param what the map's name in messages, as in {@code the cluster section}
   * @param known the keys that it may have
   */
  static Fields of(YamlNode.Mapping mapping, String what, List<String> known, Findings findings) {
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    byKey(mapping, Code.DUPLICATE_KEY, "the key", findings)
        .forEach(
            (key, entry) -> {
              if (known.contains(key)) {
                entries.put(key, entry);
              } else {
                findings.add(unknownKey(key, entry, what, known));
              }
            });
    return new Fields(entries);
  }

  /**
   * A map's entries by their keys, in the order of the text, for a map whose keys are names.
   *
   * @param duplicate the finding of a key that stands twice
   * @param what what a key is in messages, as in {@code the token}
   */
  static Map<String, YamlNode.Entry> byKey(
      YamlNode.Mapping mapping, Code duplicate, String what, Findings findings) {
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    for (YamlNode.Entry entry : mapping.entries()) {
      if (!(entry.key() instanceof YamlNode.Scalar key) || !key.isString()) {
        findings.add(notAString(entry.key()));
        continue;
      }
      YamlNode.Entry first = entries.putIfAbsent(key.text(), entry);
      if (first != null) {
        findings.add(
            Diagnostic.error(duplicate, key.where(), what + " \"" + key.text() + "\" stands twice")
                .alsoAt(first.key().where()));
      }
    }
    return entries;
  }

  private static Diagnostic notAString(YamlNode key) {
    if (key instanceof YamlNode.Scalar scalar && scalar.isMerge()) {
      return Diagnostic.error(
              Code.MERGE_KEY, key.where(), "this is a merge key, which YAML 1.2 does not have")
          .hint("write the keys out; permissions that tokens share are a role");
    }
    Diagnostic finding =
        Diagnostic.error(
            Code.WRONG_TYPE, key.where(), "a key has to be a string, and this is " + key.kind());
    return key instanceof YamlNode.Scalar scalar && !scalar.isNull()
        ? finding.hint("quote it: " + Values.quoted(scalar.text()))
        : finding;
  }

  private static Diagnostic unknownKey(
      String key, YamlNode.Entry entry, String what, List<String> known) {
    if (entry.value() instanceof YamlNode.Scalar value && !value.isNull() && isSecretName(key)) {
      Location where = value.where();
      where.source().conceal(where.line());
      return Diagnostic.error(
              Code.SECRET_IN_POLICY,
              entry.key().where(),
              what + " has no key \"" + key + "\", and a policy holds no secrets")
          .hint(
              "remove it, and revoke it if it is one; the management token comes from"
                  + " INFLUX_DB_MANAGEMENT_TOKEN or a file");
    }
    Diagnostic finding =
        Diagnostic.error(
            Code.UNKNOWN_KEY, entry.key().where(), what + " has no key \"" + key + "\"");
    return finding.hint(
        Nearest.hint(key, known).orElse("the keys are " + String.join(", ", known)));
  }

  /** Whether a key has the name of something secret, whose value may look like any word. */
  private static boolean isSecretName(String key) {
    String name = key.toLowerCase(Locale.ROOT);
    return SECRET_NAMES.stream().anyMatch(name::contains);
  }

  /** The value of a key, where the map has it. */
  Optional<YamlNode> value(String key) {
    return Optional.ofNullable(entries.get(key)).map(YamlNode.Entry::value);
  }

  /** The place of a key, where the map has it. */
  Optional<Location> keyOf(String key) {
    return Optional.ofNullable(entries.get(key)).map(entry -> entry.key().where());
  }
}
