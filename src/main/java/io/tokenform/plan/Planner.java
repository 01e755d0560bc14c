package io.tokenform.plan;

import io.tokenform.access.Token;
import io.tokenform.access.TokenName;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Subject;
import io.tokenform.live.Live;
import io.tokenform.live.Matching;
import io.tokenform.live.TokenOrder;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Policy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Works out the changes that turn live into the policy. The same policy, live tokens, databases and
 * options give the same plan, whatever order the cluster lists things in.
 */
public final class Planner {
  /** One for each kind of change. */
  private static final List<ChangePlanner<?>> KINDS = List.of(new UpdatePlanner());

  private final Policy policy;
  private final Live live;
  private final PlanOptions options;
  private final Matching matching;
  private final List<DesiredToken> selected = new ArrayList<>();
  private final List<TokenName> unselected = new ArrayList<>();
  private final List<PlannedWorld.Entry> entries = new ArrayList<>();
  private final List<Diagnostic> findings = new ArrayList<>();

  private Planner(Policy policy, Live live, PlanOptions options) {
    this.policy = policy;
    this.live = live;
    this.options = options;
    this.matching = Matching.of(policy, live.tokens(), options.now());
  }

  /** The plan; what cannot be planned is among its findings, and nothing is thrown. */
  public static Plan plan(Policy policy, Live live, PlanOptions options) {
    return new Planner(policy, live, options).plan();
  }

  private Plan plan() {
    findings.addAll(policy.warnings());
    match();
    Draft draft = new Draft();
    PlannedWorld world = new PlannedWorld(policy, live, options, entries);
    KINDS.forEach(kind -> kind.plan(world, draft));
    findings.addAll(draft.findings());
    List<Change> changes = draft.changes(options.order());
    List<Token> active =
        live.tokens().stream().filter(token -> token.isActive(options.now())).toList();
    List<Token> unmanaged =
        matching.unmanaged(active).stream().sorted(TokenOrder.DESCRIPTION.comparator()).toList();
    GuardrailCheck guardrails =
        new GuardrailCheck(
            new GuardrailCheck.Facts(
                policy.start(),
                changes,
                entries,
                percentBase(changes),
                selected,
                unmanaged,
                live.databases(),
                options.now()),
            options.allowances());
    guardrails.check(policy.guardrails(), options.platform());
    findings.addAll(guardrails.findings());
    findings.sort(Diagnostic.BY_PLACE);
    return new Plan(
        live.cluster(),
        options.order(),
        changes,
        draft.unchanged(),
        unselected,
        unmanaged,
        active.size(),
        live.tokens().size() - active.size(),
        findings,
        List.copyOf(guardrails.used()),
        guardrails.verdicts());
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
    unselected.sort(Comparator.naturalOrder());
  }

  private void match(DesiredToken desired) {
    matching.problem(desired).ifPresent(findings::add);
    Optional<Token> found = matching.liveToken(desired);
    if (found.isEmpty()) {
      return;
    }
    Token token = found.get();
    if (token.isRevoked()) {
      findings.add(revoked(desired, token));
      return;
    }
    entries.add(new PlannedWorld.Entry(desired, token));
    if (token.isExpired(options.now())) {
      findings.add(expired(desired, token));
    }
  }

  private PercentBase percentBase(List<Change> changes) {
    PercentBase base = new PercentBase();
    base.addAll(changes);
    for (DesiredToken desired : policy.tokens()) {
      matching
          .liveToken(desired)
          .filter(token -> token.isActive(options.now()))
          .ifPresent(token -> base.add(desired, token));
    }
    return base;
  }

  private static Diagnostic revoked(DesiredToken desired, Token token) {
    return Diagnostic.error(
            Code.REVOKED_TOKEN,
            desired.where(),
            "the token of \""
                + desired.name()
                + "\" was revoked at "
                + token.revokedAt().orElseThrow()
                + ", which cannot be undone")
        .about(Subject.of(desired.name(), token.id()))
        .hint("remove it from the policy, or give the id of the token that took its place");
  }

  private static Diagnostic expired(DesiredToken desired, Token token) {
    return Diagnostic.warning(
            Code.EXPIRED_TOKEN,
            desired.where(),
            "the token of \""
                + desired.name()
                + "\" expired at "
                + token.expiresAt().orElseThrow()
                + ", so it does not work, whatever its permissions")
        .about(Subject.of(desired.name(), token.id()))
        .hint("remove it from the policy, or give the id of the token that took its place");
  }
}
