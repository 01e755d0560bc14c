package io.tokenform.report;

import io.tokenform.access.Action;
import io.tokenform.access.Address;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.Subject;
import io.tokenform.plan.AccessByDatabase;
import io.tokenform.plan.Change;
import io.tokenform.plan.Plan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What of a plan has to be seen where there is no room for all of it. */
public final class Importance {
  /** Findings of one kind beyond this many stand behind those of the other kinds. */
  private static final int MOST_OF_A_KIND = 10;

  /** Errors first, then what a guardrail denies; of these and of warnings, danger first. */
  private static final Comparator<Diagnostic> FINDINGS =
      Comparator.comparing(Diagnostic::severity).thenComparing(Importance::danger);

  /** What gives most first: other actions than to read, all databases, and then by name. */
  private static final Comparator<Permission> GAINS =
      Comparator.comparing((Permission permission) -> Gain.of(permission))
          .thenComparing(Permission::coversAllDatabases, Comparator.reverseOrder())
          .thenComparing(Comparator.naturalOrder());

  private static final Comparator<Permission> ALL_DATABASES_FIRST =
      Comparator.comparing(Permission::coversAllDatabases)
          .reversed()
          .thenComparing(Comparator.naturalOrder());

  private final Plan plan;
  private final Set<Address> denied;
  private final Set<Address> allowed;
  private final Set<Address> lockedOut;

  /** What a change, or a permission, gives; the most dangerous first. */
  public enum Gain {
    /** To write, or an action of which nobody knows what it does. */
    WRITE,
    READ,
    NOTHING;

    public static Gain of(Permission permission) {
      return of(permission.action());
    }

    static Gain of(Action action) {
      return action.name().equals("read") ? READ : WRITE;
    }

    /** The most dangerous of what a change gives. */
    public static Gain of(Change change) {
      return change.accessGained().stream()
          .map(Gain::of)
          .min(Comparator.naturalOrder())
          .orElse(NOTHING);
    }

    /** Of what happens to a database. */
    static Gain of(List<AccessByDatabase.Entry> entries) {
      return entries.stream()
          .filter(AccessByDatabase.Entry::gained)
          .map(entry -> of(entry.action()))
          .min(Comparator.naturalOrder())
          .orElse(NOTHING);
    }
  }

  /** A database, and what happens to the access to it. */
  record Database(String resource, List<AccessByDatabase.Entry> entries) {
    Gain gain() {
      return Gain.of(entries);
    }
  }

  public Importance(Plan plan) {
    this.plan = plan;
    this.denied = changed(plan, Diagnostic::isDenied);
    this.allowed = changed(plan, Diagnostic::isAllowed);
    this.lockedOut =
        changed(plan, finding -> finding.rule().filter(Guardrail.LOCKOUT::equals).isPresent());
  }

  /** The changes that such findings are about. */
  private static Set<Address> changed(Plan plan, Predicate<Diagnostic> which) {
    Map<Address, List<Change>> changes =
        plan.changes().stream().collect(Collectors.groupingBy(Change::address));
    Set<Address> changed = new HashSet<>();
    for (Diagnostic finding : plan.findings()) {
      if (which.test(finding)) {
        finding.subjects().stream()
            .flatMap(subject -> address(subject, finding).stream())
            .flatMap(address -> changes.getOrDefault(address, List.of()).stream())
            .filter(change -> isMadeBy(finding, change))
            .forEach(change -> changed.add(change.address()));
      }
    }
    return changed;
  }

  /** The address that a change of a finding's subject has. */
  private static Optional<Address> address(Subject subject, Diagnostic finding) {
    return subject
        .token()
        .map(Address::of)
        .or(
            () ->
                isAboutDatabaseItself(finding)
                    ? subject.database().map(Address::ofDatabase)
                    : Optional.empty());
  }

  /** Whether it is about what becomes of a database, and not about the access to one. */
  private static boolean isAboutDatabaseItself(Diagnostic finding) {
    return finding.rule().isPresent()
        ? finding.rule().get().isAboutOneDatabase()
        : finding.code() == Code.EXPECTATION && finding.counterexample().isEmpty();
  }

