package io.tokenform.plan.planner;

import io.tokenform.access.Label;
import io.tokenform.access.LiveDescription;
import io.tokenform.access.Token;
import io.tokenform.access.TokenName;
import io.tokenform.access.UnreadableToken;
import io.tokenform.finding.Diagnostic;
import io.tokenform.live.Generations;
import io.tokenform.live.Live;
import io.tokenform.live.Matching;
import io.tokenform.live.SetAside;
import io.tokenform.live.TokenOrder;
import io.tokenform.plan.Change;
import io.tokenform.plan.Due;
import io.tokenform.plan.Plan;
import io.tokenform.plan.PlanOptions;
import io.tokenform.plan.Rotate;
import io.tokenform.policy.ClusterSection;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.GuardrailSetting;
import io.tokenform.policy.Policy;
import io.tokenform.policy.Rotation;
import io.tokenform.policy.UnusedExceptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Works out the changes that turn live into the policy. The same policy, live tokens, databases and
 * options give the same plan, whatever order the cluster lists things in.
 */
public final class Planner {
  /** One for each kind of change. */
  private static final List<ChangePlanner<?>> KINDS =
      List.of(
          new CleanUpPlanner(),
          new CreatePlanner(),
          new UpdatePlanner(),
          new RotatePlanner(),
          new RetirePlanner(),
          new RevokePlanner());

  private final Policy policy;
  private final Live live;
  private final PlanOptions options;
  private final Matching matching;
  private final List<DesiredToken> selected = new ArrayList<>();
  private final List<TokenName> unselected = new ArrayList<>();
  private final List<TokenName> leftAlone = new ArrayList<>();
  private final List<PlannedWorld.Entry> entries = new ArrayList<>();
  private final List<Lineage> lineages = new ArrayList<>();
  private final List<PlannedWorld.Ending> endings = new ArrayList<>();
  private final List<Diagnostic> findings = new ArrayList<>();

  /** What guardrails decide about, found while the tokens were looked for. */
  private final List<Diagnostic> states = new ArrayList<>();

  private Planner(Policy policy, Live live, PlanOptions options) {
    this.policy = policy;
    this.live = live;
    this.options = options;
    this.matching = Matching.of(policy, live.listing(), options.now());
  }

  /** The plan; what cannot be planned is among its findings, and nothing is thrown. */
  public static Plan plan(Policy policy, Live live, PlanOptions options) {
    return new Planner(policy, live, options).plan();
  }

  private Plan plan() {
    findings.addAll(policy.warnings());
    match();
    List<Token> active =
        live.tokens().stream().filter(token -> token.isActive(options.now())).toList();
    List<Token> unmanaged =
        matching.unmanaged(active).stream().sorted(TokenOrder.DESCRIPTION.comparator()).toList();
    Draft draft = new Draft();
    boolean speaksOfDatabases = !policy.databases().isEmpty();
    PlannedWorld world =
        world(
            unmanaged,
            speaksOfDatabases ? Databases.of(policy, live, options, draft) : Databases.NONE);
    KINDS.forEach(kind -> kind.plan(world, draft));
    if (speaksOfDatabases) {
      DatabasePlanners.plan(world, draft);
    }
    findings.addAll(draft.findings());
    List<Change> changes = draft.changes(options.order());
    // With the databases that are there once the changes are made.
    Live then =
        speaksOfDatabases
            ? new Live(
                live.cluster(),
                live.listing(),
                List.copyOf(DatabaseCheck.namesAfter(live, changes)))
            : live;
    GuardrailCheck guardrails =
        new GuardrailCheck(
            new GuardrailCheck.Facts(
                policy.start(),
                policy.cluster().flatMap(ClusterSection::name),
                changes,
                entries,
                percentBase(changes),
                selected,
                states,
                unmanaged,
                then.databases(),
                speaksOfDatabases,
                speaksOfDatabases || setsRuleOfDatabases()
                    ? DatabaseCheck.of(
                        policy, live, matching, changes, toldAtPlaces(), options.now())
                    : DatabaseCheck.Found.NOTHING,
                options.now()),
            options.allowances());
    guardrails.check(policy.guardrails(), options.platform());
    findings.addAll(guardrails.findings());
    findings.addAll(
        UnusedExceptions.ofLive(policy, options.platform(), live.tokens(), live.databases()));
    List<UnreadableToken> setAside = matching.unreadableUnmanaged();
    if (!setAside.isEmpty()) {
      findings.add(SetAside.warning(setAside, policy.start()));
    }
    unselected.addAll(draft.unselected());
    List<TokenName> untouched = new ArrayList<>(unselected);
    untouched.addAll(leftAlone);
    ExpectationCheck expectations =
        ExpectationCheck.of(policy, then, matching, unmanaged, changes, untouched, options);
    findings.addAll(expectations.findings());
    findings.sort(Diagnostic.BY_PLACE);
    unselected.sort(Comparator.naturalOrder());
    leftAlone.sort(Comparator.naturalOrder());
    return new Plan(
        live.cluster(),
        options.order(),
        changes,
        draft.unchanged(),
        unselected,
        leftAlone,
        unmanaged,
        active.size(),
        live.tokens().size() - active.size(),
        draft.dueLeftOut(),
        findings,
        List.copyOf(guardrails.used()),
        guardrails.verdicts(),
        expectations.held(),
        draft.databases());
  }

  /** Whether somebody has written down a rule about databases, though the policy has none. */
  private boolean setsRuleOfDatabases() {
    for (GuardrailSetting setting : policy.guardrails().active()) {
      if (setting.rule().isAboutOneDatabase() && setting.where().isPresent()) {
        return true;
      }
    }
    for (GuardrailSetting setting : options.platform().active()) {
      if (setting.rule().isAboutOneDatabase()) {
        return true;
      }
    }
    return false;
  }

