package io.tokenform.expect;

import io.tokenform.access.Action;
import io.tokenform.access.Flag;
import io.tokenform.access.Permission;
import io.tokenform.access.ShellWord;
import io.tokenform.access.TokenName;
import io.tokenform.expect.Verdict.Escape;
import io.tokenform.expect.Verdict.Unmatched;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.finding.Subject;
import io.tokenform.live.SetAside;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Mode;
import io.tokenform.policy.PermissionEntries;
import io.tokenform.policy.Role;
import io.tokenform.policy.expect.Expectation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What verdicts mean for a plan or a policy, as findings: a breach denies, and nothing can allow
 * it.
 */
public final class ExpectationFindings {
  /** Breaches of one expectation beyond this many are counted; a plan has an end. */
  static final int MOST_BREACHES = 100;

  /** Databases and tokens beyond this many are counted and not named. */
  private static final int MOST_NAMED = 5;

  private ExpectationFindings() {}

  /**
   * An option that expects something of what is live, in the place of a line in a file.
   *
   * @param name the option
   * @param apply the command that applies the policy, whole, to which more options can be added
   */
  public record Asked(String name, String apply) {
    public Asked {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(apply, "apply");
    }

    private String apply(TokenName token) {
      return apply + " " + Flag.TARGET + " " + ShellWord.of(token.value());
    }
  }

  /** All that verdicts found about expectations of a file. */
  public static List<Diagnostic> of(List<Verdict> verdicts) {
    return of(verdicts, Optional.empty());
  }

  /** All that verdicts found about expectations of an option. */
  public static List<Diagnostic> of(List<Verdict> verdicts, Asked asked) {
    return of(verdicts, Optional.of(asked));
  }

