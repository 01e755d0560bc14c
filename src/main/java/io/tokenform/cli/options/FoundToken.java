package io.tokenform.cli.options;

import io.tokenform.access.Secret;
import java.util.Objects;

/**
 * The management token, and where it was found.
 *
 * @param origin the flag, the variable or the profile
 */
public record FoundToken(Secret token, String origin) {
  public FoundToken {
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(origin, "origin");
  }
}
