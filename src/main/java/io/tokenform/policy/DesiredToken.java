package io.tokenform.policy;

import io.tokenform.access.TokenId;
import java.util.Objects;
import java.util.Optional;

/**
 * What the policy says of one token. An absent field is left as it is on the cluster.
 *
 * @param name its key in the policy
 * @param where the place of that key
 * @param id which live token is meant; without it, the active one with the description
 * @param description what its description shall be; present where there is no id
 * @param permissions what its permissions shall be, empty for no access
 * @param mode what the permissions mean for those that the token has
 */
public record DesiredToken(
    TokenName name,
    Location where,
    Optional<Located<TokenId>> id,
    Optional<Located<String>> description,
    Optional<PermissionEntries> permissions,
    Mode mode) {
  /**
   * @throws IllegalArgumentException if there is neither an id nor a description to find it by
   */
  public DesiredToken {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(permissions, "permissions");
    Objects.requireNonNull(mode, "mode");
    if (id.isEmpty() && description.isEmpty()) {
      throw new IllegalArgumentException("a token is found by its id or its description");
    }
  }
}
