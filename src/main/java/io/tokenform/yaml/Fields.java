package io.tokenform.yaml;

import io.tokenform.access.Writing;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Findings;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.finding.Nearest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A map's values by key: every key is a string, stands once, and is one of those that are known.
 */
public final class Fields {
  private static final List<String> SECRET_NAMES =
      List.of("token", "secret", "password", "passwd", "credential", "apikey", "api_key");

  private final Map<String, YamlNode.Entry> entries;
  private final Set<String> meant;
  private final boolean hasUnknownKeys;

  private Fields(Map<String, YamlNode.Entry> entries, Set<String> meant, boolean hasUnknownKeys) {
    this.entries = entries;
    this.meant = meant;
    this.hasUnknownKeys = hasUnknownKeys;
  }

  /**
   * Reads a map whose keys are fixed.
   *
   * @param what the map's name in messages, as in {@code the cluster section}
   * @param keys the keys that it may have
   */
  public static Fields of(YamlNode.Mapping mapping, String what, Keys keys, Findings findings) {
    Map<String, YamlNode.Entry> entries =
        byKey(mapping, Code.DUPLICATE_KEY, "the key", "keep one of them", findings);
    Set<String> meant = Set.of();
    int all = entries.size();
    for (Iterator<Map.Entry<String, YamlNode.Entry>> each = entries.entrySet().iterator();
        each.hasNext(); ) {
      Map.Entry<String, YamlNode.Entry> entry = each.next();
      String key = entry.getKey();
      if (!keys.known().contains(key)) {
        Optional<String> nearest = meantBy(key, keys);
        if (nearest.isPresent()) {
          meant = meant.isEmpty() ? new HashSet<>() : meant;
          meant.add(nearest.get());
        }
        findings.add(unknownKey(key, entry.getValue(), what, keys, nearest, findings));
        each.remove();
      }
    }
    return new Fields(entries, meant, entries.size() < all);
  }

  private static Optional<String> meantBy(String key, Keys keys) {
    if (keys.hints().containsKey(key)) {
      return Optional.empty();
    }
    return Optional.ofNullable(keys.synonyms().get(key)).or(() -> Nearest.to(key, keys.known()));
  }

  /**
   * A map's entries by their keys, in the order of the text, for a map whose keys are names.
   *
   * @param duplicate the finding of a key that stands twice
   * @param what what a key is in messages, as in {@code the token}
   * @param ifTwice what to do about a key that stands twice
   */
  public static Map<String, YamlNode.Entry> byKey(
      YamlNode.Mapping mapping, Code duplicate, String what, String ifTwice, Findings findings) {
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    for (YamlNode.Entry entry : mapping.entries()) {
      if (!(entry.key() instanceof YamlNode.Scalar key) || !key.isString()) {
        findings.add(notAString(entry.key()));
        continue;
      }
      YamlNode.Entry first = entries.putIfAbsent(key.text(), entry);
      if (first != null) {
        findings.add(twice(key, first.key().where(), duplicate, what, ifTwice));
      }
    }
    return entries;
  }

  /**
   * Goes through a map's entries as {@link #byKey} does, and keeps none of them: there may be more
   * than fit into memory at a time.
   */
  public static void eachByKey(
      YamlNode.Mapping mapping,
      Code duplicate,
      String what,
      String ifTwice,
      Findings findings,
      BiConsumer<Located<String>, YamlNode> action) {
    Map<String, Location> keys = new HashMap<>();
    for (YamlNode.Entry entry : mapping.entries()) {
      if (!(entry.key() instanceof YamlNode.Scalar key) || !key.isString()) {
        findings.add(notAString(entry.key()));
        continue;
      }
      Location first = keys.putIfAbsent(key.text(), key.where());
      if (first != null) {
        findings.add(twice(key, first, duplicate, what, ifTwice));
      } else {
        action.accept(new Located<>(key.text(), key.where()), entry.value());
      }
    }
  }

  private static Diagnostic twice(
      YamlNode.Scalar key, Location first, Code duplicate, String what, String ifTwice) {
    return Diagnostic.error(duplicate, key.where(), what + " \"" + key.text() + "\" appears twice")
        .alsoAt(first)
        .hint(ifTwice);
  }

  private static Diagnostic notAString(YamlNode key) {
    if (key instanceof YamlNode.Scalar scalar && scalar.isMerge()) {
      return Diagnostic.error(
              Code.MERGE_KEY, key.where(), "this is a merge key, which YAML 1.2 does not have")
          .hint("write the keys out; permissions that tokens share are a role");
    }
    return Diagnostic.error(
            Code.WRONG_TYPE, key.where(), "a key must be a string, but this is " + key.kind())
        .hint(
            key instanceof YamlNode.Scalar scalar
                ? "quote it: " + Values.quoted(scalar.text())
                : "write a name; one that starts with { or [ needs quotes");
  }

  private static Diagnostic unknownKey(
      String key,
      YamlNode.Entry entry,
      String what,
      Keys keys,
      Optional<String> nearest,
      Findings findings) {
    // A map that has a key "token" means no secret by a "tokens" either.
    boolean isSecret = isSecretName(key) && nearest.filter(Fields::isSecretName).isEmpty();
    if (entry.value() instanceof YamlNode.Scalar value && !value.isNull() && isSecret) {
      findings.conceal(value.where());
      return Diagnostic.error(
              Code.SECRET_IN_POLICY,
              entry.key().where(),
              what + " has no key \"" + key + "\", and a policy must not contain secrets")
          .hint(
              "remove it, and revoke it if it is one; the management token comes from"
                  + " INFLUX_DB_MANAGEMENT_TOKEN or a file");
    }
    return Diagnostic.error(
            Code.UNKNOWN_KEY, entry.key().where(), what + " has no key \"" + key + "\"")
        .hint(hint(key, keys, nearest));
  }

  private static String hint(String key, Keys keys, Optional<String> nearest) {
    OptionalInt odd = key.codePoints().filter(Writing::isLikeSpace).findFirst();
    if (odd.isPresent()) {
      return "it has the character "
          + Writing.described(odd.getAsInt())
          + ", which YAML takes for a letter; type it again, with a space or without";
    }
    return nearest
        .map(known -> "did you mean \"" + known + "\"?")
        .or(() -> Optional.ofNullable(keys.hints().get(key)))
        .orElse("the keys are " + String.join(", ", keys.listed()));
  }

  /** Whether a key has the name of something secret, whose value may look like any word. */
  private static boolean isSecretName(String key) {
    String name = key.toLowerCase(Locale.ROOT);
    return SECRET_NAMES.stream().anyMatch(name::contains);
  }

  /** Whether the map has a key, or an unknown one that was probably meant to be it. */
  public boolean mean(String key) {
    return entries.containsKey(key) || meant.contains(key);
  }

  /** Whether the map has keys that it may not have. */
  public boolean hasUnknownKeys() {
    return hasUnknownKeys;
  }

  /** The value of a key, where the map has it. */
  public Optional<YamlNode> value(String key) {
    YamlNode.Entry entry = entries.get(key);
    return entry == null ? Optional.empty() : Optional.of(entry.value());
  }

  /** The place of a key, where the map has it. */
  public Optional<Location> keyOf(String key) {
    YamlNode.Entry entry = entries.get(key);
    return entry == null ? Optional.empty() : Optional.of(entry.key().where());
  }
}
