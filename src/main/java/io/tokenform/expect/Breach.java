package io.tokenform.expect;

import io.tokenform.access.Action;
import io.tokenform.finding.Counterexample;
import io.tokenform.finding.Location;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A counterexample to an expectation: a token can do what it must not, or cannot do what it must.
 *
 * @param where the place that says what is expected
 * @param name how the expectation calls the token, where it does
 * @param who the token; absent where none works, or none of several does it
 * @param isAble whether it can, and must not; or cannot, and must be able to
 * @param action what it can or cannot do
 * @param resources on which databases, {@code *} for the permission on all of them; none for any
 *     database at all
 * @param expected what is expected instead, for people, as the end of a sentence
 */
public record Breach(
    Location where,
    Optional<String> name,
    Optional<Holder> who,
    boolean isAble,
    Action action,
    List<String> resources,
    String expected) {
  public Breach {
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(who, "who");
    Objects.requireNonNull(action, "action");
    resources = List.copyOf(resources);
    Objects.requireNonNull(expected, "expected");
  }

  /** The access that shows it. */
  Counterexample counterexample() {
    return new Counterexample(isAble, action, resources);
  }
}
