package io.tokenform.policy;

import io.tokenform.access.SinkName;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import java.util.Objects;
import java.util.Optional;

/**
 * What the policy says of a token's birth, renewal and end.
 *
 * @param deliver the sink that gets the secret when tokenform makes the token; absent for a token
 *     that others make
 * @param expires when a token that is made expires; absent for never
 * @param rotate when it gets a successor; absent for never
 * @param revoked the place of {@code state: revoked}; absent for a token that is to live
 * @param reason why, for people
 */
public record Lifecycle(
    Optional<Located<SinkName>> deliver,
    Optional<Located<Expiry>> expires,
    Optional<Rotation> rotate,
    Optional<Location> revoked,
    Optional<Located<String>> reason) {
  /** Of a token that others make, renew and end. */
  public static final Lifecycle NONE =
      new Lifecycle(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** The same, with another sink. */
  public Lifecycle to(Located<SinkName> sink) {
    return new Lifecycle(Optional.of(sink), expires, rotate, revoked, reason);
  }

  public Lifecycle {
    Objects.requireNonNull(deliver, "deliver");
    Objects.requireNonNull(expires, "expires");
    Objects.requireNonNull(rotate, "rotate");
    Objects.requireNonNull(revoked, "revoked");
    Objects.requireNonNull(reason, "reason");
  }
}
