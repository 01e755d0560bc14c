package io.tokenform.plan.verb;

import static io.tokenform.plan.verb.VerbWorld.NOW;
import static io.tokenform.plan.verb.VerbWorld.lines;
import static io.tokenform.plan.verb.VerbWorld.named;
import static io.tokenform.plan.verb.VerbWorld.policy;
import static io.tokenform.plan.verb.VerbWorld.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenform.access.Permission;
import io.tokenform.access.Token;
import io.tokenform.policy.Policy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which tokens lose their access when one is parked, and what they are called then. */
class ParkingTest {
  private static final Permission ORDERS = Permission.write("orders");

  private static final Token USED = token(1, "Checkout", ORDERS, Permission.read("metrics"));
  private static final Token OLD =
      token(2, "Checkout (tokenform: retiring until 2026-01-05T00:00:00Z)", ORDERS);
  private static final Token RETIRED =
      token(3, "Checkout (tokenform: retired until 2026-01-05T00:00:00Z)");
  private static final Token PENDING =
      token(4, "Checkout (tokenform: pending 3f9a1c3f9a1c)", ORDERS);
  private static final Token PARKED =
      token(5, "Checkout (tokenform: parked 2025-12-31T00:00:00Z INC-1)");
  private static final Token BACKUP = token(6, "Backup", Permission.write("*"));
  private static final Token READER = token(7, "Reader", Permission.read("orders"));

  private static Parking parking(Token token, Token... live) {
    return Parking.of(named(token), List.of(live), NOW, "INC-42");
  }

  @Test
  void theTokenInUseIsParkedWithoutPermissions() {
    assertThat(lines(parking(USED, USED, BACKUP).policy()))
        .containsExactly(
            "Checkout 1 \"Checkout (tokenform: parked 2026-01-01T00:00:00Z INC-42)\" []");
  }

  @Test
  void everyGenerationThatWorksLosesItsAccess() {
    for (Token asked : List.of(USED, OLD, PENDING)) {
      assertThat(lines(parking(asked, USED, OLD, RETIRED, PENDING, BACKUP).policy()))
          .containsExactlyInAnyOrder(
              "Checkout 1 \"Checkout (tokenform: parked 2026-01-01T00:00:00Z INC-42)\" []",
              OLD.id() + " 2 \"Checkout (tokenform: retired until 2026-01-02T00:00:00Z)\" []",
              PENDING.id() + " 4 []");
    }
  }

  @Test
  void thePolicySaysHowLongARetiredOneStays() throws Exception {
    Policy policy =
        policy(
            """
              checkout:
                description: Checkout
                permissions: {write: [orders]}
                deliver: vault
                rotate: {every: 90d, park: 3d}
            """);
    List<Token> live = List.of(USED, OLD);
    assertThat(lines(Parking.of(named(USED, policy, live), live, NOW, "INC-42").policy()))
        .containsExactly(
            "checkout 1 \"Checkout (tokenform: parked 2026-01-01T00:00:00Z INC-42)\" []",
            OLD.id() + " 2 \"Checkout (tokenform: retired until 2026-01-04T00:00:00Z)\" []");
  }

  @Test
  void namesakesInUseAreNobodysGenerations() {
    Token other = token(8, "Checkout", ORDERS);

    assertThat(parking(USED, USED, other, OLD).open()).containsExactly(USED);
  }

  @Test
  void whatIsParkedAndHasNoAccessIsDone() {
    assertThat(parking(PARKED, PARKED, RETIRED).open()).isEmpty();
    assertThat(lines(parking(PARKED, PARKED, OLD).policy()))
        .containsExactly(
            OLD.id() + " 2 \"Checkout (tokenform: retired until 2026-01-02T00:00:00Z)\" []");
  }

  @Test
  void whoElseCanWriteIsFoundForEachDatabase() {
    assertThat(
            parking(USED, USED, OLD, BACKUP, READER)
                .otherWriters(List.of(USED, OLD, BACKUP, READER), Optional.empty()))
        .singleElement()
        .satisfies(
            answer -> {
              assertThat(answer.wanted()).isEqualTo(ORDERS);
              assertThat(answer.holders()).extracting("token").containsExactly(BACKUP);
            });
    assertThat(parking(READER, READER).otherWriters(List.of(READER, USED), Optional.empty()))
        .isEmpty();
  }

  @Test
  void aReasonThatNoLabelCanHaveIsRefused() {
    assertThatThrownBy(() -> Parking.of(named(USED), List.of(USED), NOW, "two\nlines"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one line");
  }
}
