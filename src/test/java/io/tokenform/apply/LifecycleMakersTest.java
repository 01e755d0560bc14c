package io.tokenform.apply;

import static io.tokenform.apply.Changes.CLUSTER;
import static io.tokenform.apply.Changes.LOGS;
import static io.tokenform.apply.Changes.METRICS;
import static io.tokenform.apply.Changes.NOW;
import static io.tokenform.apply.Changes.id;
import static io.tokenform.apply.Changes.revoked;
import static io.tokenform.apply.Changes.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Address;
import io.tokenform.access.Permissions;
import io.tokenform.access.SinkName;
import io.tokenform.access.Token;
import io.tokenform.access.TokenName;
import io.tokenform.cluster.Endpoints;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.plan.CleanUp;
import io.tokenform.plan.Create;
import io.tokenform.plan.Making;
import io.tokenform.plan.Predecessor;
import io.tokenform.plan.Retire;
import io.tokenform.plan.Revoke;
import io.tokenform.plan.RoleOrigins;
import io.tokenform.plan.Rotate;
import io.tokenform.plan.Succession;
import io.tokenform.plan.TokenChange;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.SinkDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the makers of the life of a token know of drift, and of the way back. */
class LifecycleMakersTest {
  private static final Endpoints ENDPOINTS = Endpoints.of(CLUSTER);
  private static final TokenName EDGE = new TokenName("edge");
  private static final Location LINE = new Location(new SourceText("j.jsonl", ""), 7, 1, 1);
  private static final Token OLD = token(1, "Edge", LOGS);
  private static final String RETIRING = "Edge (tokenform: retiring until 2026-01-01T00:00:00Z)";
  private static final String RETIRED = "Edge (tokenform: retired until 2026-01-02T00:00:00Z)";
  private static final String PENDING = "Edge (tokenform: pending 3f9a1c3f9a1c)";

  private static Making making(Predecessor... predecessors) {
    return new Making(
        new Succession(
            "Edge",
            Optional.of(Permissions.of(LOGS)),
            Duration.ofDays(7),
            Duration.ofDays(1),
            List.of(predecessors)),
        Optional.empty(),
        new SinkName("files"),
        new SinkDefinition.Directory("secrets"),
        Duration.ZERO);
  }

  private static Predecessor predecessor(Token token) {
    return new Predecessor(token.id(), token.description(), token.permissions());
  }

  private static Create create() {
    return Create.of(ENDPOINTS, EDGE, LINE, making(), RoleOrigins.NONE);
  }

  private static Rotate rotate() {
    return Rotate.of(
        ENDPOINTS, EDGE, LINE, Rotate.Because.AGE, making(predecessor(OLD)), RoleOrigins.NONE);
  }

  private static Retire retire() {
    return Retire.of(
        ENDPOINTS,
        EDGE,
        id(1),
        LINE,
        "Edge",
        RETIRING,
        Permissions.of(LOGS),
        Duration.ofDays(7),
        Duration.ofDays(1));
  }

  private static Revoke revoke() {
    return Revoke.of(
        ENDPOINTS,
        Address.of(EDGE),
        EDGE,
        id(1),
        LINE,
        "Edge",
        Permissions.of(LOGS),
        Optional.empty());
  }

  private static CleanUp cleanUp(Optional<Succession> finish) {
    return CleanUp.of(ENDPOINTS, EDGE, id(2), LINE, PENDING, Permissions.of(LOGS), finish);
  }

  private static boolean drifted(Asked maker, Token... live) {
    return maker.drift(Listing.of(List.of(live), NOW)).isPresent();
  }

  @Test
  void aCreationHoldsWhileNobodyElseHasTheDescription() {
    Asked maker = Asked.of(create());

    assertThat(drifted(maker)).isFalse();
    assertThat(drifted(maker, token(9, "Other", LOGS), token(8, RETIRING, LOGS))).isFalse();
    assertThat(drifted(maker, token(9, "Edge"))).isTrue();
    assertThat(drifted(maker, revoked(token(9, "Edge")))).isFalse();
  }

  @Test
  void aCreationIsUndoneByParkingWhatItMade() {
    Asked maker = Asked.of(create());
    Optional<Token> made = Optional.of(token(2, "Edge", LOGS));

    DesiredToken desired = maker.undoing(made, LINE, NOW).orElseThrow();

    assertThat(maker.isDone(made)).isTrue();
    assertThat(maker.isUndone(made)).isFalse();
    assertThat(desired.id().map(Located::value)).contains(id(2));
    assertThat(desired.description().map(Located::value))
        .contains("Edge (tokenform: parked 2026-01-01T00:00:00Z its creation was rolled back)");
    assertThat(desired.permissions()).contains(Permissions.NONE);
    assertThat(maker.isUndone(Optional.of(token(2, desired.description().get().value())))).isTrue();
    assertThat(maker.isUndone(Optional.empty())).isTrue();
    assertThat(maker.isUndone(made.map(Changes::revoked))).isTrue();
    // Somebody has given it something else since.
    assertThat(maker.isDone(Optional.of(token(2, "Edge", METRICS)))).isFalse();
    assertThat(maker.isFinal()).isEmpty();
  }

