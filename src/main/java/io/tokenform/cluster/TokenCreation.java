package io.tokenform.cluster;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A token to be made. It has no permissions at first: they come with an update.
 *
 * @param description what people call it, with its label
 * @param expiresAt when it stops working; absent for never. It cannot be changed afterwards
 *     (Management API, PATCH tokens)
 */
public record TokenCreation(String description, Optional<Instant> expiresAt) {
  public TokenCreation {
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(expiresAt, "expiresAt");
  }
}
