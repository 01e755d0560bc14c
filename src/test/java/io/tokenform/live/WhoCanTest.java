package io.tokenform.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenListing;
import io.tokenform.access.TokenName;
import io.tokenform.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WhoCanTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static final List<Token> LIVE =
      List.of(
          token(1, "exact", Permission.read("metrics")),
          token(2, "all", Permission.read("*")),
          token(3, "both", Permission.read("*"), Permission.read("metrics")),
          token(4, "write only", Permission.write("metrics"), Permission.write("*")),
          token(5, "another", Permission.read("logs")),
          new Token(
              id(6),
              "expired",
              Permissions.of(Permission.read("*")),
              Optional.of(NOW),
              Optional.empty()),
          new Token(
              id(7),
              "revoked",
              Permissions.of(Permission.read("*")),
              Optional.empty(),
              Optional.of(NOW)));

  @Test
  void activeTokensThatCanAreFoundByDescription() {
    assertThat(found(Permission.read("metrics")))
        .containsExactly("all [*]", "both [exact, *]", "exact [exact]");
    assertThat(found(Permission.write("metrics"))).containsExactly("write only [exact, *]");
    assertThat(found(Permission.read("future"))).containsExactly("all [*]", "both [*]");
  }

  @Test
  void onAllDatabasesCanOnlyWhoHasThem() {
    assertThat(found(Permission.read("*"))).containsExactly("all [*]", "both [*]");
  }

  @Test
  void aTokenHasTheNameThatThePolicyGivesIt() throws Exception {
    Policy policy =
        LiveTokens.policy("tokens: {dashboards: {id: 00000000-0000-4000-8000-000000000001}}");
    Optional<PolicyNames> names = Optional.of(PolicyNames.of(policy, TokenListing.of(LIVE), NOW));

    List<WhoCan.Holder> holders =
        WhoCan.find(Permission.read("metrics"), LIVE, names, NOW).holders();

    assertThat(holders).extracting(WhoCan.Holder::id).containsExactly(id(2), id(3), id(1));
    assertThat(holders)
        .extracting(WhoCan.Holder::name)
        .containsExactly(
            Optional.empty(), Optional.empty(), Optional.of(new TokenName("dashboards")));
  }

  private static List<String> found(Permission wanted) {
    return WhoCan.find(wanted, LIVE, Optional.empty(), NOW).holders().stream()
        .map(holder -> holder.token().description() + " " + holder.how())
        .toList();
  }

  private static Token token(int number, String description, Permission... permissions) {
    return new Token(
        id(number), description, Permissions.of(permissions), Optional.empty(), Optional.empty());
  }

  private static TokenId id(int number) {
    return TokenId.parse("00000000-0000-4000-8000-00000000000" + number);
  }
}
