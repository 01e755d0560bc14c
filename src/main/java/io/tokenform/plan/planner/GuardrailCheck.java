package io.tokenform.plan.planner;

import io.tokenform.access.LiveDescription;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.ShellWord;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.finding.Allowance;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.finding.Subject;
import io.tokenform.live.Generations;
import io.tokenform.live.UnknownDatabases;
import io.tokenform.plan.Change;
import io.tokenform.plan.Create;
import io.tokenform.plan.DatabaseChange;
import io.tokenform.plan.GuardrailVerdict;
import io.tokenform.plan.GuardrailVerdict.Source;
import io.tokenform.plan.GuardrailVerdict.Verdict;
import io.tokenform.plan.Judgement;
import io.tokenform.plan.Kind;
import io.tokenform.plan.Revoke;
import io.tokenform.plan.Rotate;
import io.tokenform.plan.TokenChange;
import io.tokenform.policy.DescriptionPattern;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.GuardrailSetting;
import io.tokenform.policy.Guardrails;
import io.tokenform.policy.placement.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds a plan against one set of guardrails. */
final class GuardrailCheck {
  /** Unmanaged tokens beyond this many are counted and not named. */
  private static final int MOST_NAMED = 5;

  /**
   * What the guardrails look at.
   *
   * @param start a place for what has none of its own
   * @param cluster what the cluster is called in its fleet, if it is in one
   * @param managed the policy's tokens that the plan is about, each with its live token
   * @param states what was found of single tokens, for the rules that decide about their states
   * @param databases the names of those that are there once the changes are made
   * @param speaksOfDatabases whether the policy says something of databases
   * @param ofDatabases what was found of databases, for the rules that decide about them, and of
   *     which tokens
   * @param percentBase the tokens on which {@code max-changes} bases its percentage, whether the
   *     plan is about them or not
   */
  record Facts(
      Location start,
      Optional<ClusterName> cluster,
      List<Change> changes,
      List<PlannedWorld.Entry> managed,
      PercentBase percentBase,
      List<DesiredToken> selected,
      List<Diagnostic> states,
      List<Token> unmanaged,
      Collection<String> databases,
      boolean speaksOfDatabases,
      DatabaseCheck.Found ofDatabases,
      Instant now) {
    List<TokenChange> tokenChanges() {
      return ofTokens(changes);
    }
  }

  /** Those of some changes that are about tokens. */
  static List<TokenChange> ofTokens(List<Change> changes) {
    List<TokenChange> ofTokens = new ArrayList<>();
    for (Change change : changes) {
      change.ofToken().ifPresent(ofTokens::add);
    }
    return ofTokens;
  }

  /**
   * What is found; two settings of a rule may find the same, each at its own place.
   *
   * @param measure what the setting asks for, where two that ask for different things are two
   *     findings
   */
  private record Key(Guardrail rule, List<Subject> subjects, String measure) {}

  /** For rules whose settings all require the same. */
  private static final String NO_MEASURE = "";

  /** A setting that is not off, and the worst that it led to so far. */
  private static final class Rule {
    private final GuardrailSetting setting;
    private final Source source;
    private Verdict verdict = Verdict.PASSED;

    Rule(GuardrailSetting setting, Source source) {
      this.setting = setting;
      this.source = source;
    }

    static Rule ofPlatform(GuardrailSetting setting) {
      return new Rule(setting, Source.PLATFORM);
    }

    static Rule ofPolicy(GuardrailSetting setting) {
      return new Rule(setting, setting.where().isPresent() ? Source.POLICY : Source.DEFAULT);
    }

    Guardrail guardrail() {
      return setting.rule();
    }

    boolean isDefaultOfDatabases() {
      return setting.rule().isAboutOneDatabase() && setting.where().isEmpty();
    }

    /**
     * Whether it is not about this token; the policy, which names it, cannot loosen the platform's.
     */
    boolean excepts(TokenName name, TokenId id) {
      return source == Source.PLATFORM ? setting.excepts(id) : setting.excepts(name.value());
    }

