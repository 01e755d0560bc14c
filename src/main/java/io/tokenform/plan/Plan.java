package io.tokenform.plan;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.finding.Allowance;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.Subject;
import io.tokenform.policy.GuardrailSetting;
import io.tokenform.policy.Guardrails;
import io.tokenform.policy.expect.Expectation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The changes that turn live into the policy, and what a reviewer has to know beside them.
 *
 * @param cluster whose tokens these are
 * @param order the order of the waves
 * @param changes in the order in which they are made
 * @param unchanged the tokens that are as the policy says, by name
 * @param unselected the policy's tokens that this plan is not about, by name
 * @param leftAlone the policy's tokens that it leaves alone for the state that they are in, by
 *     name: missing, parked, or being made by somebody
 * @param unmanaged the working tokens that the policy does not name, by description and id
 * @param activeTokens how many live tokens work
 * @param inactiveTokens how many live tokens are revoked or have expired
 * @param dueLeftOut how many changes are due with time alone, and left out
 * @param findings errors, denials of guardrails and warnings, by their places in the policy
 * @param allowed the guardrails that may be broken this once, as far as they are
 * @param guardrails the guardrails that it was held against, with what became of each
 * @param expectations the expectations that it was held against, by source and text
 * @param databases the databases of the policy that it does not change
 */
