package io.tokenform.finding;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A rule that a plan must pass before it may be applied. */
public enum Guardrail {
  /** A change that gives {@code write *}. */
  WILDCARD_WRITE(Code.WILDCARD_WRITE, Level.DENY),
  /** A change that gives {@code read *}. */
  WILDCARD_READ(Code.WILDCARD_READ, Level.WARN),
  /** A token that would lose all its access. */
  LOCKOUT(Code.LOCKOUT, Level.DENY),
  /** A change that gains access. */
  WIDENING(Code.WIDENING, Level.OFF),
  /** A permission on a database that the cluster does not have. */
  UNKNOWN_DATABASE(Code.UNKNOWN_DATABASE, Level.WARN),
  /** A live token that the policy does not name. */
  UNMANAGED_TOKEN(Code.UNMANAGED_TOKEN, Level.WARN),
  /** A description that does not match a pattern. */
  DESCRIPTION(Code.DESCRIPTION, Level.OFF),
  /** More changes than there should be at once. */
  MAX_CHANGES(Code.MAX_CHANGES, Level.OFF),
  /** A token that expires soon. */
  EXPIRING(Code.EXPIRING, Level.WARN),
  /** A token that its description found, and no id. */
  REQUIRE_ID(Code.REQUIRE_ID, Level.OFF),
  /** A gain of access that the comment on a pull request has no room for. */
  CUT_COMMENT(Code.CUT_COMMENT, Level.DENY);

  /** What follows where the rule is broken. */
  public enum Level {
    /** The plan may not be applied. */
    DENY,
    /** The plan says so. */
    WARN,
    /** Nothing. */
    OFF;

    public static Optional<Level> named(String word) {
      return Arrays.stream(values()).filter(level -> level.toString().equals(word)).findFirst();
    }

    public static List<String> words() {
      return Arrays.stream(values()).map(Level::toString).toList();
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Code code;
  private final Level byDefault;

  Guardrail(Code code, Level byDefault) {
    this.code = code;
    this.byDefault = byDefault;
  }

  /** The code of its findings, which is also its name in a policy. */
  public Code code() {
    return code;
  }

  /** What follows where no policy says anything of it. */
  public Level byDefault() {
    return byDefault;
  }

  /** Whether each of its findings is about one token of the policy. */
  public boolean isAboutOneToken() {
    return switch (this) {
      case UNKNOWN_DATABASE, UNMANAGED_TOKEN, MAX_CHANGES, CUT_COMMENT -> false;
      default -> true;
    };
  }

  /** The one whose findings have this code, if there is such. */
  static Optional<Guardrail> of(Code code) {
    return Arrays.stream(values()).filter(rule -> rule.code == code).findFirst();
  }

  public static Optional<Guardrail> named(String word) {
    return Arrays.stream(values()).filter(rule -> rule.toString().equals(word)).findFirst();
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(Guardrail::toString).toList();
  }

  @Override
  public String toString() {
    return code.word();
  }
}
