package io.tokenform.plan;

import io.tokenform.access.Address;
import io.tokenform.access.Permissions;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.cluster.Endpoints;
import io.tokenform.finding.Location;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes a token that is not there, and delivers its secret.
 *
 * @param token its name in the policy
 * @param where the place of its name in the policy
 * @param making how it is made
 * @param roles where its permissions come from
 * @param needsRename whether it may use a database that gets its name in the same plan: its secret
 *     is of no use before
 * @param steps the calls and the delivery
 */
public record Create(
    TokenName token,
    Location where,
    Making making,
    RoleOrigins roles,
    boolean needsRename,
    List<Step> steps)
    implements TokenChange {
  public Create {
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(making, "making");
    Objects.requireNonNull(roles, "roles");
    steps = List.copyOf(steps);
  }

  /** The creation of a token of a cluster. */
  public static Create of(
      Endpoints endpoints, TokenName token, Location where, Making making, RoleOrigins roles) {
    return of(endpoints, token, where, making, roles, false);
  }

  /** The creation of a token of a cluster that may wait for the rename of a database. */
  public static Create of(
      Endpoints endpoints,
      TokenName token,
      Location where,
      Making making,
      RoleOrigins roles,
      boolean needsRename) {
    return new Create(token, where, making, roles, needsRename, making.steps(endpoints));
  }

  @Override
  public List<Predecessor> predecessors() {
    return making.predecessors();
  }

  @Override
  public Kind kind() {
    return Kind.CREATE;
  }

  @Override
  public Address address() {
    return Address.of(token);
  }

  @Override
  public Optional<TokenId> liveId() {
    return Optional.empty();
  }

  @Override
  public String description() {
    return making.description();
  }

  @Override
  public ManagedFields before() {
    return new ManagedFields(Optional.empty(), Optional.of(Permissions.NONE));
  }

  @Override
  public ManagedFields after() {
    return new ManagedFields(Optional.of(making.description()), Optional.of(making.permissions()));
  }

  @Override
  public List<TokenAfter> outcome() {
    return making.outcome();
  }

  @Override
  public Wave wave() {
    return needsRename ? Wave.EXCHANGES : Wave.GRANTS;
  }
}
