package io.tokenform.policy;

import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Location;
import io.tokenform.finding.Nearest;
import io.tokenform.finding.SourceText;
import io.tokenform.yaml.SyntaxErrors;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a text begins, and whether a policy begins so: apart from comments, blank lines, directives
 * and {@code ---}, with one of its keys, in a map of lines or of braces.
 *
 * <p>A path may lead to a file that the user did not intend, for example through a link in a pull
 * request. Nothing of a text that begins differently is shown, not even the word that is wrong.
 */
final class PolicyBeginning {
  /** The keys of a policy. */
  static final List<String> OF_POLICY =
      List.of("version", "cluster", "guardrails", "expect", "roles", "tokens", "databases");

  /** The keys of a policy and of a platform file. */
  static final List<String> KEYS =
      List.of(
          "version",
          "cluster",
          "guardrails",
          "expect",
          "roles",
          "tokens",
          "databases",
          "sinks",
          "hosts");

  private static final Pattern KEY =
      Pattern.compile(
          "(?:\"(?<double>\\w++)\"\\s*+:|'(?<single>\\w++)'\\s*+:|(?<plain>\\w++)\\s*+:(?=\\s|$))");

  /** A version without the space behind its colon. */
  private static final Pattern VERSION = Pattern.compile("version:[0-9]");

  /** A key and the only version, for a key that is nearly the right one. */
  private static final Pattern ONE = Pattern.compile("(?<key>\\w{5,9}): 1\\s*(?:$|[\\r\\n])");

  /** What may stand before the first key. */
  private static final Pattern BEFORE =
      Pattern.compile("(?:\\s++|#[^\\r\\n]*+|^%[^\\r\\n]*+|^---(?=\\s|$))", Pattern.MULTILINE);

  private final String text;
  private int index;

  private PolicyBeginning(String text) {
    this.text = text;
  }

  /** Whether a policy begins so; also a blank text, which has nothing to show. */
  static boolean isThatOf(String text) {
    return text.isBlank() || new PolicyBeginning(text).isPolicy();
  }

  /**
   * What is wrong with a text that does not begin like a policy. The finding repeats nothing of it.
   */
  static Diagnostic finding(SourceText source) {
    PolicyBeginning beginning = new PolicyBeginning(source.content());
    beginning.skip();
    Optional<Diagnostic> foreign = beginning.foreignLine(source);
    if (foreign.isEmpty() && beginning.opensMap()) {
      foreign = beginning.foreignLine(source);
    }
    if (foreign.isPresent()) {
      return foreign.get();
    }
    if (beginning.isAtEnd()) {
      return PolicyFileParser.empty(source);
    }
    return Diagnostic.error(
            Code.NOT_A_POLICY,
            beginning.place(source),
            "this does not begin like a policy, so none of it is shown")
        .hint("begin it with one of the keys of a policy: " + String.join(", ", OF_POLICY));
  }

  private boolean isPolicy() {
    skip();
    boolean isMap = opensMap();
    return (isMap && text.startsWith("}", index)) || isAtKey();
  }

  private boolean isAtKey() {
    Matcher key = at(KEY);
    if (key.lookingAt()) {
      String name = key.group("double");
      name = name == null ? key.group("single") : name;
      name = name == null ? key.group("plain") : name;
      return (KEYS.contains(name) && !isListOfDatabases(name, key.end())) || isNearlyVersion();
    }
    return at(VERSION).lookingAt();
  }

  /** Those of a policy are a map; a list is in seeds of the sandbox and in snapshots. */
  private boolean isListOfDatabases(String key, int end) {
    index = end;
    skip();
    return key.equals("databases") && text.startsWith("[", index);
  }

  private boolean isNearlyVersion() {
    Matcher one = at(ONE);
    return one.lookingAt() && Nearest.to(one.group("key"), List.of("version")).isPresent();
  }

  /** Passes over the brace that opens a map, if there is one, and what may stand behind it. */
  private boolean opensMap() {
    if (!text.startsWith("{", index)) {
      return false;
    }
    index++;
    skip();
    return true;
  }

  private void skip() {
    Matcher before = at(BEFORE);
    while (before.lookingAt()) {
      index = before.end();
      before.region(index, text.length());
    }
  }

  private Matcher at(Pattern pattern) {
    // A region has bounds of its own, which must not be taken for the beginning of a line.
    return pattern.matcher(text).region(index, text.length()).useAnchoringBounds(false);
  }

  private Optional<Diagnostic> foreignLine(SourceText source) {
    Location place = place(source);
    return new SyntaxErrors(source).foreignLine(place, place);
  }

  private boolean isAtEnd() {
    return index == text.length();
  }

  private Location place(SourceText source) {
    return source.locate(index, 1);
  }
}
