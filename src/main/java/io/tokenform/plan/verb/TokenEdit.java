package io.tokenform.plan.verb;

import io.tokenform.access.LiveDescription;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.policy.Policy;
import io.tokenform.policy.UnwrittenPolicy;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What somebody wants of one live token, without a policy.
 *
 * @param description the new description; it keeps its own where this is absent
 * @param named the permissions that are named; where there are none, it keeps its own
 * @param manner what happens to those
 */
public record TokenEdit(Optional<String> description, Permissions named, Manner manner) {
  /** What the permissions that are named mean for those that the token has. */
  public enum Manner {
    /** They take the place of all that it has, as in the vendor's CLI and API. */
    REPLACE,
    /** It has them as well. */
    ADD,
    /** It no longer has them. */
    REMOVE
  }

  public TokenEdit {
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(named, "named");
    Objects.requireNonNull(manner, "manner");
  }

  /** The policy that wants this of a live token. A label is none of what is changed here. */
  public Policy policy(Named named) {
    Token live = named.token();
    return UnwrittenPolicy.of(
        Typed.SOURCE,
        List.of(
            UnwrittenPolicy.token(
                named.name(),
                live.id(),
                Typed.WHERE,
                description.map(text -> withLabel(text, live)),
                permissions(live.permissions()))));
  }

  private static String withLabel(String text, Token live) {
    return new LiveDescription(text, LiveDescription.parse(live.description()).label()).toString();
  }

  /** What is left of a token from which something is removed; absent for another edit. */
  public Optional<Permissions> left(Token live) {
    return manner == Manner.REMOVE
        ? Optional.of(live.permissions().minus(named))
        : Optional.empty();
  }

  private Optional<Permissions> permissions(Permissions live) {
    if (named.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (manner) {
          case REPLACE -> named;
          case ADD -> live.union(named);
          case REMOVE -> live.minus(named);
        });
  }

  /**
   * A permission that was to be removed and stays possible, since the token has the same on all
   * databases; none where there is no such.
   */
  public Optional<Permission> stillCovered(Token live) {
    if (manner != Manner.REMOVE) {
      return Optional.empty();
    }
    Permissions left = live.permissions().minus(named);
    return named.stream()
        .filter(permission -> left.contains(permission.onAllDatabases()))
        .findFirst();
  }
}
