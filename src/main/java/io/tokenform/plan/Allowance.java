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
   * @throws IllegalArgumentException if there is no such rule, or no token's name behind the colon
   */
  public static Allowance parse(String text) {
    int colon = text.indexOf(':');
    String rule = colon < 0 ? text : text.substring(0, colon);
    return new Allowance(
        Guardrail.named(rule)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "there is no guardrail \""
                            + rule
                            + "\"; "
                            + Nearest.hint(rule, Guardrail.words())
                                .orElse(
                                    "the guardrails are " + String.join(", ", Guardrail.words())))),
        colon < 0 ? Optional.empty() : Optional.of(new TokenName(text.substring(colon + 1))));
  }

  boolean covers(Guardrail broken, Optional<TokenName> by) {
    return rule == broken && (token.isEmpty() || token.equals(by));
  }

  @Override
  public int compareTo(Allowance other) {
    return ORDER.compare(this, other);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return rule + token.map(name -> ":" + name).orElse("");
  }
}