    boolean excepts(Change change) {
      return source == Source.PLATFORM
          ? change.liveId().filter(setting::excepts).isPresent()
          : change.ofToken().isPresent() && setting.excepts(change.name());
    }

    boolean excepts(Diagnostic state) {
      return state.subjects().stream()
          .filter(Subject.OfToken.class::isInstance)
          .map(Subject.OfToken.class::cast)
          .anyMatch(
              token ->
                  source == Source.PLATFORM
                      ? token.id().filter(setting::excepts).isPresent()
                      : token.name().filter(name -> setting.excepts(name.value())).isPresent());
    }

    void ledTo(Verdict found) {
      verdict = found.compareTo(verdict) > 0 ? found : verdict;
    }

    GuardrailVerdict verdict() {
      return new GuardrailVerdict(
          setting.rule(), setting.level(), source, setting.where(), verdict);
    }
  }

  private final Facts facts;
  private final Set<String> databases;
  private final Set<Allowance> allowances;
  private final Map<Key, Diagnostic> findings = new LinkedHashMap<>();
  private final NavigableSet<Allowance> used = new TreeSet<>();
  private final List<GuardrailVerdict> verdicts = new ArrayList<>();

  GuardrailCheck(Facts facts, Set<Allowance> allowances) {
    this.facts = facts;
    this.databases = Set.copyOf(facts.databases());
    this.allowances = allowances;
  }

  /**
   * Finds what breaks the policy's guardrails or the platform's, which add up. A default holds only
   * where neither says anything of the rule.
   */
  void check(Guardrails policy, Guardrails platform) {
    List<Rule> rules = new ArrayList<>();
    platform.active().forEach(setting -> rules.add(Rule.ofPlatform(setting)));
    policy
        .withoutDefaultsOf(platform)
        .active()
        .forEach(setting -> rules.add(Rule.ofPolicy(setting)));
    if (!facts.speaksOfDatabases()) {
      // A default would be one more guardrail in the digest of a plan that has no use for it.
      rules.removeIf(Rule::isDefaultOfDatabases);
    }
    // Of two that find the same, the stricter one counts, and then the one that nobody can loosen.
    rules.sort((one, other) -> one.setting.level().compareTo(other.setting.level()));
    rules.forEach(this::check);
    rules.forEach(rule -> verdicts.add(rule.verdict()));
    verdicts.sort(GuardrailVerdict.ORDER);
    // Whether it is needed depends on what the plan is shown in, and the digest does not.
    allowances.stream().filter(a -> a.rule() == Guardrail.CUT_COMMENT).forEach(used::add);
  }

  /** What breaks them, and what was allowed to. */
  Collection<Diagnostic> findings() {
    return findings.values();
  }

  /** The allowances without which there would have been a denial. */
  NavigableSet<Allowance> used() {
    return used;
  }

  /** What became of each guardrail that is not off. */
  List<GuardrailVerdict> verdicts() {
    return verdicts;
  }

  private void check(Rule rule) {
    switch (rule.guardrail()) {
      case WILDCARD_WRITE -> wildcards(rule, "write");
      case WILDCARD_READ -> wildcards(rule, "read");
      case LOCKOUT -> lockouts(rule);
      case WIDENING -> widening(rule);
      case MISSING_TOKEN, PARKED_TOKEN, PENDING_TOKEN -> states(rule);
      case REVOKE -> revocations(rule);
      case CREATE -> creations(rule);
      case NO_EXPIRY -> eternal(rule);
      case UNKNOWN_DATABASE -> unknownDatabases(rule);
      case UNMANAGED_TOKEN -> unmanaged(rule);
      case DESCRIPTION -> descriptions(rule);
      case MAX_CHANGES -> maxChanges(rule);
      case EXPIRING -> expiring(rule);
      case REQUIRE_ID -> requireIds(rule);
      case DATA_LOSS, DANGLING, STRANDED -> ofDatabases(rule);
      // Whether a comment can show it is known once there is a plan to show.
      case CUT_COMMENT -> {}
    }
  }

