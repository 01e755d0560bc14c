package io.tokenform.policy;

import io.tokenform.finding.Location;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * When a token gets a successor, and what becomes of it then.
 *
 * @param where the place of the key {@code rotate}
 * @param every how old it may become; absent where age does not matter
 * @param notBefore one that was made before this instant gets a successor; absent where that does
 *     not matter
 * @param overlap how long the old one works beside its successor
 * @param park how long the old one stays, without access, before it is revoked
 * @param settle how long a new one is given to become known on the cluster before its secret is
 *     delivered
 */
public record Rotation(
    Location where,
    Optional<Duration> every,
    Optional<Instant> notBefore,
    Duration overlap,
    Duration park,
    Duration settle) {
  public static final Duration DEFAULT_OVERLAP = Duration.ofDays(7);
  public static final Duration DEFAULT_PARK = Duration.ofDays(1);
  public static final Duration DEFAULT_SETTLE = Duration.ZERO;

  public Rotation {
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(every, "every");
    Objects.requireNonNull(notBefore, "notBefore");
    Objects.requireNonNull(overlap, "overlap");
    Objects.requireNonNull(park, "park");
    Objects.requireNonNull(settle, "settle");
  }
}
