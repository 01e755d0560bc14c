package io.tokenform.cluster;

import io.tokenform.access.Permissions;
import java.util.Objects;
import java.util.Optional;

/**
 * What to change of a token. An absent field stays as it is; permissions replace the whole set
 * (Management API, PATCH tokens).
 */
public record TokenUpdate(Optional<String> description, Optional<Permissions> permissions) {
  /**
   * @throws IllegalArgumentException if nothing would change, which the API refuses
   */
  public TokenUpdate {
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(permissions, "permissions");
    if (description.isEmpty() && permissions.isEmpty()) {
      throw new IllegalArgumentException("an update changes at least one field");
    }
  }
}
