package io.tokenform.plan;

import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenName;
import io.tokenform.cluster.Endpoints;
import io.tokenform.cluster.TokenUpdate;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Located;
import io.tokenform.finding.Subject;
import io.tokenform.live.Live;
import io.tokenform.live.Matching;
import io.tokenform.live.TokenOrder;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Mode;
import io.tokenform.policy.Policy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Works out the changes that turn live into the policy. The same policy, live tokens, databases and
 * options give the same plan, whatever order the cluster lists things in.
 */
public final class Planner {
  private final Policy policy;
  private final Live live;
  private final PlanOptions options;
  private final Matching matching;
  private final Map<String, DesiredToken> foundByDescription;
  private final Endpoints endpoints;
  private final List<Change> changes = new ArrayList<>();
  private final List<TokenName> unchanged = new ArrayList<>();
  private final List<TokenName> unselected = new ArrayList<>();
  private final List<GuardrailCheck.Managed> managed = new ArrayList<>();
  private final List<Diagnostic> findings = new ArrayList<>();

  private Planner(Policy policy, Live live, PlanOptions options) {
    this.policy = policy;
    this.live = live;
    this.options = options;
    this.matching = Matching.of(policy, live.tokens(), options.now());
    this.foundByDescription = foundByDescription(policy);
    this.endpoints = Endpoints.of(live.cluster());
  }

  /** The plan; what cannot be planned is among its findings, and nothing is thrown. */
  public static Plan plan(Policy policy, Live live, PlanOptions options) {
    return new Planner(policy, live, options).plan();
  }

  private Plan plan() {
    findings.addAll(policy.warnings());
    List<DesiredToken> selected = new ArrayList<>();
    for (DesiredToken desired : policy.tokens()) {
      if (options.selection().includes(desired.name())) {
        selected.add(desired);
        plan(desired);
      } else {
        unselected.add(desired.name());
      }
    }
    changes.sort(options.order().comparator());
    unchanged.sort(Comparator.naturalOrder());
    unselected.sort(Comparator.naturalOrder());
    List<Token> active =
        live.tokens().stream().filter(token -> token.isActive(options.now())).toList();
    List<Token> unmanaged =
        matching.unmanaged(active).stream().sorted(TokenOrder.DESCRIPTION.comparator()).toList();
    GuardrailCheck guardrails =
        new GuardrailCheck(
            new GuardrailCheck.Facts(
                policy.start(),
                changes,
                managed,
                percentBase(),
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
        unchanged,
        unselected,
        unmanaged,
        active.size(),
        live.tokens().size() - active.size(),
        findings,
        List.copyOf(guardrails.used()),
        guardrails.verdicts());
  }

  private PercentBase percentBase() {
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

  private void plan(DesiredToken desired) {
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
    managed.add(new GuardrailCheck.Managed(desired, token));
    if (token.isExpired(options.now())) {
      findings.add(expired(desired, token));
    }
    ManagedFields after =
        new ManagedFields(
            desired.description().map(Located::value),
            desired.permissions().map(wanted -> permissions(desired.mode(), wanted, token)));
    ManagedFields before = after.asOf(token);
    if (before.equals(after)) {
      unchanged.add(desired.name());
      return;
    }
    TokenUpdate update = difference(before, after);
    if (update.permissions().filter(Permissions::holdMask).isPresent()) {
      findings.add(secretOnCluster(desired, token));
      return;
    }
    Optional<DesiredToken> namesake =
        update.description().flatMap(text -> otherFoundBy(text, desired));
    if (namesake.isPresent()) {
      findings.add(ambiguousAfterwards(desired, token, namesake.get()));
      return;
    }
    Change change =
        new Change(
            desired.name(),
            token.id(),
            desired.where(),
            token.description(),
            before,
            after,
            update,
            endpoints.updateToken(token.id(), update),
            RoleOrigins.of(desired));
    changes.add(change);
    undocumentedLoss(change).ifPresent(findings::add);
  }

  /**
   * The update with the fields that differ.
   *
   * @throws IllegalArgumentException if none does
   */
  public static TokenUpdate difference(ManagedFields before, ManagedFields after) {
    return new TokenUpdate(
        after.description().filter(text -> !before.description().equals(Optional.of(text))),
        after.permissions().filter(set -> !before.permissions().equals(Optional.of(set))));
  }

  /** Another token of the policy that has no id and is found by this description. */
  private Optional<DesiredToken> otherFoundBy(String description, DesiredToken desired) {
    return Optional.ofNullable(foundByDescription.get(description))
        .filter(other -> !other.name().equals(desired.name()));
  }

  private static Map<String, DesiredToken> foundByDescription(Policy policy) {
    Map<String, DesiredToken> found = new HashMap<>();
    policy.tokens().stream()
        .filter(token -> token.id().isEmpty())
        .forEach(token -> found.put(token.description().orElseThrow().value(), token));
    return found;
  }

  private static Diagnostic ambiguousAfterwards(
      DesiredToken desired, Token token, DesiredToken namesake) {
    return Diagnostic.error(
            Code.AMBIGUOUS_DESCRIPTION,
            desired.description().orElseThrow().where(),
            "\""
                + desired.name()
                + "\" would get the description by which \""
                + namesake.name()
                + "\" is found, and then there would be two")
        .about(Subject.of(desired.name(), token.id()), Subject.of(namesake.name()))
        .alsoAt(namesake.where())
        .hint("give \"" + namesake.name() + "\" its id, or choose another description");
  }

  private static Permissions permissions(Mode mode, Permissions desired, Token token) {
    return switch (mode) {
      case AUTHORITATIVE -> desired;
      // The API replaces the whole set, so an additive token sends what it has plus what it lacks.
      case ADDITIVE -> token.permissions().union(desired);
    };
  }

  private static Diagnostic secretOnCluster(DesiredToken desired, Token token) {
    return Diagnostic.error(
            Code.SECRET_ON_CLUSTER,
            desired.where(),
            "\""
                + desired.name()
                + "\" would keep a permission on a database whose name looks like a secret, and"
                + " tokenform sends none")
        .about(Subject.of(desired.name(), token.id()))
        .hint("mode: authoritative takes that permission away; revoke what it may open");
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
                + ": whatever it is permitted, it does not work")
        .about(Subject.of(desired.name(), token.id()))
        .hint("remove it from the policy, or give the id of the token that took its place");
  }

  private static Optional<Diagnostic> undocumentedLoss(Change change) {
    return change.lost().stream()
        .filter(permission -> !permission.action().isDocumented())
        .findFirst()
        .map(permission -> undocumentedLoss(change, permission));
  }

  private static Diagnostic undocumentedLoss(Change change, Permission permission) {
    Action action = permission.action();
    return Diagnostic.warning(
            Code.UNDOCUMENTED_ACTION,
            change.where(),
            "\""
                + change.token()
                + "\" would lose \""
                + permission
                + "\", whose action \""
                + action
                + "\" tokenform does not know")
        .about(Subject.of(change.token(), change.id()))
        .hint("mode: additive keeps what the token has");
  }
}
