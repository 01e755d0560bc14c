package io.tokenform.planfile;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * The snapshot that a plan was made from.
 *
 * @param takenAt when it was taken
 * @param digest the digest of what the cluster reported then
 */
public record SnapshotSource(Instant takenAt, String digest) {
  public SnapshotSource {
    Objects.requireNonNull(takenAt, "takenAt");
    Objects.requireNonNull(digest, "digest");
  }

  /** How old it was then; nothing where the clocks disagree. */
  public Duration ageAt(Instant instant) {
    Duration age = Duration.between(takenAt, instant);
    return age.isNegative() ? Duration.ZERO : age;
  }
}
