package io.tokenform.policy.database;

import io.tokenform.access.database.Retention;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Findings;
import io.tokenform.finding.Located;
import io.tokenform.yaml.DurationSpelling;
import io.tokenform.yaml.Values;
import io.tokenform.yaml.YamlNode;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how long a database keeps its data, and says how to write what is written otherwise. */
final class RetentionParser {
  private static final String INFINITE = "infinite";

  private static final String FORMS =
      "write a whole number and its unit, s, m, h or d, as in 90d; or "
          + INFINITE
          + " for data that is kept for good";

  /** What people call it that data is kept for good. */
  private static final Set<String> FOR_GOOD =
      Set.of(
          "infinite",
          "infinity",
          "inf",
          "forever",
          "for ever",
          "never",
          "none",
          "no",
          "unlimited",
          "indefinite",
          "always",
          "permanent",
          "-1");

  /** The unit of the Management API, of which a minute has eleven digits. */
  private static final Pattern NANOSECONDS = Pattern.compile("([0-9]{2,10})0{9}(?:ns)?");

  /**
   * A policy has one form of each retention, and no months and years, whose lengths are unclear.
   */
  private static final Pattern FORM = Pattern.compile("[0-9]{1,10}[smhd]");

  private static final Pattern NOTHING = Pattern.compile("[+-]?0+[a-z]{0,2}");

  private final Findings findings;

  RetentionParser(Findings findings) {
    this.findings = findings;
  }

  Optional<Located<Retention>> parse(YamlNode node) {
    if (!(node instanceof YamlNode.Scalar scalar) || Values.isNull(node)) {
      String expected = "retention must be a duration or " + INFINITE;
      findings.add(
          Values.isNull(node)
              ? Values.missingValue(node, expected).hint(FORMS)
              : Values.wrongType(node, expected).hint(FORMS));
      return Optional.empty();
    }
    if (!scalar.isString()) {
      findings.add(
          Values.wrongType(node, "retention must be a duration or " + INFINITE)
              .hint(
                  meant(scalar.text())
                      .map(
                          right ->
                              right.equals(INFINITE)
                                  ? "write " + right + " for data that is kept for good"
                                  : "a number needs its unit; write " + right)
                      .orElse(FORMS)));
      return Optional.empty();
    }
    return retention(scalar);
  }

  private Optional<Located<Retention>> retention(YamlNode.Scalar scalar) {
    String text = scalar.text();
    boolean hasForm = text.equals(INFINITE) || FORM.matcher(text).matches();
    String problem = "\"" + text + "\" is not a retention such as 90d, 12h or " + INFINITE;
    try {
      // Nothing is infinite to the API, and may be anything to who writes it.
      Retention retention = hasForm ? Retention.parse(text) : Retention.INFINITE;
      if (text.equals(INFINITE) || !retention.isInfinite()) {
        return Optional.of(new Located<>(retention, scalar.where()));
      }
    } catch (IllegalArgumentException e) {
      problem = e.getMessage();
    }
    findings.add(
        Diagnostic.error(Code.BAD_DURATION, scalar.where(), problem)
            .hint(
                meant(text)
                    .filter(right -> !right.equals(text))
                    .map(right -> "write retention: " + right)
                    .orElse(FORMS)));
    return Optional.empty();
  }

  /** The retention as a policy has it that somebody meant by a text, if that can be told. */
  static Optional<String> meant(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    if (FOR_GOOD.contains(lower) || NOTHING.matcher(lower).matches()) {
      return Optional.of(INFINITE);
    }
    Matcher nanoseconds = NANOSECONDS.matcher(lower);
    return nanoseconds.matches()
        ? DurationSpelling.of(nanoseconds.group(1), 's')
        : DurationSpelling.of(text, 'd');
  }
}