public record Plan(
    ClusterAddress cluster,
    WaveOrder order,
    List<Change> changes,
    List<TokenName> unchanged,
    List<TokenName> unselected,
    List<TokenName> leftAlone,
    List<Token> unmanaged,
    int activeTokens,
    int inactiveTokens,
    int dueLeftOut,
    List<Diagnostic> findings,
    List<Allowance> allowed,
    List<GuardrailVerdict> guardrails,
    List<HeldExpectation> expectations,
    PlannedDatabases databases) {
  public Plan {
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(order, "order");
    changes = List.copyOf(changes);
    unchanged = List.copyOf(unchanged);
    unselected = List.copyOf(unselected);
    leftAlone = List.copyOf(leftAlone);
    unmanaged = List.copyOf(unmanaged);
    findings = List.copyOf(findings);
    allowed = List.copyOf(allowed);
    guardrails = List.copyOf(guardrails);
    expectations = List.copyOf(expectations);
    Objects.requireNonNull(databases, "databases");
  }

  /** A plan for a policy that says nothing of databases. */
  public Plan(
      ClusterAddress cluster,
      WaveOrder order,
      List<Change> changes,
      List<TokenName> unchanged,
      List<TokenName> unselected,
      List<TokenName> leftAlone,
      List<Token> unmanaged,
      int activeTokens,
      int inactiveTokens,
      int dueLeftOut,
      List<Diagnostic> findings,
      List<Allowance> allowed,
      List<GuardrailVerdict> guardrails,
      List<HeldExpectation> expectations) {
    this(
        cluster,
        order,
        changes,
        unchanged,
        unselected,
        leftAlone,
        unmanaged,
        activeTokens,
        inactiveTokens,
        dueLeftOut,
        findings,
        allowed,
        guardrails,
        expectations,
        PlannedDatabases.NONE);
  }

  /** The changes of databases, in the order in which they are made. */
  public List<DatabaseChange> databaseChanges() {
    List<DatabaseChange> ofDatabases = new ArrayList<>();
    for (Change change : changes) {
      change.ofDatabase().ifPresent(ofDatabases::add);
    }
    return ofDatabases;
  }

  /** Whether its policy says something of databases. */
  public boolean speaksOfDatabases() {
    if (!databases.isEmpty()) {
      return true;
    }
    for (Change change : changes) {
      if (change.ofDatabase().isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** The changes of tokens, in the order in which they are made. */
  public List<TokenChange> tokenChanges() {
    List<TokenChange> ofTokens = new ArrayList<>();
    for (Change change : changes) {
      change.ofToken().ifPresent(ofTokens::add);
    }
    return ofTokens;
  }

  public boolean hasChanges() {
    return !changes.isEmpty();
  }

  /** Whether something of the policy cannot be planned; such a plan is not applied. */
  public boolean hasErrors() {
    return findings.stream().anyMatch(Diagnostic::isError);
  }

  /** Whether it has errors, and would change none of the tokens that have none. */
  public boolean hasOnlyErrors() {
    return hasErrors() && changes.isEmpty();
  }

  /** Whether a guardrail or an expectation forbids to apply it. */
  public boolean isDenied() {
    return findings.stream().anyMatch(Diagnostic::isDenied);
  }

  /** Whether an expectation would not hold afterwards, which nothing can allow. */
  public boolean failsExpectations() {
    return expectations.stream().anyMatch(held -> !held.holds());
  }

  /**
   * The allowance that counts only if this plan's digest is expected, if there is such: it is
   * against a rule of the platform file, and for a token that has no id yet.
   */
  public Optional<Allowance> onlyWithDigest() {
    return findings.stream()
        .filter(finding -> finding.rule().filter(this::isOfPlatform).isPresent())
        .filter(
            finding ->
                finding.subjects().stream()
                    .filter(Subject.OfToken.class::isInstance)
                    .map(Subject.OfToken.class::cast)
                    .anyMatch(token -> token.id().isEmpty()))
        .flatMap(finding -> finding.allowance().stream())
        .filter(allowance -> allowance.name().isPresent())
        .findFirst();
  }

  private boolean isOfPlatform(Guardrail rule) {
    return guardrails.stream()
        .anyMatch(
            held ->
                held.rule() == rule
                    && held.source() == GuardrailVerdict.Source.PLATFORM
                    && held.level() == Guardrail.Level.DENY);
  }

  /**
   * A guardrail of a platform file that this plan was not checked against as the platform's, at
   * that level or a stricter one. A plan records rules and levels; exceptions and numbers it does
   * not.
   */
  public Optional<GuardrailSetting> notHeldAgainst(Guardrails platform) {
    return platform.active().stream()
        .filter(setting -> guardrails.stream().noneMatch(held -> held.isAsStrictAs(setting)))
        .findFirst();
  }

  /**
   * An expectation of a platform file that this plan was not held against as the platform's. Its
   * verdict is that of the instant when the plan was made.
   */
  public Optional<Expectation> notHeldAgainst(List<Expectation> platform) {
    return platform.stream()
        .filter(wanted -> expectations.stream().noneMatch(held -> held.isOfPlatform(wanted)))
        .findFirst();
  }

  /**
   * The live tokens that it tells of, as it found them: those that it changes and those that are
   * unmanaged, by id. Of what it does not manage it tells nothing.
   */
  public List<Token> toldTokens() {
    Map<TokenId, Token> told = new TreeMap<>();
    unmanaged.forEach(token -> told.put(token.id(), token));
    for (TokenChange change : tokenChanges()) {
      for (Predecessor old : change.predecessors()) {
        told.put(old.id(), told(old.id(), old.description(), old.permissions()));
      }
      change
          .liveId()
          .ifPresent(
              id ->
                  told.putIfAbsent(id, told(id, change.description(), change.permissionsBefore())));
    }
    return List.copyOf(told.values());
  }

  private static Token told(TokenId id, String description, Permissions permissions) {
    return new Token(id, description, permissions, Optional.empty(), Optional.empty());
  }

  /**
   * The same, without the tokens that it is not about: for changes behind which no policy stands.
   */
  public Plan ofItsTokensAlone() {
    return new Plan(
        cluster,
        order,
        changes,
        unchanged,
        unselected,
        leftAlone,
        List.of(),
        activeTokens,
        inactiveTokens,
        dueLeftOut,
        findings.stream().filter(finding -> !isOfOthersSetAside(finding)).toList(),
        allowed,
        guardrails,
        expectations,
        databases);
  }

  /** What is said of a token of the policy has its name; what nobody manages has none. */
  private static boolean isOfOthersSetAside(Diagnostic finding) {
    return finding.code() == Code.UNREADABLE_TOKEN
        && !finding.isError()
        && finding.subjects().stream().allMatch(subject -> subject.token().isEmpty());
  }

  /** The same, without some findings; none of them is an error or of a guardrail. */
  public Plan without(Predicate<Diagnostic> left) {
    return findings.stream().noneMatch(left)
        ? this
        : with(findings.stream().filter(left.negate()).toList(), guardrails);
  }

  Plan with(List<Diagnostic> otherFindings, List<GuardrailVerdict> otherGuardrails) {
    return new Plan(
        cluster,
        order,
        changes,
        unchanged,
        unselected,
        leftAlone,
        unmanaged,
        activeTokens,
        inactiveTokens,
        dueLeftOut,
        otherFindings,
        allowed,
        otherGuardrails,
        expectations,
        databases);
  }

  /** How many changes have this effect; those that lose data are counted by themselves. */
  public int count(Effect effect) {
    int count = 0;
    for (Change change : changes) {
      if (change.effect() == effect && !change.losesData()) {
        count++;
      }
    }
    return count;
  }

  /** How many changes lose data. */
  public int losingData() {
    int count = 0;
    for (Change change : changes) {
      if (change.losesData()) {
        count++;
      }
    }
    return count;
  }

  /**
   * Whether the changes are in the order in which they are made, and each is about something of its
   * own; a plan that was made here always is so.
   */
  public boolean isInOrder() {
    List<Change> sorted = changes.stream().sorted(order.comparator()).toList();
    long addresses = changes.stream().map(Change::address).distinct().count();
    long ids = changes.stream().flatMap(change -> change.liveId().stream()).distinct().count();
    long live = changes.stream().filter(change -> change.liveId().isPresent()).count();
    return changes.equals(sorted)
        && addresses == changes.size()
        && ids == live
        && changes.stream().allMatch(Plan::isAboutItsAddress)
        && areReplacedOnce();
  }

  /** Whether a change of a generation is about the live token that its address names. */
  private static boolean isAboutItsAddress(Change change) {
    return !change.isAboutOldGeneration()
        || change.liveId().filter(id -> id.toString().equals(change.address().name())).isPresent();
  }

  /** Whether no live token gives way twice, or gives way and is changed. */
  private boolean areReplacedOnce() {
    Set<TokenId> touched = new HashSet<>();
    for (Change change : changes) {
      Set<TokenId> own = new HashSet<>();
      change.liveId().ifPresent(own::add);
      change.ofToken().ifPresent(token -> token.predecessors().forEach(old -> own.add(old.id())));
      for (TokenId id : own) {
        if (!touched.add(id)) {
          return false;
        }
      }
    }
    return true;
  }

  /** How many changes are of this kind. */
  public int count(Kind kind) {
    return (int) changes.stream().filter(change -> change.kind() == kind).count();
  }

  /** The waves that have changes, in the order in which they are made. */
  public List<Wave> waves() {
    return changes.stream().map(Change::wave).distinct().toList();
  }

  /** A wave's changes, by address. */
  public List<Change> changesOf(Wave wave) {
    return changes.stream().filter(change -> change.wave() == wave).toList();
  }
}
