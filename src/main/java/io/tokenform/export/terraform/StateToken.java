package io.tokenform.export.terraform;

import io.tokenform.access.TokenId;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A resource of Terraform's state that is a token, or that has the id of one.
 *
 * @param isToken whether its type says that it is a token of InfluxDB's
 * @param id the token's; absent where the state has none that a database token can have
 * @param clusterId the cluster that it was made on, where the state says so
 * @param secret what the state says of its secret
 * @param isDeposed whether Terraform has replaced it already, and would destroy it next
 */
public record StateToken(
    TerraformAddress address,
    boolean isToken,
    Optional<TokenId> id,
    Optional<UUID> clusterId,
    SecretKept secret,
    boolean isDeposed) {
  public StateToken {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(clusterId, "clusterId");
    Objects.requireNonNull(secret, "secret");
  }

  /** What becomes of a token's secret in what was read. */
  public enum SecretKept {
    /** It stands there. */
    SHOWN,
    /** Somebody has blackened it; the state itself has it. */
    REDACTED,
    /** The state never had it, such as that of a token that was imported. */
    NONE
  }
}
