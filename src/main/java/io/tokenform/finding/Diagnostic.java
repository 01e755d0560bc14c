package io.tokenform.finding;

import io.tokenform.access.SecretShapes;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One finding about a policy, on its own or against a cluster.
 *
 * <p>Message and hint may quote text from the policy or the cluster, without what looks like a
 * secret: the code that prints them makes that text harmless. They are for people alone: what a
 * finding has to do with, and whether it was allowed, stands in its other fields.
 *
 * @param severity whether it stops the work
 * @param code the kind of finding
 * @param subjects what it is about, as far as that has a name
 * @param counterexample the access by which an expectation fails, where that is what was found
 * @param allowance what allows it this once, where a guardrail would deny it otherwise
 * @param message what is wrong, as one sentence without a full stop
 * @param where the place in the policy
 * @param other a second place that has to do with it
 * @param hint what to do about it
 */
public record Diagnostic(
    Severity severity,
    Code code,
    List<Subject> subjects,
    Optional<Counterexample> counterexample,
    Optional<Allowance> allowance,
    String message,
    Location where,
    Optional<Location> other,
    Optional<String> hint) {
  /** By file name, line and column. */
  public static final Comparator<Diagnostic> BY_PLACE = Diagnostic::compareByPlace;

  /** The longest message or hint, in characters; it may quote text of any length. */
  private static final int LONGEST_TEXT = 500;

  /** What is left of a longer one at each end, with room for the dots and a mask. */
  private static final int PART = LONGEST_TEXT / 2 - 10;

  private static int compareByPlace(Diagnostic one, Diagnostic other) {
    int byName = one.where.source().name().compareTo(other.where.source().name());
    if (byName != 0) {
      return byName;
    }
    int byLine = Integer.compare(one.where.line(), other.where.line());
    return byLine != 0 ? byLine : Integer.compare(one.where.column(), other.where.column());
  }

  public Diagnostic {
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(code, "code");
    subjects = List.copyOf(subjects);
    Objects.requireNonNull(counterexample, "counterexample");
    Objects.requireNonNull(allowance, "allowance");
    message = shortened(message);
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(other, "other");
    hint = hint.map(Diagnostic::shortened);
  }

  /**
   * The text without secrets, and with its middle left out where it is very long. To do it again
   * changes nothing.
   */
  private static String shortened(String text) {
    // Masked first: a cut could leave the part of a secret that no mask knows.
    String masked = SecretShapes.mask(text);
    int size = masked.codePointCount(0, masked.length());
    if (size <= LONGEST_TEXT) {
      return masked;
    }
    // And masked again: what the cut has brought together may look like one.
    return SecretShapes.mask(
        masked.substring(0, masked.offsetByCodePoints(0, PART))
            + "..."
            + masked.substring(masked.offsetByCodePoints(0, size - PART)));
  }

  public static Diagnostic error(Code code, Location where, String message) {
    return of(Severity.ERROR, code, where, message);
  }

  /**
   * The error that a policy holds a secret.
   *
   * @param message what was found, as one sentence without a full stop; it does not repeat the
   *     secret
   */
  public static Diagnostic secretInPolicy(Location where, String message) {
    return error(Code.SECRET_IN_POLICY, where, message)
        .hint("remove it and revoke it; the history of the repository may hold it too");
  }

  public static Diagnostic warning(Code code, Location where, String message) {
    return of(Severity.WARNING, code, where, message);
  }

  /** What a guardrail finds; a warning, unless it is made a denial. */
  public static Diagnostic of(Guardrail rule, Location where, String message) {
    return of(Severity.WARNING, rule.code(), where, message);
  }

  private static Diagnostic of(Severity severity, Code code, Location where, String message) {
    return new Diagnostic(
        severity,
        code,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        message,
        where,
        Optional.empty(),
        Optional.empty());
  }

  /** The same as the finding of a guardrail that denies. */
  public Diagnostic asDenied() {
    return new Diagnostic(
        Severity.DENIED, code, subjects, counterexample, allowance, message, where, other, hint);
  }

  /** The same as an error, where there is no plan to deny. */
  public Diagnostic asError() {
    return new Diagnostic(
        Severity.ERROR, code, subjects, counterexample, allowance, message, where, other, hint);
  }

  /** The same as what a guardrail would deny, had it not been allowed this once. */
  public Diagnostic allowedBy(Allowance by) {
    return new Diagnostic(
        severity, code, subjects, counterexample, Optional.of(by), message, where, other, hint);
  }

  /** The same, about these. */
  public Diagnostic about(List<Subject> these) {
    return new Diagnostic(
        severity, code, these, counterexample, allowance, message, where, other, hint);
  }

  public Diagnostic about(Subject... these) {
    return about(List.of(these));
  }

  /** The same, as the finding that an expectation fails by this access. */
  public Diagnostic by(Counterexample access) {
    return new Diagnostic(
        severity, code, subjects, Optional.of(access), allowance, message, where, other, hint);
  }

  public Diagnostic hint(String text) {
    return new Diagnostic(
        severity,
        code,
        subjects,
        counterexample,
        allowance,
        message,
        where,
        other,
        Optional.of(text));
  }

  public Diagnostic hint(Optional<String> text) {
    return text.isPresent() ? hint(text.get()) : this;
  }

  public Diagnostic alsoAt(Location place) {
    return new Diagnostic(
        severity,
        code,
        subjects,
        counterexample,
        allowance,
        message,
        where,
        Optional.of(place),
        hint);
  }

  /** The guardrail that found it, if one did: its findings have its own code. */
  public Optional<Guardrail> rule() {
    return Guardrail.of(code);
  }

  /** Whether a guardrail or an expectation forbids to apply the plan. */
  public boolean isDenied() {
    return severity == Severity.DENIED;
  }

  /** Whether a guardrail would deny it, had it not been allowed this once. */
  public boolean isAllowed() {
    return allowance.isPresent();
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }
}
