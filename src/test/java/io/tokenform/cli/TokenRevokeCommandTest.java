package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.access.Token;
import java.io.IOException;
import java.nio.file.Files;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vendor's verb for ending tokens, on the engine of apply. */
class TokenRevokeCommandTest extends TokenVerbTest {
  /** The vendor's examples behind their first word. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "token revoke --force 22222222-0000-4000-8000-000000000002",
        "token revoke 22222222-0000-4000-8000-000000000002 --force",
        "token delete --force 22222222-0000-4000-8000-000000000002",
        "token revoke --auto-approve Telegraf",
        "token revoke --force 2222",
      })
  void theVendorsCommandsRevoke(String command) {
    assertThat(alone().run(words(command)))
        .exited(0)
        .printed("revokes, irreversible", "Apply complete: 1 applied")
        .complained("warning[revoke]");
    Assertions.assertThat(sandbox.token(TELEGRAF).isRevoked()).isTrue();
    Assertions.assertThat(sandbox.token(GRAFANA).isRevoked()).isFalse();
  }

  @Test
  void severalTokensAreOnePlan() {
    assertThat(alone().run(words("token revoke --force " + GRAFANA + " Telegraf " + TELEGRAF)))
        .exited(0)
        .printed("Plan: 2 to revoke", "Apply complete: 2 applied");
    Assertions.assertThat(sandbox.tokens()).allMatch(Token::isRevoked);
  }

  @Test
  void itAsksAndTakesOnlyAYes() {
    assertThat(alone().atTerminal("y\n").run("token", "revoke", "Telegraf"))
        .exited(1)
        .complained("Apply this plan, 1 change", "not approved; nothing was sent");
    Assertions.assertThat(writes()).isEmpty();
    assertThat(alone().run("token", "revoke", "Telegraf"))
        .exited(64)
        .complained("token revoke cannot ask for approval");
  }

  @Test
  void whatIsRevokedAlreadyIsSaid() {
    delete(TELEGRAF.toString());
    requests.clear();

    assertThat(alone().run(words("token revoke --force " + TELEGRAF)))
        .exited(0)
        .complained("note: the token " + TELEGRAF + " was revoked at ")
        .printedNothing();
    assertThat(alone().run(words("token revoke --force Telegraf Grafana")))
        .exited(0)
        .printed("Plan: 1 to revoke");
    Assertions.assertThat(writes()).containsExactly("DELETE " + GRAFANA);
  }

  @Test
  void thePlatformsDenialHoldsUnlessTheIdIsAllowed() throws IOException {
    Files.writeString(folder.resolve("platform.yaml"), "version: 1\nguardrails: {revoke: deny}\n");

    assertThat(delivering(alone(), "revoke", "Telegraf"))
        .exited(3)
        .complained("denied[revoke]", "--allow revoke:" + TELEGRAF);
    Assertions.assertThat(writes()).isEmpty();
    assertThat(delivering(alone(), "revoke", "Telegraf", "--allow", "revoke:" + TELEGRAF))
        .exited(0);
  }

  @Test
  void aDryRunShowsTheRequest() {
    assertThat(alone().run("token", "revoke", "Telegraf", "--dry-run"))
        .exited(0)
        .printed("DELETE ", TELEGRAF.toString());
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void aNameMeansAllGenerationsAndAnIdOne() throws IOException {
    policyForSandbox(LIFE);
    assertThat(apply()).exited(0);
    assertThat(delivering(cli(), "rotate", "checkout")).exited(0);
    Assertions.assertThat(live("Checkout")).hasSize(2).noneMatch(Token::isRevoked);
    Token old =
        live("Checkout").stream()
            .filter(token -> token.description().contains("retiring"))
            .findFirst()
            .orElseThrow();

    assertThat(token(cli(), "revoke", old.id().toString())).exited(0);
    Assertions.assertThat(live("Checkout").stream().filter(Token::isRevoked)).hasSize(1);
    assertThat(delivering(cli(), "rotate", "checkout")).exited(0);
    assertThat(token(cli(), "revoke", "checkout"))
        .exited(0)
        .printed("Plan: 2 to revoke")
        .complained(
            "the policy names this token \"checkout\": the next apply would make a new one");
    Assertions.assertThat(live("Checkout")).hasSize(3).allMatch(Token::isRevoked);
    assertThat(token(cli(), "revoke", "checkout")).exited(0).complained("was revoked at");
  }

  @Test
  void aTokenThatThePolicyNamesIsSaidToBeMissingThen() throws IOException {
    policyForSandbox(LIFE);
    assertThat(token(cli(), "revoke", "grafana"))
        .exited(0)
        .complained("the next apply finds it missing (missing-token)");
  }
}