  private void wildcards(Rule rule, String action) {
    for (Change change : facts.changes()) {
      boolean gives =
          change.gained().stream()
              .anyMatch(
                  permission ->
                      permission.coversAllDatabases() && permission.action().name().equals(action));
      if (gives) {
        add(rule, change, "would get \"" + action + " " + Permission.ALL_DATABASES + "\"");
      }
    }
  }

  private void states(Rule rule) {
    for (Diagnostic state : facts.states()) {
      if (state.rule().filter(rule.guardrail()::equals).isPresent() && !rule.excepts(state)) {
        add(rule, state, NO_MEASURE);
      }
    }
  }

  private void ofDatabases(Rule rule) {
    for (Diagnostic finding : facts.ofDatabases().findings()) {
      if (finding.rule().filter(rule.guardrail()::equals).isPresent()
          && finding.subjects().stream()
              .flatMap(subject -> subject.database().stream())
              .noneMatch(rule.setting::excepts)) {
        add(rule, finding, NO_MEASURE);
      }
    }
    if (rule.guardrail() == Guardrail.DATA_LOSS) {
      for (Change change : facts.changes()) {
        change.ofDatabase().ifPresent(database -> renameIntoException(rule, database));
      }
    }
  }

  /** A name that may lose its data is the cluster's key: nobody gets there by a rename, unsaid. */
  private void renameIntoException(Rule rule, DatabaseChange change) {
    if (change.successor().filter(to -> rule.setting.excepts(to.value())).isPresent()
        && change.vanishing().filter(from -> rule.setting.excepts(from.value())).isEmpty()) {
      add(
          rule,
          Diagnostic.of(
                  Guardrail.DATA_LOSS,
                  change.where(),
                  "the database \""
                      + change.vanishing().orElseThrow()
                      + "\" would get the name \""
                      + change.database()
                      + "\", which this rule excepts: its data could be lost without a denial")
              .about(change.subject()),
          NO_MEASURE);
    }
  }

  private void unknownDatabases(Rule rule) {
    for (Diagnostic finding : UnknownDatabases.find(facts.selected(), facts.databases())) {
      if (!isToldAsDangling(finding)) {
        add(rule, finding, NO_MEASURE);
      }
    }
  }

  /** Whether a stricter rule has told of the same permissions already. */
  private boolean isToldAsDangling(Diagnostic finding) {
    if (facts.ofDatabases().dangling().isEmpty()) {
      return false;
    }
    String database =
        finding.subjects().stream()
            .flatMap(subject -> subject.database().stream())
            .findFirst()
            .orElseThrow();
    Key told = new Key(Guardrail.DANGLING, List.of(Subject.ofDatabase(database)), NO_MEASURE);
    Set<TokenName> tokens = facts.ofDatabases().dangling().getOrDefault(database, Set.of());
    return findings.containsKey(told)
        && finding.subjects().stream()
            .flatMap(subject -> subject.token().stream())
            .allMatch(tokens::contains);
  }

  /**
   * Whether what the policy says of databases that are not there is told by {@link
   * Guardrail#UNKNOWN_DATABASE}, which knows the place, and not by {@link Guardrail#DANGLING}: the
   * stricter of the two tells of it, once.
   */
  static boolean tellsAtPlaces(Guardrails policy, Guardrails platform) {
    Guardrail.Level unknown = strictest(Guardrail.UNKNOWN_DATABASE, policy, platform);
    return unknown != Guardrail.Level.OFF
        && unknown.compareTo(strictest(Guardrail.DANGLING, policy, platform)) <= 0;
  }

