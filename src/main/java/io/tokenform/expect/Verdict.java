package io.tokenform.expect;

import io.tokenform.access.UnreadableToken;
import io.tokenform.finding.Located;
import io.tokenform.policy.expect.Expectation;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether an expectation holds.
 *
 * @param breaches what shows that it does not
 * @param unmatched its patterns that fit nothing that is known
 * @param unknown the tokens that may break it: what they may do is not known
 * @param unreadable live tokens that may break it: they cannot be read
 */
public record Verdict(
    Expectation expectation,
    List<Breach> breaches,
    List<Unmatched> unmatched,
    List<Holder> unknown,
    List<UnreadableToken> unreadable) {
  public Verdict {
    Objects.requireNonNull(expectation, "expectation");
    breaches = List.copyOf(breaches);
    unmatched = List.copyOf(unmatched);
    unknown = List.copyOf(unknown);
    unreadable = List.copyOf(unreadable);
  }

  /** Whether there is one that does not hold. */
  public static boolean anyFails(List<Verdict> verdicts) {
    return verdicts.stream().anyMatch(verdict -> !verdict.holds());
  }

  /**
   * Whether nothing is known that breaks it, and every live token that could is known. Where a
   * policy alone is looked at, a token of which it does not say all is no reason to deny.
   */
  public boolean holds() {
    return breaches.isEmpty() && unreadable.isEmpty();
  }

  /**
   * A pattern that fits nothing that is known.
   *
   * @param what what it should fit, as in {@code token}
   * @param hint asks whether something near was meant
   */
  record Unmatched(Located<String> pattern, String what, Optional<String> hint) {}
}
