package io.tokenform.plan.planner;

import io.tokenform.access.Action;
import io.tokenform.access.Address;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Located;
import io.tokenform.finding.Subject;
import io.tokenform.plan.ManagedFields;
import io.tokenform.plan.RoleOrigins;
import io.tokenform.plan.Update;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Mode;
import io.tokenform.policy.Policy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the live tokens whose description or permissions are not what the policy says. */
final class UpdatePlanner implements ChangePlanner<Update> {
  @Override
  public Class<Update> type() {
    return Update.class;
  }

  @Override
  public void plan(PlannedWorld world, Draft draft) {
    Map<String, DesiredToken> foundByDescription = foundByDescription(world.policy());
    for (PlannedWorld.Entry entry : world.entries()) {
      if (!world.isReplaced(entry.desired().name())) {
        plan(entry, world, foundByDescription, draft);
      }
    }
    if (world.plansPolicy()) {
      world.lineages().forEach(lineage -> narrowOldOnes(lineage, world, draft));
    }
  }

  /** An old token that still works keeps no access that the policy no longer gives its name. */
  private static void narrowOldOnes(Lineage lineage, PlannedWorld world, Draft draft) {
    DesiredToken desired = lineage.desired();
    for (Token old : narrowed(lineage, world)) {
      Permissions kept = kept(lineage, old, world);
      if (!kept.equals(old.permissions())) {
        draft.add(
            Update.of(
                world.endpoints(),
                Address.of(old.id()),
                desired.name(),
                old.id(),
                desired.where(),
                old.description(),
                new ManagedFields(Optional.empty(), Optional.of(old.permissions())),
                new ManagedFields(Optional.empty(), Optional.of(kept)),
                RoleOrigins.NONE,
                world.databases().meanwhile(old.permissions(), Optional.of(kept))));
      }
    }
  }

  /**
   * What an old token of an authoritative one keeps: nothing that the policy does not give its
   * name, and what it may do with databases that are renamed under their new names.
   */
  static Permissions kept(Lineage lineage, Token old, PlannedWorld world) {
    return world
        .databases()
        .underNewNames(old.permissions())
        .narrowedTo(lineage.desired().permissions().orElseThrow());
  }

  /** The old tokens of a lineage that are held against the policy. */
  static List<Token> narrowed(Lineage lineage, PlannedWorld world) {
    DesiredToken desired = lineage.desired();
    if (desired.mode() != Mode.AUTHORITATIVE
        || desired.permissions().isEmpty()
        || world.endsOldOnes(lineage)) {
      return List.of();
    }
    List<Token> narrowed = new ArrayList<>();
    for (Token old : lineage.others().retiring()) {
      if (!world.plansDue() || !RetirePlanner.isDue(old, world.options().now())) {
        narrowed.add(old);
      }
    }
    return narrowed;
  }

  private static void plan(
      PlannedWorld.Entry entry,
      PlannedWorld world,
      Map<String, DesiredToken> foundByDescription,
      Draft draft) {
    DesiredToken desired = entry.desired();
    Token token = entry.live();
    ManagedFields after =
        new ManagedFields(desired.description().map(Located::value), permissions(desired, token));
    ManagedFields before = after.asOf(token);
    if (before.equals(after)) {
      draft.unchanged(desired.name());
      return;
    }
    if (!world.plansPolicy()) {
      draft.unselected(desired.name());
      return;
    }
    Update change =
        Update.of(
            world.endpoints(),
            Address.of(desired.name()),
            desired.name(),
            token.id(),
            desired.where(),
            token.description(),
            before,
            after,
            RoleOrigins.of(desired),
            world.databases().meanwhile(token.permissions(), after.permissions()));
    if (change.changedAfter().permissions().filter(Permissions::holdMask).isPresent()) {
      draft.add(secretOnCluster(desired, token));
      return;
    }
    Optional<DesiredToken> namesake =
        change
            .changedAfter()
            .description()
            .map(foundByDescription::get)
            .filter(other -> !other.name().equals(desired.name()));
    if (namesake.isPresent()) {
      draft.add(ambiguousAfterwards(desired, token, namesake.get()));
      return;
    }
    draft.add(change);
    undocumentedLoss(change).ifPresent(draft::add);
  }

  /** The tokens of the policy that have no id and are found by their description. */
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

  static Optional<Permissions> permissions(DesiredToken desired, Token token) {
    Optional<Permissions> wanted = desired.permissions();
    return switch (desired.mode()) {
      case AUTHORITATIVE -> wanted;
      // The API replaces the whole set, so an additive token sends what it has plus what it lacks.
      case ADDITIVE -> wanted.map(token.permissions()::union);
    };
  }

  private static Diagnostic secretOnCluster(DesiredToken desired, Token token) {
    return Diagnostic.error(
            Code.SECRET_ON_CLUSTER,
            desired.where(),
            "\""
                + desired.name()
                + "\" would keep a permission on a database whose name looks like a secret, and"
                + " tokenform sends no secrets")
        .about(Subject.of(desired.name(), token.id()))
        .hint("mode: authoritative takes that permission away; revoke that secret");
  }

  private static Optional<Diagnostic> undocumentedLoss(Update change) {
    return change.lost().stream()
        .filter(permission -> !permission.action().isDocumented())
        .findFirst()
        .map(permission -> undocumentedLoss(change, permission));
  }

  private static Diagnostic undocumentedLoss(Update change, Permission permission) {
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
        .about(change.subject())
        .hint("mode: additive keeps what the token has");
  }
}
