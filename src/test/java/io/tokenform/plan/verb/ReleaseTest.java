package io.tokenform.plan.verb;

import static io.tokenform.plan.verb.VerbWorld.NOW;
import static io.tokenform.plan.verb.VerbWorld.lines;
import static io.tokenform.plan.verb.VerbWorld.named;
import static io.tokenform.plan.verb.VerbWorld.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenform.access.Token;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a token can be released, and what it is called then. */
class ReleaseTest {
  private static final Token USED = token(1, "Checkout");
  private static final Token PARKED =
      token(2, "Checkout (tokenform: parked 2025-12-31T00:00:00Z INC-1)");
  private static final Token OLD =
      token(3, "Checkout (tokenform: retiring until 2026-01-05T00:00:00Z)");

  @Test
  void theLabelGoesAndThePermissionsStayAsTheyAre() throws Exception {
    Release release = Release.of(named(PARKED), List.of(PARKED, OLD), NOW);

    assertThat(release.isDone()).isFalse();
    assertThat(lines(release.policy())).containsExactly("Checkout 2 \"Checkout\"");
  }

  @Test
  void aTokenInUseHasNothingToRelease() throws Exception {
    assertThat(Release.of(named(USED), List.of(USED), NOW).isDone()).isTrue();
  }

  @Test
  void anotherLabelIsNoParking() {
    assertThatThrownBy(() -> Release.of(named(OLD), List.of(USED, OLD), NOW))
        .isInstanceOf(RefusedVerbException.class)
        .hasMessage("the token " + OLD.id() + " is retiring, not parked");
  }

  @Test
  void aParkedTokenThatWasReplacedStaysParked() {
    assertThatThrownBy(() -> Release.of(named(PARKED), List.of(USED, PARKED), NOW))
        .isInstanceOf(RefusedVerbException.class)
        .hasMessageContaining("another token with this description is in use by now, " + USED.id());
  }
}
