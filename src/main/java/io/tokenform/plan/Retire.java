package io.tokenform.plan;

import io.tokenform.access.Address;
import io.tokenform.access.Permissions;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.cluster.Endpoints;
import io.tokenform.cluster.TokenUpdate;
import io.tokenform.finding.Location;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Takes the access of a token whose successor has been in use for the overlap. It can be undone,
 * and is there so that a user who was forgotten is heard of before anything is final.
 *
 * @param token the name in the policy
 * @param id the id of the old token
 * @param where the place of the name in the policy
 * @param text the description of the token in use, which takes its place
 * @param description its live description, label and all
 * @param permissions what it may do now
 * @param overlap how long a token of this name works beside its successor
 * @param park how long it stays without access, before it is revoked
 * @param steps the call that does it
 */
public record Retire(
    TokenName token,
    TokenId id,
    Location where,
    String text,
    String description,
    Permissions permissions,
    Duration overlap,
    Duration park,
    List<Step> steps)
    implements TokenChange {
  public Retire {
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(permissions, "permissions");
    Objects.requireNonNull(overlap, "overlap");
    Objects.requireNonNull(park, "park");
    steps = List.copyOf(steps);
  }

  /** The retirement of a token of a cluster. */
  public static Retire of(
      Endpoints endpoints,
      TokenName token,
      TokenId id,
      Location where,
      String text,
      String description,
      Permissions permissions,
      Duration overlap,
      Duration park) {
    TokenUpdate planned =
        new TokenUpdate(
            Optional.of(text + " (tokenform: retired until " + Blanks.in(park) + ")"),
            Optional.of(Permissions.NONE));
    Step call = new Step.Call(endpoints.updateToken(id, planned));
    return new Retire(
        token, id, where, text, description, permissions, overlap, park, List.of(call));
  }

  /** What is sent then. */
  public TokenUpdate update(Instant now) {
    return Predecessor.retired(text, now.plus(park));
  }

  @Override
  public Kind kind() {
    return Kind.RETIRE;
  }

  @Override
  public Address address() {
    return Address.of(id);
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
  public List<TokenAfter> outcome() {
    return List.of(TokenAfter.of(id, TokenAfter.Use.RETIRED, Permissions.NONE));
  }

  @Override
  public Wave wave() {
    return Wave.ENDS;
  }
}