  /**
   * Whether a finding is there for what a change of its token does. An expectation is about the
   * access that the token has in the end: a change that neither gives nor takes what it names may
   * be the very repair, or have nothing to do with it, and the expectation fails without it too.
   */
  private static boolean isMadeBy(Diagnostic finding, Change change) {
    return finding
        .counterexample()
        .flatMap(
            access ->
                change
                    .ofToken()
                    .map(
                        token ->
                            access.comesFrom(token.permissionsBefore(), token.permissionsAfter())))
        .orElse(true);
  }

  /**
   * The plan's changes: first those that gain write access, then those that gain read access, then
   * the others. Among these first what is denied, then gains on all databases, then losses of all
   * access, and then by name.
   */
  public List<Change> changes() {
    return plan.changes().stream()
        .sorted(
            Comparator.comparing((Change change) -> Gain.of(change))
                .thenComparing(this::isDenied, Comparator.reverseOrder())
                .thenComparing(Importance::gainsAllDatabases, Comparator.reverseOrder())
                .thenComparing(this::losesAllAccess, Comparator.reverseOrder())
                .thenComparing(Change::address))
        .toList();
  }

  private static boolean gainsAllDatabases(Change change) {
    return change.accessGained().stream().anyMatch(Permission::coversAllDatabases);
  }

  private boolean losesAllAccess(Change change) {
    return change.losesAllAccess() || lockedOut.contains(change.address());
  }

  /** The databases: first those to which somebody gains write access, then read access. */
  List<Database> databases() {
    List<Database> databases = new ArrayList<>();
    AccessByDatabase.of(plan)
        .forEach((resource, entries) -> databases.add(new Database(resource, entries)));
    databases.sort(Comparator.comparing(Database::gain));
    return databases;
  }

  /**
   * The findings, the most important first: the errors, then of each other kind the first ones, and
   * then the others. So no kind hides another one, however often it is found.
   */
  public static List<Diagnostic> findings(List<Diagnostic> findings) {
    Map<String, Integer> counts = new HashMap<>();
    List<Diagnostic> ordered = new ArrayList<>();
    List<Diagnostic> others = new ArrayList<>();
    for (Diagnostic finding : findings.stream().sorted(FINDINGS).toList()) {
      boolean isOfTheFirst =
          finding.isError() || counts.merge(kind(finding), 1, Integer::sum) <= MOST_OF_A_KIND;
      (isOfTheFirst ? ordered : others).add(finding);
    }
    ordered.addAll(others);
    return ordered;
  }

  /**
   * The plan's findings by their importance: those about what gains access before the others of
   * their kind.
   */
  public List<Diagnostic> findings() {
    Map<Address, Gain> gains = new HashMap<>();
    plan.changes().forEach(change -> gains.put(change.address(), Gain.of(change)));
    Comparator<Diagnostic> gainsFirst = Comparator.comparing(finding -> gain(finding, gains));
    return findings(plan.findings().stream().sorted(gainsFirst).toList());
  }

  private static Gain gain(Diagnostic finding, Map<Address, Gain> gains) {
    return finding.subjects().stream()
        .flatMap(subject -> subject.token().stream())
        .map(token -> gains.getOrDefault(Address.of(token), Gain.NOTHING))
        .min(Comparator.naturalOrder())
        .orElse(Gain.NOTHING);
  }

  /** Which kind of finding it is, as in {@code denied widening}. */
  static String kind(Diagnostic finding) {
    return finding.severity() + " " + finding.code();
  }

  /** The permissions, those on all databases first. */
  static List<Permission> permissions(Permissions permissions) {
    return permissions.stream().sorted(ALL_DATABASES_FIRST).toList();
  }

  /** The same of what somebody gains: what gives most comes first. */
  static List<Permission> gains(Permissions permissions) {
    return permissions.stream().sorted(GAINS).toList();
  }

  /** Whether a guardrail or an expectation denies a change for what it does. */
  boolean isDenied(Change change) {
    return denied.contains(change.address());
  }

  /** Whether it was allowed this once to do what a guardrail denies. */
  boolean isAllowed(Change change) {
    return allowed.contains(change.address());
  }

  /** How grave what a guardrail found is, beside others that are as severe. */
  private static int danger(Diagnostic finding) {
    return finding
        .rule()
        .map(
            rule ->
                switch (rule) {
                  case WILDCARD_WRITE -> 0;
                  case CUT_COMMENT -> 1;
                  case WILDCARD_READ -> 2;
                  case WIDENING -> 3;
                  case LOCKOUT -> 4;
                  case DATA_LOSS -> 0;
                  default -> 5;
                })
        .orElse(5);
  }
}