  private static Guardrail.Level strictest(Guardrail rule, Guardrails policy, Guardrails platform) {
    Guardrail.Level strictest = Guardrail.Level.OFF;
    for (Guardrails rules : List.of(platform, policy.withoutDefaultsOf(platform))) {
      for (GuardrailSetting setting : rules.active()) {
        if (setting.rule() == rule && setting.level().compareTo(strictest) < 0) {
          strictest = setting.level();
        }
      }
    }
    return strictest;
  }

  private void revocations(Rule rule) {
    changes(Revoke.class)
        // tokenform itself has taken the access of the old ones that it revokes.
        .filter(change -> !change.isAboutOldGeneration() || !change.permissions().isEmpty())
        .forEach(
            change ->
                add(
                    rule,
                    change,
                    "would be revoked"
                        + change.reason().map(text -> " (" + text + ")").orElse("")
                        + ": "
                        + change.id()
                        + " can never be used again"));
  }

  private void creations(Rule rule) {
    changes(Create.class).forEach(change -> add(rule, change, "would be made"));
  }

  private void eternal(Rule rule) {
    changes(Create.class)
        .filter(change -> change.making().expires().isEmpty())
        .forEach(change -> add(rule, change, "would be made and never expire"));
    changes(Rotate.class)
        .filter(change -> change.making().expires().isEmpty())
        .forEach(change -> add(rule, change, "would get a successor that never expires"));
  }

  private <C extends Change> Stream<C> changes(Class<C> kind) {
    return facts.changes().stream().filter(kind::isInstance).map(kind::cast);
  }

  private void lockouts(Rule rule) {
    changes(Rotate.class)
        .filter(change -> change.because() != Rotate.Because.ASKED)
        .filter(change -> !change.permissionsBefore().isEmpty())
        .filter(change -> change.old().losesAccessAtOnce(change.making().succession()))
        .forEach(
            change ->
                add(
                    rule,
                    change,
                    "would get a successor, and "
                        + change.old().id()
                        + " would lose its access at once"));
    for (TokenChange change : facts.tokenChanges()) {
      if (change.isAboutOldGeneration()
          || change.kind() == Kind.REVOKE
          || (change.isParking() && rule.source != Source.PLATFORM)) {
        // Old ones are to lose it, a revocation is asked about by its own rule, and who parks a
        // token wants just that; a platform that denies it means parking too.
        continue;
      }
      if (change.losesAllAccess()) {
        add(rule, change, "would lose all its access");
      } else if (reaches(change.permissionsBefore()) && !reaches(change.permissionsAfter())) {
        add(
            rule,
            change,
            "would lose all its access: the cluster has none of the databases that it keeps");
      }
    }
  }

  /** Whether permissions give access to anything that is there, as far as that is known. */
  private boolean reaches(Permissions permissions) {
    return permissions.stream()
        .anyMatch(
            permission ->
                databases.isEmpty()
                    || permission.coversAllDatabases()
                    || databases.contains(permission.resource()));
  }

  private void widening(Rule rule) {
    for (Change change : facts.changes()) {
      if (!change.accessGained().isEmpty()) {
        String gained =
            change.accessGained().stream()
                .map(Permission::toString)
                .collect(Collectors.joining(", "));
        add(rule, change, "would gain access: " + gained);
      }
    }
  }

  private void unmanaged(Rule rule) {
    List<Token> found =
        facts.unmanaged().stream()
            .filter(
                token ->
                    !rule.setting.excepts(token.id()) && !rule.setting.excepts(token.description()))
            .toList();
    if (found.isEmpty()) {
      return;
    }
    String names =
        found.stream()
            .limit(MOST_NAMED)
            .map(token -> "\"" + token.description() + "\" (" + token.id() + ")")
            .collect(Collectors.joining(", "));
    String more = found.size() > MOST_NAMED ? " and " + (found.size() - MOST_NAMED) + " more" : "";
    String what =
        found.size() == 1
            ? "an active token is not in the policy: "
            : found.size() + " active tokens are not in the policy: ";
    add(
        rule,
        Diagnostic.of(rule.guardrail(), place(rule), what + names + more)
            .about(found.stream().map(token -> Subject.of(token.id())).toList())
            .hint(wayIn(found)),
        NO_MEASURE);
  }

