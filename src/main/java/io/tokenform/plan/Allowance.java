package io.tokenform.plan;

import io.tokenform.policy.Guardrail;
import io.tokenform.policy.Nearest;
import io.tokenform.policy.TokenName;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * Permission to break a guardrail in one plan, which records it.
 *
 * @param rule which guardrail
 * @param token for this token alone, where it is given
 */
public record Allowance(Guardrail rule, Optional<TokenName> token)
    implements Comparable<Allowance> {
  private static final Comparator<Allowance> ORDER =
      Comparator.comparing(Allowance::rule).thenComparing(Allowance::toString);

  public Allowance {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(token, "token");
  }

  /**
   * Reads {@code RULE} or {@code RULE:TOKEN}.
   *
   * @throws IllegalArgumentException if there is no such rule, no token's name behind the colon, or
   *     one behind a rule that is not about single tokens
   */
  public static Allowance parse(String text) {
    int colon = text.indexOf(':');
    Guardrail rule = guardrail(colon < 0 ? text : text.substring(0, colon));
    if (colon >= 0 && !rule.isAboutOneToken()) {
      throw new IllegalArgumentException(
          "the guardrail " + rule + " is not about single tokens; give --allow " + rule);
    }
    return new Allowance(
        rule, colon < 0 ? Optional.empty() : Optional.of(new TokenName(text.substring(colon + 1))));
  }

  private static Guardrail guardrail(String word) {
    return Guardrail.named(word)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no guardrail \""
                        + word
                        + "\"; "
                        + Nearest.hint(word, Guardrail.words())
                            .orElse("the guardrails are " + String.join(", ", Guardrail.words()))));
  }

  /** The hint of each finding that it allows. */
  String hint() {
    return "allowed once with " + option();
  }

  boolean covers(Guardrail broken, Optional<TokenName> by) {
    return rule == broken && (token.isEmpty() || token.equals(by));
  }

  @Override
  public int compareTo(Allowance other) {
    return ORDER.compare(this, other);
  }

  /** The option that gives it, as one types it in a shell. */
  String option() {
    String text = toString();
    return "--allow "
        + (text.matches("[A-Za-z0-9_.:-]+") ? text : "'" + text.replace("'", "'\\''") + "'");
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return rule + token.map(name -> ":" + name).orElse("");
  }
}
