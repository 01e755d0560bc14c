package io.tokenform.plan;

import io.tokenform.finding.Location;
import io.tokenform.policy.expect.Expectation;
import java.util.Comparator;
import java.util.Objects;

/**
 * An expectation that a plan was held against, and whether it would hold afterwards.
 *
 * @param source who states it: the policy or the platform file
 * @param text the expectation as one line of a policy
 * @param where its place
 * @param holds whether nothing breaks it
 */
public record HeldExpectation(
    GuardrailVerdict.Source source, String text, Location where, boolean holds) {
  /** By who states them, and then by their texts; places have no part in it. */
  public static final Comparator<HeldExpectation> ORDER =
      Comparator.comparing(HeldExpectation::source).thenComparing(HeldExpectation::text);

  public HeldExpectation {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(where, "where");
  }

  /** Whether it is that expectation of the platform. */
  boolean isOfPlatform(Expectation expectation) {
    return source == GuardrailVerdict.Source.PLATFORM && text.equals(expectation.text());
  }
}