  /** The tokens of which the rule about unknown databases tells. */
  private Set<TokenName> toldAtPlaces() {
    Set<TokenName> names = new HashSet<>();
    if (GuardrailCheck.tellsAtPlaces(policy.guardrails(), options.platform())) {
      for (DesiredToken desired : selected) {
        names.add(desired.name());
      }
    }
    return names;
  }

  private PlannedWorld world(List<Token> unmanaged, Databases databases) {
    Map<TokenName, Rotate.Because> renewals = new HashMap<>();
    Set<TokenName> finished = new HashSet<>();
    for (Lineage lineage : lineages) {
      TokenName name = lineage.desired().name();
      Renewal.of(lineage, options).ifPresent(because -> renewals.put(name, because));
      if (lineage.leftovers().finished().isPresent()) {
        finished.add(name);
      }
    }
    return new PlannedWorld(
        policy, live, options, entries, lineages, endings, renewals, finished, unmanaged,
        databases);
  }

  /** Finds the live token of each selected token of the policy, or says why there is none. */
  private void match() {
    for (DesiredToken desired : policy.tokens()) {
      if (options.selection().includes(desired.name())) {
        selected.add(desired);
        match(desired);
      } else {
        unselected.add(desired.name());
      }
    }
  }

  private void match(DesiredToken desired) {
    Optional<Token> found = matching.liveToken(desired);
    Optional<Diagnostic> problem = matching.problem(desired);
    if (problem.isPresent() && !matching.isAbsent(desired)) {
      findings.add(problem.get());
    } else if (desired.lifecycle().revoked().isPresent()) {
      matching.endOfUnknown(desired).ifPresent(findings::add);
      endings.add(
          new PlannedWorld.Ending(
              desired,
              found.filter(token -> !token.isRevoked()),
              matching.generations(desired).all()));
    } else if (found.isPresent()) {
      match(desired, found.get());
    } else if (desired.lifecycle().deliver().isPresent()) {
      Optional<Token> revoked = matching.revokedInUse(desired);
      if (addLineage(desired, Optional.empty()) && revoked.isPresent()) {
        states.add(StateFindings.revokedByHand(desired, revoked.get()));
      }
    } else if (matching.generations(desired).pending().isEmpty()
        || (addLineage(desired, Optional.empty()) && !isFinished(desired))) {
      leaveAlone(desired, problem.orElseThrow());
    }
  }

  /** Whether a token that was not finished comes into use with this plan. */
  private boolean isFinished(DesiredToken desired) {
    return lineages.stream()
        .filter(lineage -> lineage.desired().equals(desired))
        .anyMatch(lineage -> lineage.leftovers().finished().isPresent());
  }

  private void match(DesiredToken desired, Token token) {
    Optional<Label> label =
        options.asked().labelled() || isFalselyParked(token)
            ? Optional.empty()
            : Generations.label(token);
    if (token.isRevoked()) {
      leaveAlone(desired, StateFindings.revoked(desired, token));
    } else if (label.isPresent() && !isAskedFor(desired)) {
      leaveAlone(desired, StateFindings.labelled(desired, token, label.get()));
    } else if (desired.id().isPresent() || addLineage(desired, Optional.of(token))) {
      entries.add(new PlannedWorld.Entry(desired, token));
      if (token.isExpired(options.now())) {
        findings.add(StateFindings.expired(desired, token));
      }
    }
  }

  /** A label that contradicts what the token may do protects it from nothing. */
  private static boolean isFalselyParked(Token token) {
    return LiveDescription.parse(token.description()).has(Label.Parked.class)
        && !Generations.isParked(token);
  }

  private boolean isAskedFor(DesiredToken desired) {
    return options.asked().rotations().contains(desired.name());
  }

  /** Adds a lineage, unless somebody may be making a token of it right now. */
  private boolean addLineage(DesiredToken desired, Optional<Token> inUse) {
    Generations others = matching.generations(desired);
    Leftovers leftovers =
        Leftovers.of(others.pending(), inUse, options.fates(), settle(desired), options.now());
    boolean cannotReplace =
        desired.lifecycle().deliver().isEmpty() && !leftovers.doubtful().isEmpty();
    if (!leftovers.fresh().isEmpty() || cannotReplace) {
      Token token =
          leftovers.fresh().isEmpty() ? leftovers.doubtful().get(0) : leftovers.fresh().get(0);
      leaveAlone(desired, StateFindings.pending(desired, token, cannotReplace));
      return false;
    }
    lineages.add(
        new Lineage(
            desired, inUse, inUse.isEmpty() && matching.hasExpired(desired), others, leftovers));
    return true;
  }

  private static Duration settle(DesiredToken desired) {
    return desired.lifecycle().rotate().map(Rotation::settle).orElse(Rotation.DEFAULT_SETTLE);
  }

  private void leaveAlone(DesiredToken desired, Diagnostic finding) {
    if (options.due() == Due.ONLY) {
      // What is due for the others must not wait for it.
      unselected.add(desired.name());
      return;
    }
    leftAlone.add(desired.name());
    states.add(finding);
  }

  private PercentBase percentBase(List<Change> changes) {
    PercentBase base = new PercentBase();
    base.addAll(changes);
    for (DesiredToken desired : policy.tokens()) {
      Optional<Token> token = matching.liveToken(desired);
      if (token.isPresent() && token.get().isActive(options.now())) {
        base.add(desired, token.get());
      }
    }
    return base;
  }
}