  @Test
  void aRotationHoldsWhileTheOldTokenIsAsItWasAndAlone() {
    Asked maker = Asked.of(rotate());

    assertThat(drifted(maker, OLD)).isFalse();
    assertThat(drifted(maker)).isTrue();
    assertThat(drifted(maker, revoked(OLD))).isTrue();
    assertThat(drifted(maker, token(1, "Edge", METRICS))).isTrue();
    assertThat(drifted(maker, token(1, RETIRING, LOGS))).isTrue();
    assertThat(drifted(maker, OLD, token(9, "Edge", LOGS))).isTrue();
    assertThat(maker.isFinal()).isPresent();
    assertThat(maker.undoing(Optional.of(OLD), LINE, NOW)).isEmpty();
  }

  @Test
  void aRetirementIsUndoneForAnotherOverlap() {
    Asked maker = Asked.of(retire());
    Optional<Token> retired = Optional.of(token(1, RETIRED));

    DesiredToken desired = maker.undoing(retired, LINE, NOW).orElseThrow();

    Token inUse = token(9, "Edge", LOGS);
    assertThat(drifted(maker, token(1, RETIRING, LOGS), inUse)).isFalse();
    assertThat(drifted(maker, token(1, RETIRING, LOGS))).isTrue();
    assertThat(drifted(maker, token(1, RETIRING, LOGS), revoked(inUse))).isTrue();
    assertThat(drifted(maker, token(1, RETIRING, METRICS), inUse)).isTrue();
    assertThat(drifted(maker, token(1, "Edge", LOGS), inUse)).isTrue();
    assertThat(drifted(maker)).isTrue();
    assertThat(maker.isDone(retired)).isTrue();
    assertThat(maker.isDone(Optional.of(token(1, RETIRED, LOGS)))).isFalse();
    assertThat(maker.isDone(retired.map(Changes::revoked))).isFalse();
    assertThat(maker.isUndone(retired)).isFalse();
    assertThat(maker.isUndone(Optional.of(token(1, RETIRING, LOGS)))).isTrue();
    assertThat(maker.isUndone(Optional.of(token(1, RETIRING)))).isFalse();
    assertThat(desired.description().map(Located::value))
        .contains("Edge (tokenform: retiring until 2026-01-08T00:00:00Z)");
    assertThat(desired.permissions()).contains(Permissions.of(LOGS));
    assertThat(maker.undoing(retired.map(Changes::revoked), LINE, NOW)).isEmpty();
    assertThat(maker.undoing(Optional.empty(), LINE, NOW)).isEmpty();
  }

  @Test
  void aRevocationCannotBeUndone() {
    Asked maker = Asked.of(revoke());

    assertThat(drifted(maker, OLD)).isFalse();
    assertThat(drifted(maker, token(1, "Edge", METRICS))).isTrue();
    assertThat(drifted(maker, revoked(OLD))).isTrue();
    assertThat(maker.isAsWanted(Optional.of(revoked(OLD)))).isTrue();
    assertThat(maker.isAsWanted(Optional.of(OLD))).isFalse();
    assertThat(maker.isUndone(Optional.of(OLD))).isTrue();
    assertThat(maker.isUndone(Optional.of(revoked(OLD)))).isFalse();
    assertThat(maker.isDone(Optional.empty())).isTrue();
    assertThat(maker.isFinal()).contains("a revocation cannot be undone");
    assertThat(maker.undoing(Optional.of(OLD), LINE, NOW)).isEmpty();
  }

  @Test
  void aCleanUpNeedsNoWayBack() {
    Asked removes = Asked.of(cleanUp(Optional.empty()));
    Asked finishes = Asked.of(cleanUp(Optional.of(making(predecessor(OLD)).succession())));
    Token left = token(2, PENDING, LOGS);

    assertThat(drifted(removes, left)).isFalse();
    assertThat(drifted(removes, token(2, PENDING))).isTrue();
    assertThat(drifted(removes, revoked(left))).isTrue();
    assertThat(drifted(finishes, left, OLD)).isFalse();
    assertThat(drifted(finishes, left)).isTrue();
    assertThat(drifted(finishes, left, token(1, "Edge", METRICS))).isTrue();
    assertThat(removes.isUndone(Optional.of(left))).isTrue();
    assertThat(removes.isAsWanted(Optional.of(left))).isFalse();
    assertThat(removes.isAsWanted(Optional.of(revoked(left)))).isTrue();
    assertThat(finishes.isAsWanted(Optional.of(token(2, "Edge", LOGS)))).isTrue();
    assertThat(finishes.isAsWanted(Optional.of(left))).isFalse();
    assertThat(finishes.undoing(Optional.of(left), LINE, NOW)).isEmpty();
  }

  /** A change and its maker, asked about the token that it is about or made. */
  private record Asked(Makers.Bound<?> maker) {
    static Asked of(TokenChange change) {
      return new Asked(Makers.of(change));
    }

    Optional<Drift> drift(Listing live) {
      return maker.drift(live);
    }

    boolean isAsWanted(Optional<Token> live) {
      return new Drift.OfToken(maker.change().ofToken().orElseThrow(), live).isAsDesired();
    }

    boolean isDone(Optional<Token> live) {
      return maker.isDone(listing(live), live.map(Token::id));
    }

    boolean isUndone(Optional<Token> live) {
      return maker.isUndone(listing(live), live.map(Token::id));
    }

    Optional<DesiredToken> undoing(Optional<Token> live, Location where, Instant now) {
      return maker.undoing(listing(live), live.map(Token::id), where, now).tokens().stream()
          .findFirst();
    }

    Optional<String> isFinal() {
      return maker.isFinal();
    }

    private static Listing listing(Optional<Token> live) {
      return Listing.of(live.stream().toList(), NOW);
    }
  }
}
