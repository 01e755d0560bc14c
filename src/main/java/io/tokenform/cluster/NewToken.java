package io.tokenform.cluster;

import io.tokenform.access.Secret;
import io.tokenform.access.Token;
import java.util.Objects;

/**
 * A token that was just made. The cluster tells its secret this once, and never again.
 *
 * @param token what the listing shows of it from now on
 * @param secret what its holder sends
 */
public record NewToken(Token token, Secret secret) {
  public NewToken {
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(secret, "secret");
  }
}