  /** How to have unmanaged tokens in the policy; export prints none with a label. */
  private String wayIn(List<Token> found) {
    String exceptList = "; or to the rule's except list";
    List<Token> unlabelled =
        found.stream().filter(token -> Generations.label(token).isEmpty()).limit(2).toList();
    return switch (unlabelled.size()) {
      case 0 ->
          "a policy does not name a token with a label; when nobody uses it any more: tokenform"
              + " token revoke "
              + found.get(0).id()
              + "; else add its id to the rule's except list";
      case 1 ->
          "add "
              + (found.size() == 1 ? "it" : unlabelled.get(0).id())
              + " to the policy, as this prints it: "
              + snapshot()
                  .map(taken -> taken + " --select id:")
                  .orElse("tokenform export --select id:")
              + unlabelled.get(0).id()
              + exceptList;
      default ->
          "add them to the policy, as this prints all: "
              + snapshot().orElse("tokenform export")
              + exceptList;
    };
  }

  /** Of a fleet, export reads the snapshot of one cluster. */
  private Optional<String> snapshot() {
    return facts
        .cluster()
        .map(
            name ->
                "tokenform snapshot --only "
                    + name
                    + " --out snaps && tokenform export --live snaps/"
                    + name
                    + ".snapshot.json");
  }

  private void descriptions(Rule rule) {
    for (PlannedWorld.Entry managed : facts.managed()) {
      DesiredToken desired = managed.desired();
      if (!rule.excepts(desired.name(), managed.live().id())) {
        description(
            rule,
            desired.name(),
            desired
                .description()
                .map(Located::value)
                .orElse(LiveDescription.parse(managed.live().description()).text()),
            desired.description().map(Located::where).orElse(desired.where()),
            managed.subject());
      }
    }
    changes(Create.class)
        .filter(change -> !rule.excepts(change))
        .forEach(
            change ->
                description(
                    rule, change.token(), change.description(), change.where(), change.subject()));
  }

  private void description(
      Rule rule, TokenName name, String description, Location where, Subject subject) {
    DescriptionPattern pattern = rule.setting.pattern().orElseThrow();
    DescriptionPattern.Answer answer = pattern.answer(description);
    if (answer == DescriptionPattern.Answer.FITS) {
      return;
    }
    add(
        rule,
        Diagnostic.of(
                rule.guardrail(),
                where,
                "the description \""
                    + description
                    + "\" of \""
                    + name
                    + (answer == DescriptionPattern.Answer.UNKNOWN
                        ? "\" takes too long to be checked against "
                        : "\" does not match ")
                    + pattern)
            .about(subject)
            .hint("choose another description"),
        pattern.toString());
  }

  private void maxChanges(Rule rule) {
    int changes = facts.changes().size();
    int base = facts.percentBase().size();
    OptionalInt most = rule.setting.changes();
    OptionalInt percent = rule.setting.percent();
    boolean tooMany = most.isPresent() && changes > most.getAsInt();
    boolean tooLarge =
        percent.isPresent()
            && changes > rule.setting.leastOrDefault()
            && changes * 100L > (long) percent.getAsInt() * (long) base;
    if (!tooMany && !tooLarge) {
      return;
    }
    String limit =
        tooMany
            ? "at most " + most.getAsInt()
            : "at most "
                + percent.getAsInt()
                + " % of the "
                + base
                + (base == 1 ? " token" : " tokens")
                + " whose permissions the policy states";
    add(
        rule,
        Diagnostic.of(
                rule.guardrail(),
                place(rule),
                (changes == 1 ? "there is 1 change" : "there are " + changes + " changes")
                    + ", but there may be "
                    + limit)
            .hint("check that this many changes are intended"),
        limit);
  }

