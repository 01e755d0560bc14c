package io.tokenform.finding;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A rule that a plan must pass before it may be applied. All that other rooms have to know of a
 * rule stands here; what breaks it, {@code GuardrailCheck} in {@code plan} finds.
 */
public enum Guardrail {
  /** A change that gives {@code write *}. */
  WILDCARD_WRITE(Level.DENY, About.TOKEN, "except"),
  /** A change that gives {@code read *}. */
  WILDCARD_READ(Level.WARN, About.TOKEN, "except"),
  /** A token that would lose all its access. */
  LOCKOUT(Level.DENY, About.TOKEN, "except"),
  /** A token of the policy that is not there, or was revoked. */
  MISSING_TOKEN(Level.DENY, About.TOKEN, "except"),
  /** A revocation that the policy asks for. */
  REVOKE(Level.DENY, About.TOKEN, "except"),
  /** A token of the policy that somebody parked. */
  PARKED_TOKEN(Level.WARN, About.TOKEN, "except"),
  /** A token that somebody may be making right now. */
  PENDING_TOKEN(Level.DENY, About.TOKEN, "except"),
  /** A token that would be made. */
  CREATE(Level.OFF, About.TOKEN, "except"),
  /** A token that would be made and never expire. */
  NO_EXPIRY(Level.WARN, About.TOKEN, "except"),
  /** A change that gains access. */
  WIDENING(Level.OFF, About.TOKEN, "except"),
  /** A permission on a database that the cluster does not have. */
  UNKNOWN_DATABASE(Level.WARN, About.DATABASE),
  /** A live token that the policy does not name. */
  UNMANAGED_TOKEN(Level.WARN, About.UNMANAGED, "except"),
  /** A description that does not match a pattern. */
  DESCRIPTION(Level.OFF, About.TOKEN, "except", "pattern"),
  /** More changes than there should be at once. */
  MAX_CHANGES(Level.OFF, About.PLAN, "changes", "percent", "least"),
  /** A token that expires soon. */
  EXPIRING(Level.WARN, About.TOKEN, "except", "days"),
  /** A token that its description found, and no id. */
  REQUIRE_ID(Level.OFF, About.TOKEN, "except"),
  /** A gain of access that the comment on a pull request has no room for. */
  CUT_COMMENT(Level.DENY, About.COMMENT),
  /** A database that loses data: its retention is shortened, or it is deleted. */
  DATA_LOSS(Level.DENY, About.ONE_DATABASE, "except"),
  /** A permission on a database that is gone, or that comes back to life with a new one. */
  DANGLING(Level.WARN, About.ONE_DATABASE, "except"),
  /** A token that would lose a database because that is renamed. */
  STRANDED(Level.DENY, About.ONE_DATABASE, "except");

  /** What each finding of a rule is about. */
  public enum About {
    /** One token of the policy, and the live token that it is. */
    TOKEN,
    /** A database, and the tokens of the policy that have permissions on it. */
    DATABASE,
    /**
     * One database, by its name; a policy that says nothing of databases is not held against it.
     */
    ONE_DATABASE,
    /** Live tokens that the policy does not name. */
    UNMANAGED,
    /** The plan as a whole. */
    PLAN,
    /** The comment that shows the plan. */
    COMMENT
  }

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
  private final About about;
  private final String keys;

  Guardrail(Level byDefault, About about, String... keys) {
    this.code = Code.ofRule(name().toLowerCase(Locale.ROOT).replace('_', '-'));
    this.byDefault = byDefault;
    this.about = about;
    this.keys = String.join(" ", keys);
  }

  /** The code of its findings, which is also its name in a policy. */
  public Code code() {
    return code;
  }

  /** What follows where no policy says anything of it. */
  public Level byDefault() {
    return byDefault;
  }

  /** What each of its findings is about. */
  public About about() {
    return about;
  }

  /** Whether each of its findings is about one token of the policy. */
  public boolean isAboutOneToken() {
    return about == About.TOKEN;
  }

  /** Whether each of its findings is about one database. */
  public boolean isAboutOneDatabase() {
    return about == About.ONE_DATABASE;
  }

  /** Whether it judges changes behind which no policy stands, as in a rollback. */
  public boolean needsNoPolicy() {
    return about != About.UNMANAGED && about != About.COMMENT;
  }

  /** What its map in a policy may say besides {@code level}. */
  public List<String> keys() {
    return keys.isEmpty() ? List.of() : List.of(keys.split(" ", -1));
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
