package io.tokenform.plan;

import io.tokenform.access.Address;
import io.tokenform.access.LiveDescription;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.cluster.Endpoints;
import io.tokenform.finding.Location;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes a successor of the token in use, and delivers its secret; both work for the overlap.
 *
 * @param token its name in the policy
 * @param where the place of its name in the policy
 * @param because why it is due
 * @param making how the successor is made; its first predecessor is the token in use
 * @param roles where its permissions come from
 * @param steps the calls and the delivery
 */
public record Rotate(
    TokenName token,
    Location where,
    Because because,
    Making making,
    RoleOrigins roles,
    List<Step> steps)
    implements TokenChange {
  /** Why a token gets a successor. */
  public enum Because {
    /** It is older than {@code every}. */
    AGE("older than every"),
    /** It was made before {@code notBefore}. */
    NOT_BEFORE("made before notBefore"),
    /** It expires within the overlap. */
    EXPIRY("about to expire"),
    /** An apply did not end, and somebody may have the secret of a token that it made. */
    UNFINISHED("an apply did not end"),
    /** A person asked for it. */
    ASKED("asked for");

    private final String word;

    Because(String word) {
      this.word = word;
    }

    /** Whether it follows from the time alone, so that the same policy is due later. */
    public boolean isTime() {
      return this == AGE || this == EXPIRY;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  /**
   * @throws IllegalArgumentException if there is no predecessor
   */
  public Rotate {
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(because, "because");
    Objects.requireNonNull(making, "making");
    Objects.requireNonNull(roles, "roles");
    steps = List.copyOf(steps);
    if (making.predecessors().isEmpty()) {
      throw new IllegalArgumentException("a successor has a predecessor");
    }
  }

  /** The rotation of a token of a cluster. */
  public static Rotate of(
      Endpoints endpoints,
      TokenName token,
      Location where,
      Because because,
      Making making,
      RoleOrigins roles) {
    return new Rotate(token, where, because, making, roles, making.steps(endpoints));
  }

  /** The token in use. */
  public Predecessor old() {
    return making.predecessors().get(0);
  }

  @Override
  public List<Predecessor> predecessors() {
    return making.predecessors();
  }

  @Override
  public Kind kind() {
    return Kind.ROTATE;
  }

  @Override
  public Address address() {
    return Address.of(token);
  }

  @Override
  public Optional<TokenId> liveId() {
    return Optional.of(old().id());
  }

  @Override
  public String description() {
    return old().description();
  }

  @Override
  public ManagedFields before() {
    return new ManagedFields(
        Optional.of(LiveDescription.parse(old().description()).text()),
        Optional.of(old().permissions()));
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
    return Wave.of(effect());
  }
}
