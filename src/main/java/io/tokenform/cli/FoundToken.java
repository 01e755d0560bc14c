package io.tokenform.cli;

import io.tokenform.access.Secret;
import java.util.Objects;

/**
 * The management token, and where it was found.
 *
 * @param origin the flag, the variable or the profile
 */
record FoundToken(Secret token, String origin) {
  FoundToken {
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(origin, "origin");
  }
}
