package io.tokenform.apply.journal;

import java.util.Objects;
import java.util.Optional;

/**
 * Where an apply comes from, as far as that is known; text for people.
 *
 * @param commit the commit that was checked out, as hexadecimal digits
 * @param change the address of the pull request
 * @param run the address of the run of the CI
 * @param reason what whoever ran it gave as the reason
 */
public record Cause(
    Optional<String> commit,
    Optional<String> change,
    Optional<String> run,
    Optional<String> reason) {
  /** Nothing is known. */
  public static final Cause NONE =
      new Cause(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public Cause {
    Objects.requireNonNull(commit, "commit");
    Objects.requireNonNull(change, "change");
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(reason, "reason");
  }

  /** The same with a reason, where there is one. */
  public Cause because(Optional<String> why) {
    return new Cause(commit, change, run, why);
  }
}
