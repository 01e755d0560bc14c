package io.tokenform.plan;

import io.tokenform.access.Address;
import io.tokenform.access.LiveDescription;
import io.tokenform.access.Permissions;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.cluster.Endpoints;
import io.tokenform.cluster.TokenUpdate;
import io.tokenform.finding.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Deals with a token that an apply began to make and did not finish.
 *
 * @param token the name in the policy
 * @param id the id of the live token
 * @param where the place of the name in the policy
 * @param description its live description, label and all
 * @param permissions what it may do now
 * @param finish how it is finished, where its secret is known to be delivered; absent where it is
 *     revoked, since nobody has its secret
 * @param steps the calls
 */
public record CleanUp(
    TokenName token,
    TokenId id,
    Location where,
    String description,
    Permissions permissions,
    Optional<Succession> finish,
    List<Step> steps)
    implements TokenChange {
  public CleanUp {
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(permissions, "permissions");
    Objects.requireNonNull(finish, "finish");
    steps = List.copyOf(steps);
  }

  /** For a token of a cluster. */
  public static CleanUp of(
      Endpoints endpoints,
      TokenName token,
      TokenId id,
      Location where,
      String description,
      Permissions permissions,
      Optional<Succession> finish) {
    List<Step> steps = new ArrayList<>();
    if (finish.isEmpty()) {
      steps.add(new Step.Call(endpoints.revokeToken(id)));
    } else {
      steps.addAll(finish.get().steps(endpoints));
      steps.add(new Step.Call(endpoints.updateToken(id, named(description))));
    }
    return new CleanUp(token, id, where, description, permissions, finish, steps);
  }

  /** What takes the label away. */
  public TokenUpdate named() {
    return named(description);
  }

  private static TokenUpdate named(String description) {
    return new TokenUpdate(
        Optional.of(LiveDescription.parse(description).text()), Optional.empty());
  }

  @Override
  public List<Predecessor> predecessors() {
    return finish.map(Succession::predecessors).orElse(List.of());
  }

  @Override
  public Kind kind() {
    return Kind.CLEAN_UP;
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
    return new ManagedFields(
        Optional.empty(), Optional.of(finish.isPresent() ? permissions : Permissions.NONE));
  }

  @Override
  public boolean isIrreversible() {
    return finish.isEmpty();
  }

  @Override
  public List<TokenAfter> outcome() {
    if (finish.isEmpty()) {
      return List.of(TokenAfter.of(id, TokenAfter.Use.NOBODY));
    }
    List<TokenAfter> outcome = new ArrayList<>(finish.get().outcome());
    outcome.add(TokenAfter.of(id, TokenAfter.Use.CURRENT));
    return outcome;
  }

  @Override
  public Wave wave() {
    return Wave.CLEAN_UPS;
  }
}
