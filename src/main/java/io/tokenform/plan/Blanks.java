package io.tokenform.plan;

import io.tokenform.access.Durations;
import io.tokenform.policy.Expiry;
import java.time.Duration;

/**
 * What stands in a plan for values that are known only when a step is sent. So a plan that is
 * reviewed today has its digest tomorrow.
 */
final class Blanks {
  static final String NONCE = "{nonce}";
  static final String ID = "{id}";

  private Blanks() {}

  /** For an instant that long after the step is sent. */
  static String in(Duration duration) {
    return "{now+" + Durations.text(duration) + "}";
  }

  /** For an expiry: an instant is known now. */
  static String of(Expiry expiry) {
    return expiry instanceof Expiry.After after ? in(after.duration()) : expiry.toString();
  }
}
