package io.tokenform.policy;

import java.util.Objects;
import java.util.Optional;

/**
 * One finding about a policy, on its own or against a cluster.
 *
 * <p>Message and hint may quote text from the policy or the cluster: whoever prints them makes that
 * text harmless.
 *
 * @param severity whether it stops the work
 * @param code the kind of finding
 * @param message what is wrong, as one sentence without a full stop
 * @param where the place in the policy
 * @param other a second place that has to do with it
 * @param hint what to do about it
 */
public record Diagnostic(
    Severity severity,
    Code code,
    String message,
    Location where,
    Optional<Location> other,
    Optional<String> hint) {
  public Diagnostic {
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(other, "other");
    Objects.requireNonNull(hint, "hint");
  }

  public static Diagnostic error(Code code, Location where, String message) {
    return new Diagnostic(Severity.ERROR, code, message, where, Optional.empty(), Optional.empty());
  }

  public static Diagnostic warning(Code code, Location where, String message) {
    return new Diagnostic(
        Severity.WARNING, code, message, where, Optional.empty(), Optional.empty());
  }

  public Diagnostic hint(String text) {
    return new Diagnostic(severity, code, message, where, other, Optional.of(text));
  }

  public Diagnostic hint(Optional<String> text) {
    return text.isPresent() ? hint(text.get()) : this;
  }

  public Diagnostic alsoAt(Location place) {
    return new Diagnostic(severity, code, message, where, Optional.of(place), hint);
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }
}
