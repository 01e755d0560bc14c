package io.tokenform.finding;

import java.util.Objects;

/** A value and the place in the policy that says it. */
public record Located<T>(T value, Location where) {
  public Located {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(where, "where");
  }
}
