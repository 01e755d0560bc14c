package io.tokenform.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a room does with changes, one part for each kind: found by the kind, so that no switch has
 * to know them all.
 *
 * @param <P> what a part can do
 */
public final class Parts<P extends Parts.Part<?>> {
  private final Map<Class<?>, P> parts = new HashMap<>();

  /**
   * What a room does with one kind of change.
   *
   * @param <C> the kind
   */
  public interface Part<C extends Change> {
    /** The kind. */
    Class<C> type();
  }

  /**
   * @throws IllegalArgumentException if two are for the same kind
   */
  public Parts(List<P> all) {
    for (P part : all) {
      if (parts.put(part.type(), part) != null) {
        throw new IllegalArgumentException("two parts for " + part.type());
      }
    }
  }

  /** The part for the kind of a change. */
  public P of(Change change) {
    return of(change.kind());
  }

  /** The part for a kind. */
  public P of(Kind kind) {
    return Objects.requireNonNull(parts.get(kind.type()), () -> "no part for " + kind);
  }
}
