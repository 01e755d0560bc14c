package io.tokenform.sandbox.fault;

import io.tokenform.sandbox.api.Printable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A rule of faults, taken apart: {@code KIND[=VALUE][,KEY[=VALUE]...]}. */
final class FaultTerms {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,7})(ms|s)");
  private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,8}");
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)%");
  private static final Duration LONGEST = Duration.ofHours(1);

  private final String text;
  private final Map<String, Optional<String>> terms = new LinkedHashMap<>();
  private final String kind;

  /**
   * @throws IllegalArgumentException if a term is empty or stands twice
   */
  FaultTerms(String text) {
    this.text = text;
    for (String term : text.split(",", -1)) {
      int equals = term.indexOf('=');
      String name = equals < 0 ? term : term.substring(0, equals);
      if (name.isEmpty()) {
        throw problem("a term is missing; a rule is KIND[=VALUE][,KEY=VALUE...]");
      }
      Optional<String> value =
          equals < 0 ? Optional.empty() : Optional.of(term.substring(equals + 1));
      if (terms.putIfAbsent(name, value) != null) {
        throw problem("%s appears twice", name);
      }
    }
    this.kind = terms.keySet().iterator().next();
  }

  String text() {
    return text;
  }

  String kind() {
    return kind;
  }

  /** What is wrong with the rule, each %s being text that may come from it. */
  IllegalArgumentException problem(String message, String... texts) {
    Object[] harmless = new Object[texts.length];
    for (int i = 0; i < texts.length; i++) {
      harmless[i] = Printable.of(texts[i]);
    }
    return new IllegalArgumentException(
        "fault \"" + Printable.of(text) + "\": " + String.format(Locale.ROOT, message, harmless));
  }

  /**
   * @throws IllegalArgumentException if there are others, beside the kind
   */
  void allowKeys(List<String> allowed) {
    for (String key : terms.keySet()) {
      if (!key.equals(kind) && !allowed.contains(key)) {
        throw problem("%s has no key \"%s\"; it has %s", kind, key, String.join(", ", allowed));
      }
    }
  }

  /**
   * Whether the word stands there.
   *
   * @throws IllegalArgumentException if it has a value
   */
  boolean has(String word) {
    if (!terms.containsKey(word)) {
      return false;
    }
    if (terms.get(word).isPresent()) {
      throw problem("%s has no value", word);
    }
    return true;
  }

  /**
   * The value of the key, empty if the key is not there.
   *
   * @param form what the value is, with an example
   * @throws IllegalArgumentException if it has none
   */
  Optional<String> value(String key, String form) {
    if (!terms.containsKey(key)) {
      return Optional.empty();
    }
    return Optional.of(terms.get(key).orElseThrow(() -> problem("%s needs %s", key, form)));
  }

  boolean kindHasValue() {
    return terms.get(kind).isPresent();
  }

  /** The kind's own value. */
  String kindValue(String form) {
    return value(kind, form).orElseThrow();
  }

  /** The value of a key that is a number from 1. */
  Optional<Long> count(String key) {
    String form = "a whole number from 1, as " + key + "=3";
    return value(key, form)
        .map(
            value -> {
              if (!COUNT.matcher(value).matches()) {
                throw problem("%s needs %s; \"%s\" is not", key, form, value);
              }
              return Long.valueOf(value);
            });
  }

  /** The value of a key that is a percentage, as a part of one: more than 0, and 1 at most. */
  Optional<Double> part(String key) {
    String form = "a percentage above 0, as " + key + "=30%";
    return value(key, form)
        .map(
            value -> {
              Matcher matcher = PERCENT.matcher(value);
              double part = matcher.matches() ? Double.parseDouble(matcher.group(1)) / 100 : 0;
              if (part <= 0 || part > 1) {
                throw problem("%s needs %s; \"%s\" is not", key, form, value);
              }
              return part;
            });
  }

  Duration duration(String value) {
    Matcher matcher = DURATION.matcher(value);
    if (matcher.matches()) {
      long number = Long.parseLong(matcher.group(1));
      Duration duration =
          matcher.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
      if (duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
    }
    throw problem("\"%s\" is not a duration; write 20ms or 2s, an hour (3600s) at most", value);
  }
}
