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
 * @param escapes databases of which it would hold no more, because they get other names
 */
public record Verdict(
    Expectation expectation,
    List<Breach> breaches,
    List<Unmatched> unmatched,
    List<Holder> unknown,
    List<UnreadableToken> unreadable,
    List<Escape> escapes) {
  public Verdict {
    Objects.requireNonNull(expectation, "expectation");
    breaches = List.copyOf(breaches);
    unmatched = List.copyOf(unmatched);
    unknown = List.copyOf(unknown);
    unreadable = List.copyOf(unreadable);
    escapes = List.copyOf(escapes);
  }

  /** Whether there is one that does not hold. */
  public static boolean anyFails(List<Verdict> verdicts) {
    return verdicts.stream().anyMatch(verdict -> !verdict.holds());
  }

  /**
   * Whether nothing is known that breaks it, every live token that could is known, and every
   * database that it is about keeps to be one. Where a policy alone is looked at, a token of which
   * it does not say all is no reason to deny.
   */
  public boolean holds() {
    return breaches.isEmpty() && unreadable.isEmpty() && escapes.isEmpty();
  }

  /**
   * A pattern that fits nothing that is known.
   *
   * @param what what it should fit, as in {@code token}
   * @param hint asks whether something near was meant
   */
  record Unmatched(Located<String> pattern, String what, Optional<String> hint) {}

  /**
   * A database that the expectation is about by its old name alone.
   *
   * @param pattern the pattern in it that fits the old name
   * @param from the old name
   * @param to the new one
   */
  record Escape(Located<String> pattern, String from, String to) {}
}