  private static List<Diagnostic> of(List<Verdict> verdicts, Optional<Asked> asked) {
    List<Diagnostic> findings = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      verdict.breaches().stream()
          .limit(MOST_BREACHES)
          .forEach(breach -> findings.add(finding(breach, verdict.expectation(), asked)));
      more(verdict).ifPresent(findings::add);
      unreadable(verdict).ifPresent(findings::add);
      verdict.escapes().forEach(escape -> findings.add(finding(escape)));
      verdict.unmatched().forEach(unmatched -> findings.add(finding(unmatched)));
    }
    unknown(verdicts).ifPresent(findings::add);
    return findings;
  }

  private static Optional<Diagnostic> more(Verdict verdict) {
    int more = verdict.breaches().size() - MOST_BREACHES;
    return more <= 0
        ? Optional.empty()
        : Optional.of(
            Diagnostic.warning(
                    Code.EXPECTATION,
                    verdict.expectation().where(),
                    "this expectation fails in " + more + " more ways")
                .asDenied());
  }

  private static Optional<Diagnostic> unreadable(Verdict verdict) {
    return verdict.unreadable().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Diagnostic.warning(
                    Code.EXPECTATION,
                    verdict.expectation().where(),
                    "nobody knows whether this expectation holds: "
                        + SetAside.sentence(verdict.unreadable()))
                .asDenied()
                .hint(SetAside.HINT));
  }

  private static Diagnostic finding(Breach breach, Expectation expectation, Optional<Asked> asked) {
    Optional<Origin> origin = breach.isAble() ? origin(breach) : Optional.empty();
    Diagnostic finding =
        Diagnostic.warning(Code.EXPECTATION, breach.where(), message(breach, origin))
            .asDenied()
            .about(subjects(breach))
            .by(breach.counterexample())
            .hint(hint(breach, origin, expectation, asked));
    return origin.isPresent() ? finding.alsoAt(origin.get().where()) : finding;
  }

  /**
   * The first database, or {@code *} for any, and the token; nothing without a token. The database
   * stands first, as in every document that has findings.
   */
  private static List<Subject> subjects(Breach breach) {
    Subject database = Subject.ofDatabase(breach.counterexample().database());
    return breach
        .who()
        .map(Holder::subject)
        .or(() -> breach.name().flatMap(ExpectationFindings::subject))
        .map(token -> List.of(database, token))
        .orElse(List.of());
  }

  private static Optional<Subject> subject(String name) {
    return Patterns.isGlob(name) || Patterns.isId(name)
        ? Optional.empty()
        : Optional.of(Subject.of(new TokenName(name)));
  }

  private static String message(Breach breach, Optional<Origin> origin) {
    String what = breach.action() + " " + resources(breach);
    if (breach.isAble()) {
      Holder who = breach.who().orElseThrow();
      return who(who)
          + " can "
          + what
          + through(breach, who)
          + breach.expected()
          + ": "
          + origin.map(Origin::text).orElse(unwritten(who));
    }
    String who =
        breach
            .who()
            .map(ExpectationFindings::who)
            .orElseGet(() -> "no working token \"" + breach.name().orElseThrow() + "\"");
    return who + (breach.who().isPresent() ? " cannot " : " can ") + what + breach.expected();
  }

  private static String resources(Breach breach) {
    return breach.resources().isEmpty() ? "any database" : list(breach.resources());
  }

  private static String list(List<String> names) {
    int more = names.size() - MOST_NAMED;
    if (more > 0) {
      return names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
          + " and "
          + more
          + " more";
    }
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  /** That all of it comes from the permission on all databases. */
  private static String through(Breach breach, Holder who) {
    boolean isNamed =
        breach.resources().stream()
            .anyMatch(name -> who.permissions().contains(new Permission(breach.action(), name)));
    return isNamed ? "" : ", through " + breach.action() + " " + Permission.ALL_DATABASES;
  }

  private static String who(Holder who) {
    if (who.name().isEmpty()) {
      return "the unmanaged token "
          + who.id().map(Object::toString).orElse("")
          + " (\""
          + who.description()
          + "\")";
    }
    String name = "\"" + who.name().get() + "\"";
    return who.generation()
        .map(word -> name + " (" + word + who.id().map(id -> ", " + id).orElse("") + ")")
        .orElse(name);
  }

  private static String unwritten(Holder who) {
    return who.name().isEmpty() ? "live, and not in the policy" : "live, and not from the policy";
  }

  private static String hint(
      Breach breach, Optional<Origin> origin, Expectation expectation, Optional<Asked> asked) {
    String orElse =
        asked
            .map(
                option ->
                    (breach.isAble() ? ", or add it to " : ", or take it out of ") + option.name())
            .orElse(", or change the expectation");
    if (origin.isPresent()) {
      return "take it away there" + orElse;
    }
    if (breach.who().isEmpty()) {
      return "give it to such a token" + orElse;
    }
    Holder who = breach.who().get();
    if (!breach.isAble()) {
      return hintOfLack(who, breach, asked, orElse);
    }
    String revoke =
        who.id().map(id -> "revoke it: tokenform token revoke " + id).orElse("take it away");
    if (who.desired().isPresent()) {
      return who.generation().isPresent()
          ? "it has a successor; if nobody uses it any more, " + revoke
          : hintOfExcess(who.desired().get(), breach, asked, orElse);
    }
    return "if nobody needs it, "
        + revoke
        + "; otherwise add it to the policy"
        + asked
            .map(Asked::name)
            .or(() -> expectation.ask(new Lists(breach)))
            .map(list -> ", or its id to " + list)
            .orElse("");
  }

  private static String hintOfLack(
      Holder who, Breach breach, Optional<Asked> asked, String orElse) {
    if (who.isParked()) {
      return "it is parked: tokenform token release " + ShellWord.of(nameOrId(who));
    }
    boolean isStated =
        who.desired().flatMap(DesiredToken::permissions).isPresent()
            && !breach.resources().isEmpty()
            && breach.resources().stream()
                .allMatch(resource -> states(who.desired().get(), breach, resource));
    return isStated
        ? asked
            .map(option -> "apply gives it that: " + option.apply(who.name().orElseThrow()))
            .orElse("the policy gives it that: plan that token too")
        : "give it that in the policy" + orElse;
  }

  /** Of a token whose permission is live alone. */
  private static String hintOfExcess(
      DesiredToken desired, Breach breach, Optional<Asked> asked, String orElse) {
    if (desired.lifecycle().revoked().isPresent()) {
      return asked
          .map(option -> "apply revokes it: " + option.apply(desired.name()))
          .orElse("the policy revokes it: plan that token too");
    }
    if (desired.permissions().isEmpty() || desired.mode() == Mode.ADDITIVE) {
      return "state its permissions in the policy without mode: additive, and "
          + asked
              .map(option -> "apply that: " + option.apply(desired.name()))
              .orElse("plan that token too");
    }
    if (breach.resources().stream().anyMatch(resource -> states(desired, breach, resource))) {
      return "the policy gives it a part of that: take it away there" + orElse;
    }
    return asked
        .map(option -> "apply takes it away: " + option.apply(desired.name()))
        .orElse("the policy takes it away: plan that token too");
  }

  /** Whether the policy gives a token what a breach is about, on one of its databases. */
  private static boolean states(DesiredToken desired, Breach breach, String resource) {
    return desired
        .permissions()
        .filter(stated -> stated.allows(new Permission(breach.action(), resource)))
        .isPresent();
  }

  private static String nameOrId(Holder who) {
    return who.name().map(TokenName::value).orElseGet(() -> who.id().orElseThrow().toString());
  }

  /** Where an expectation lists the tokens that may. */
  private record Lists(Breach breach) implements Expectation.Forms<Optional<String>> {
    @Override
    public Optional<String> ofToken(Expectation.OfToken expectation) {
      return Optional.empty();
    }

    @Override
    public Optional<String> ofDatabase(Expectation.OfDatabase expectation) {
      return Optional.of(breach.action().equals(Action.WRITE) ? "writers" : "readers");
    }

    @Override
    public Optional<String> never(Expectation.Never expectation) {
      return Optional.of("except");
    }
  }

  /**
   * Where the policy gives a permission.
   *
   * @param text for people
   */
  private record Origin(String text, Location where) {}

  /** Where the policy gives what a token can do, if it does. */
  private static Optional<Origin> origin(Breach breach) {
    Holder who = breach.who().orElseThrow();
    if (who.desired().isEmpty()) {
      return Optional.empty();
    }
    DesiredToken desired = who.desired().get();
    for (String resource : breach.resources()) {
      Permission exact = new Permission(breach.action(), resource);
      for (Permission held : List.of(exact, exact.onAllDatabases())) {
        if (who.permissions().contains(held)) {
          Optional<Origin> found = origin(desired, held);
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Origin> origin(DesiredToken desired, Permission held) {
    Optional<Location> own =
        desired.ownPermissions().flatMap(permissions -> place(permissions, held));
    if (own.isPresent()) {
      return own.map(
          where -> new Origin("its own permission (" + where.fileAndLine() + ")", where));
    }
    for (Role role : desired.roles()) {
      Optional<Location> where = place(role.permissions(), held);
      if (where.isPresent()) {
        return where.map(
            place ->
                new Origin(
                    "from the role \"" + role.name() + "\" (" + place.fileAndLine() + ")", place));
      }
    }
    return Optional.empty();
  }

  private static Optional<Location> place(PermissionEntries permissions, Permission held) {
    return permissions.entries().stream()
        .filter(entry -> entry.value().equals(held))
        .findFirst()
        .map(Located::where);
  }

  private static Diagnostic finding(Escape escape) {
    String pattern = escape.pattern().value();
    String message =
        Patterns.isGlob(pattern)
            ? "\""
                + pattern
                + "\" does not fit the database \""
                + escape.from()
                + "\" any more, which gets the name \""
                + escape.to()
                + "\": nothing would be expected of its data"
            : "this names the database \""
                + escape.from()
                + "\" by its old name, and it gets the name \""
                + escape.to()
                + "\": nothing would be expected of its data";
    return Diagnostic.warning(Code.EXPECTATION, escape.pattern().where(), message)
        .asDenied()
        .about(Subject.ofDatabase(escape.to()))
        .hint(
            Patterns.isGlob(pattern)
                ? "expect the same of \"" + escape.to() + "\""
                : "write the new one, \"" + escape.to() + "\"");
  }

  private static Diagnostic finding(Unmatched unmatched) {
    String pattern = unmatched.pattern().value();
    return Diagnostic.warning(
            Code.EXPECTATION,
            unmatched.pattern().where(),
            Patterns.isGlob(pattern)
                ? "no " + unmatched.what() + " fits \"" + pattern + "\""
                : "there is no " + unmatched.what() + " \"" + pattern + "\"")
        .hint(unmatched.hint().orElse("if it is not misspelled, it may come to be later"));
  }

  /** That a policy alone does not tell what some tokens may do. */
  private static Optional<Diagnostic> unknown(List<Verdict> verdicts) {
    Set<Holder> unknown = new LinkedHashSet<>();
    verdicts.forEach(verdict -> unknown.addAll(verdict.unknown()));
    if (unknown.isEmpty()) {
      return Optional.empty();
    }
    Location where =
        verdicts.stream()
            .filter(verdict -> !verdict.unknown().isEmpty())
            .findFirst()
            .orElseThrow()
            .expectation()
            .where();
    List<String> names =
        unknown.stream().map(holder -> "\"" + nameOrId(holder) + "\"").sorted().toList();
    return Optional.of(
        Diagnostic.warning(
                Code.EXPECTATION,
                where,
                "the policy does not say all that "
                    + list(names)
                    + " may do, so here nobody knows whether every expectation holds")
            .about(unknown.stream().map(Holder::subject).toList())
            .hint("tokenform plan knows: it looks at the live tokens"));
  }
}
