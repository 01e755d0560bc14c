package io.tokenform.report.access;

import io.tokenform.access.Action;
import io.tokenform.access.Label;
import io.tokenform.access.LiveDescription;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.history.Provenance;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.placement.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A token of the report: one that works, or one that worked at the time of an earlier snapshot.
 *
 * @param cluster the name of its cluster, in a report over a fleet
 * @param token as it is; one that is gone as it was
 * @param state in one word: active, or what its label says as long as it works; for one that is
 *     gone revoked, expired or gone
 * @param desired what the policy says of it, where there is a policy that means it
 * @param standing absent where there is no policy, and for one that is gone
 * @param change what became of its access since the earlier snapshot, where there is one
 * @param past since when it has its permissions, and what gave them; each is in one of them. Empty
 *     where nobody asked, and for one that is gone
 */
public record ReportedToken(
    Optional<ClusterName> cluster,
    Token token,
    String state,
    Optional<DesiredToken> desired,
    Optional<Standing> standing,
    Optional<AccessChange> change,
    List<Provenance> past) {
  public ReportedToken {
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(desired, "desired");
    Objects.requireNonNull(standing, "standing");
    Objects.requireNonNull(change, "change");
    past = List.copyOf(past);
  }

  /** Whether it does not work any more. */
  public boolean isGone() {
    return change.filter(known -> known.kind() == AccessChange.Kind.GONE).isPresent();
  }

  /** What it can do now. */
  public Permissions permissions() {
    return isGone() ? Permissions.NONE : token.permissions();
  }

  /** What people call it: its description without a label. */
  public String text() {
    return LiveDescription.parse(token.description()).text();
  }

  /** The label that says which generation it is; absent for the one in use. */
  public Optional<Label> label() {
    return LiveDescription.parse(token.description()).label();
  }

  /** Its name in the policy. */
  public Optional<String> name() {
    return desired.map(known -> known.name().value());
  }

  public Optional<String> owner() {
    return desired.flatMap(DesiredToken::owner).map(owner -> owner.value());
  }

  /** The file and the line of the policy, as {@code tokens.yaml:15}. */
  public Optional<String> place() {
    return desired.map(known -> known.where().fileAndLine());
  }

  /**
   * What it can do and the policy does not give it, {@code *} understood: nobody reviewed that.
   * Nothing for one that the policy does not mean at all.
   */
  Permissions beyondPolicy() {
    return isManaged() ? permissions().accessBeyond(given()) : Permissions.NONE;
  }

  /** What the policy gives to the token in use, and it cannot do; {@code *} understood. */
  Permissions belowPolicy() {
    return isManaged() && label().isEmpty()
        ? given().accessBeyond(permissions())
        : Permissions.NONE;
  }

  private boolean isManaged() {
    return standing.filter(Standing.MANAGED::equals).isPresent();
  }

  private Permissions given() {
    return desired.flatMap(DesiredToken::permissions).orElse(Permissions.NONE);
  }

  /** Since when it has a permission, and what gave it, where that was asked for. */
  Optional<Provenance> pastOf(Permission permission) {
    return past.stream().filter(known -> known.permissions().contains(permission)).findFirst();
  }

  /** Whether it has a permission that came between two looks, and no journal says how. */
  boolean isUnexplained() {
    return past.stream().anyMatch(known -> known.origin() == Provenance.Origin.UNEXPLAINED);
  }

  /** Whether it has an action on all databases, present and future. */
  boolean hasAll(Action action) {
    return permissions().contains(new Permission(action, Permission.ALL_DATABASES));
  }

  boolean expiresWithin(Duration time, Instant now) {
    return !isGone() && token.expiresAt().filter(end -> !end.isAfter(now.plus(time))).isPresent();
  }

  /** Its permissions on these databases. */
  List<Permission> on(Set<String> databases) {
    return permissions().stream()
        .filter(permission -> databases.contains(permission.resource()))
        .toList();
  }
}
