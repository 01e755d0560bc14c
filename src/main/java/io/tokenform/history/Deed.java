package io.tokenform.history;

import io.tokenform.access.Permissions;
import io.tokenform.access.TokenId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a change of an apply did to one token.
 *
 * @param began when its apply began
 * @param ended when its apply ended, or began where it is not known to have ended
 * @param before what the token could do before
 * @param after what it could do then
 * @param gift what is said of a permission that it gave
 * @param forerunner the token whose place this one took, where it was made as a successor
 */
record Deed(
    Instant began,
    Instant ended,
    Permissions before,
    Permissions after,
    Gift gift,
    Optional<TokenId> forerunner) {
  Deed {
    Objects.requireNonNull(began, "began");
    Objects.requireNonNull(ended, "ended");
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(after, "after");
    Objects.requireNonNull(gift, "gift");
    Objects.requireNonNull(forerunner, "forerunner");
  }
}
