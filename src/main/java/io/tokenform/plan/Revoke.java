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
 * Revokes a live token, at once and for good.
 *
 * @param address that of the token, or of one of its generations
 * @param token the name in the policy
 * @param id the id of the live token
 * @param where the place in the policy that asks for it
 * @param description its live description, label and all
 * @param permissions what it may do now
 * @param reason why, in the words of the policy
 * @param steps the call that does it
 */
public record Revoke(
    Address address,
    TokenName token,
    TokenId id,
    Location where,
    String description,
    Permissions permissions,
    Optional<String> reason,
    List<Step> steps)
    implements TokenChange {
  public Revoke {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(permissions, "permissions");
    Objects.requireNonNull(reason, "reason");
    steps = List.copyOf(steps);
  }

  /** The revocation of a token of a cluster. */
  public static Revoke of(
      Endpoints endpoints,
      Address address,
      TokenName token,
      TokenId id,
      Location where,
      String description,
      Permissions permissions,
      Optional<String> reason) {
    Step call = new Step.Call(endpoints.revokeToken(id));
    return new Revoke(address, token, id, where, description, permissions, reason, List.of(call));
  }

  @Override
  public Kind kind() {
    return Kind.REVOKE;
  }

  @Override
  public Optional<TokenId> liveId() {
    return Optional.of(id);
  }

  @Override
  public ManagedFields before() {
    return new ManagedFields(Optional.empty(), Optional.of(permissions));
  }

  @Override
  public ManagedFields after() {
    return new ManagedFields(Optional.empty(), Optional.of(Permissions.NONE));
  }

  @Override
  public boolean isIrreversible() {
    return true;
  }

  @Override
  public List<TokenAfter> outcome() {
    return List.of(TokenAfter.of(id, TokenAfter.Use.NOBODY));
  }

  @Override
  public Wave wave() {
    return Wave.ENDS;
  }
}