  private void expiring(Rule rule) {
    int days = rule.setting.days().orElse(GuardrailSetting.DEFAULT_DAYS);
    Instant soon = facts.now().plus(Duration.ofDays(days));
    for (PlannedWorld.Entry managed : facts.managed()) {
      Token live = managed.live();
      boolean expires = !live.isExpired(facts.now()) && live.isExpired(soon);
      if (expires
          && !isRenewedInTime(managed.desired(), soon)
          && !rule.excepts(managed.desired().name(), live.id())) {
        add(
            rule,
            Diagnostic.of(
                    rule.guardrail(),
                    managed.desired().where(),
                    "the token of \""
                        + managed.desired().name()
                        + "\" expires soon, at "
                        + live.expiresAt().orElseThrow())
                .about(managed.subject())
                .hint(renewal(managed.desired())),
            NO_MEASURE);
      }
    }
  }

  /** Whether a successor is planned before it expires, as long as somebody applies what is due. */
  private static boolean isRenewedInTime(DesiredToken desired, Instant soon) {
    return desired.lifecycle().rotate().isPresent()
        && desired
            .lifecycle()
            .expires()
            .filter(expiry -> !expiry.value().of(soon).isAfter(soon))
            .isEmpty();
  }

  private static String renewal(DesiredToken desired) {
    // A successor has another id, and the same description.
    return desired.id().isPresent()
        ? "make a new token, and give its id here"
        : "give it a successor: tokenform token rotate "
            + ShellWord.of(desired.name().value())
            + (desired.lifecycle().deliver().isPresent() ? "" : " --deliver SINK --platform FILE");
  }

  /** Anyone who may update tokens can change a description, but not an id. */
  private void requireIds(Rule rule) {
    for (PlannedWorld.Entry managed : facts.managed()) {
      if (managed.desired().id().isEmpty()) {
        requireId(rule, managed.desired(), managed.live().id());
      }
    }
    Map<TokenName, DesiredToken> byName =
        facts.selected().stream()
            .collect(Collectors.toMap(DesiredToken::name, Function.identity()));
    changes(Revoke.class)
        .filter(change -> !change.isAboutOldGeneration())
        .forEach(
            change -> {
              DesiredToken desired = byName.get(change.token());
              if (desired.id().isEmpty()) {
                requireId(rule, desired, change.id());
              }
            });
  }

  private void requireId(Rule rule, DesiredToken desired, TokenId id) {
    if (!rule.excepts(desired.name(), id)) {
      add(
          rule,
          Diagnostic.of(
                  rule.guardrail(),
                  desired.where(),
                  "\""
                      + desired.name()
                      + "\" has no id in the policy: its description found the token "
                      + id)
              .about(Subject.of(desired.name(), id))
              .hint(
                  "if that is the token that is meant, give it "
                      + facts
                          .cluster()
                          .map(name -> "ids: {" + name + ": " + id + "}")
                          .orElse("id: " + id)),
          NO_MEASURE);
    }
  }

  private void add(Rule rule, Change change, String what) {
    if (!rule.excepts(change)) {
      String message = "\"" + change.name() + "\" " + what;
      add(
          rule,
          Diagnostic.of(rule.guardrail(), change.where(), message).about(change.subject()),
          NO_MEASURE);
    }
  }

  private void add(Rule rule, Diagnostic warning, String measure) {
    Diagnostic finding =
        rule.setting.where().filter(place -> !place.equals(warning.where())).isPresent()
            ? warning.alsoAt(rule.setting.where().get())
            : warning;
    Judgement judgement = new Judgement(rule.setting.level(), rule.source, allowances);
    Diagnostic judged = judgement.of(finding);
    judged.allowance().ifPresent(used::add);
    rule.ledTo(Judgement.verdict(judged));
    findings.putIfAbsent(new Key(rule.guardrail(), finding.subjects(), measure), judged);
  }

  private Location place(Rule rule) {
    return rule.setting.where().orElse(facts.start());
  }
}
