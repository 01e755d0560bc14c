package io.tokenform.report.access;

import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of a token's access since an earlier snapshot, {@code *} understood.
 *
 * @param gained what it can do now and could not do then
 * @param lost what it could do then and cannot do now
 */
public record AccessChange(Kind kind, Permissions gained, Permissions lost) {
  public AccessChange {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(gained, "gained");
    Objects.requireNonNull(lost, "lost");
  }

  /** In one word. */
  public enum Kind {
    /** It did not work then, or was not there. */
    NEW("new"),
    /** It does not work any more, or is not there. */
    GONE("gone"),
    WIDER("wider"),
    NARROWER("narrower"),
    /** It gained and lost something. */
    BOTH("both");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  /** Of a token that did not work then. */
  static AccessChange appeared(Token now) {
    return new AccessChange(Kind.NEW, now.permissions(), Permissions.NONE);
  }

  /** Of a token that does not work now. */
  static AccessChange vanished(Token then) {
    return new AccessChange(Kind.GONE, Permissions.NONE, then.permissions());
  }

  /** Of a token that worked then and works now; nothing where it can do the same. */
  static Optional<AccessChange> between(Permissions then, Permissions now) {
    Permissions gained = now.accessBeyond(then);
    Permissions lost = then.accessBeyond(now);
    if (gained.isEmpty() && lost.isEmpty()) {
      return Optional.empty();
    }
    Kind kind = lost.isEmpty() ? Kind.WIDER : gained.isEmpty() ? Kind.NARROWER : Kind.BOTH;
    return Optional.of(new AccessChange(kind, gained, lost));
  }
}
