package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.access.Permission;
import io.tokenform.access.Secret;
import io.tokenform.access.Token;
import java.io.IOException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Successors by hand, for tokens of the policy and for others. */
class TokenRotateCommandTest extends TokenVerbTest {
  private Secret made() throws IOException {
    policyForSandbox(LIFE);
    assertThat(apply()).exited(0);
    return stored("checkout");
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkout", "Checkout, production", "ID", "BEGINNING"})
  void bothSecretsWorkForTheOverlap(String wanted) throws IOException {
    Secret old = made();
    String id = idOf(old).toString();

    assertThat(
            delivering(
                cli(),
                "rotate",
                wanted.equals("ID")
                    ? id
                    : wanted.equals("BEGINNING") ? id.substring(0, 9) : wanted))
        .exited(0)
        .printed("a new token now: asked for", id + " works for 7d more", "Plan: 1 to rotate");

    Secret fresh = stored("checkout");
    Assertions.assertThat(idOf(fresh)).isNotEqualTo(idOf(old));
    Assertions.assertThat(written(old, "logs")).isEqualTo(204);
    Assertions.assertThat(written(fresh, "logs")).isEqualTo(204);
    Assertions.assertThat(sandbox.token(idOf(old)).description())
        .isEqualTo("Checkout, production (tokenform: retiring until 2026-01-08T00:00:00Z)");
    assertThat(cli().run("plan", "--platform", "platform.yaml", "--detailed-exitcode")).exited(0);
  }

  @Test
  void withoutAnOverlapTheOldSecretEndsAtOnce() throws IOException {
    Secret old = made();

    assertThat(delivering(cli(), "rotate", "checkout", "--overlap", "0s")).exited(0);

    Assertions.assertThat(written(old, "logs")).isEqualTo(403);
    Assertions.assertThat(written(stored("checkout"), "logs")).isEqualTo(204);
  }

  @Test
  void aParkedTokenGetsASuccessorAndStaysWithoutAccess() throws IOException {
    Secret old = made();
    assertThat(token(cli(), "park", "checkout", "--reason", "INC-42")).exited(0);

    assertThat(delivering(cli(), "rotate", "checkout")).exited(0);

    Assertions.assertThat(written(old, "logs")).isEqualTo(403);
    Assertions.assertThat(written(stored("checkout"), "logs")).isEqualTo(204);
    Assertions.assertThat(sandbox.token(idOf(old)).description()).contains("retired until");
  }

  @Test
  void aTokenThatNoPolicyNamesGetsALikeOne() throws IOException {
    Cli.Run created =
        token(
            alone(),
            words("create --write-database logs \"Old job\" --expires-at 90d --show-secret"));
    Secret old = shown(created);

    assertThat(delivering(alone(), "rotate", "Old job"))
        .exited(1)
        .complained("nothing says where the secret", "--deliver SINK --platform FILE");
    assertThat(delivering(alone(), "rotate", "Old job", "--deliver", "files", "--overlap", "2d"))
        .exited(0)
        .printed("works for 2d more");

    Secret fresh = stored("old-job");
    Token token = sandbox.token(idOf(fresh));
    Assertions.assertThat(token.description()).isEqualTo("Old job");
    Assertions.assertThat(token.permissions()).isEqualTo(permissions(Permission.write("logs")));
    Assertions.assertThat(token.expiresAt()).isEqualTo(sandbox.token(idOf(old)).expiresAt());
    Assertions.assertThat(written(old, "logs")).isEqualTo(204);
  }

  @Test
  void aParkedTokenThatNoPolicyNamesIsToldWhatItsSuccessorMayDo() throws IOException {
    assertThat(token(alone(), "park", "Telegraf", "--reason", "INC-42"))
        .exited(0)
        .printed(
            "tokenform token rotate "
                + TELEGRAF
                + " --write-database '*' --deliver SINK --platform FILE");
    assertThat(delivering(alone(), "rotate", "Telegraf", "--deliver", "files"))
        .exited(1)
        .complained("has no permissions", "--read-database or --write-database");
    assertThat(delivering(alone(), words("rotate Telegraf --write-database logs --deliver files")))
        .exited(0);
    Assertions.assertThat(written(stored("Telegraf"), "logs")).isEqualTo(204);
  }

  @Test
  void aTokenThatThePolicyNamesByItsIdIsRefusedWithTheReason() throws IOException {
    made();
    assertThat(delivering(cli(), "rotate", "grafana", "--deliver", "files"))
        .exited(1)
        .complained(
            "the policy names the token of \"grafana\" by its id, and a successor has another one",
            "give it in the policy its description, Grafana, in place of the id");
  }

  @Test
  void aTokenOfThePolicyWithoutASinkNeedsOne() throws IOException {
    made();
    assertThat(delivering(cli(), "rotate", "telegraf"))
        .exited(1)
        .complained("nothing says where the secret of a successor of \"telegraf\" goes");
    assertThat(delivering(cli(), "rotate", "telegraf", "--deliver", "files")).exited(0);
    Assertions.assertThat(written(stored("telegraf"), "metrics")).isEqualTo(204);
  }

  @Test
  void aNameThatAnotherDescriptionGivesTooIsNotOverwrittenInTheSink() throws IOException {
    String create = "create --write-database logs --deliver files --name ";
    assertThat(delivering(alone(), words(create + "one", "Edge site 1"))).exited(0);
    assertThat(delivering(alone(), words(create + "two", "Edge (site 1)"))).exited(0);

    String[] rotate = words("rotate --deliver files", "Edge site 1");
    assertThat(delivering(alone(), rotate))
        .exited(1)
        .complained("as \"edge-site-1\" too, and this one's could replace it", "--name");
    assertThat(delivering(alone(), words("rotate --deliver files --name one", "Edge site 1")))
        .exited(0);
    Assertions.assertThat(written(stored("one"), "logs")).isEqualTo(204);
    Assertions.assertThat(written(stored("two"), "logs")).isEqualTo(204);
  }

  @Test
  void nothingElseOfThePolicyChanges() throws IOException {
    made();
    patch(GRAFANA.toString(), "{\"permissions\": []}");

    assertThat(delivering(cli(), "rotate", "checkout")).exited(0).printed("Plan: 1 to rotate");
    Assertions.assertThat(permissions(GRAFANA).isEmpty()).isTrue();
  }

  @Test
  void whatIsDueIsWhatApplySaysIsDue() throws IOException {
    made();
    assertThat(delivering(cli(), "rotate", "--due")).exited(0).printed("Nothing to change");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rotate                                          | there is no token to rotate
          rotate --due checkout                           | --due and TOKEN cannot be used together
          rotate --due --deliver files                    | --due goes together with --overlap alone
          rotate a b --name c                             | --name is for one token, and there are 2
          rotate checkout --overlap soon                  | is not a duration such as 90d
          """)
  void whatMakesNoSenseIsWrongUsage(String arguments, String complaint) {
    assertThat(delivering(alone(), words(arguments))).exited(64).complained(complaint);
  }

  @Test
  void dueNeedsAPolicy() {
    assertThat(delivering(alone(), "rotate", "--due"))
        .exited(64)
        .complained("--due needs a policy");
  }
}
