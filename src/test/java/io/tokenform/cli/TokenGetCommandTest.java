package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class TokenGetCommandTest extends ReadingTest {
  @Test
  void aTokenIsFoundByItsId() {
    assertThat(clustered().run("token", "get", TELEGRAF))
        .exited(0)
        .printedExactly(
            """
            id           22222222-0000-4000-8000-000000000002
            description  "Telegraf"
            status       active
            created      2025-01-01T00:00:00Z
            expires      2026-06-30T00:00:00Z
            write        *
            """)
        .complainedOfNothing();
  }

  @Test
  void aTokenIsFoundByItsNameInThePolicy() throws IOException {
    assertThat(dedicated().run("token", "get", "dashboards"))
        .exited(0)
        .printedExactly(
            """
            id           11111111-0000-4000-8000-000000000001
            description  "Grafana"
            status       active
            created      2025-03-01T00:00:00Z
            expires      never
            in policy    dashboards  tokens.yaml:8
            read         logs
                         metrics
            """);
  }

  @Test
  void aDescriptionMeansTheTokenThatWorks() {
    assertThat(clustered().run("token", "get", "Grafana", "--include-revoked"))
        .exited(0)
        .printed(GRAFANA);
    assertThat(clustered().run("token", "get", "Old probe", "--format", "json"))
        .exited(0)
        .printed("\"id\" : \"" + EXPIRED + "\"", "\"status\" : \"expired\"");
  }

  @Test
  void aRevokedTokenHasToBeAskedFor() {
    assertThat(clustered().run("token", "get", REVOKED))
        .exited(1)
        .printedNothing()
        .complained(
            "the token " + REVOKED + " was revoked at 2024-02-01T00:00:00Z", "--include-revoked");
    assertThat(clustered().run("token", "get", REVOKED, "--include-revoked"))
        .exited(0)
        .printed("status       revoked", "revoked      2024-02-01T00:00:00Z");
  }

  @Test
  void whoIsNobodyIsToldTheNearest() throws IOException {
    assertThat(clustered().run("token", "get", "Telegraph"))
        .exited(1)
        .printedNothing()
        .complained(
            "error: no token has the id or the description \"Telegraph\"",
            "did you mean \"Telegraf\"?");
    assertThat(clustered().run("token", "get", "99999999-0000-4000-8000-000000000009"))
        .exited(1)
        .complained("the cluster has no token with the id 99999999-0000-4000-8000-000000000009");
    assertThat(dedicated().run("token", "get", "dashboard"))
        .exited(1)
        .complained("the name in the policy", "did you mean \"dashboards\"?");
  }

  @Test
  void severalTokensAreToldApartByTheirIds() throws IOException {
    sandbox.close();
    sandbox =
        Sandbox.start(
            SandboxOptions.builder()
                .seedJson(
                    """
                    {"databases": [], "tokens": [
                      {"id": "%s", "description": "twin", "permissions": []},
                      {"id": "%s", "description": "twin", "permissions": []}]}
                    """
                        .formatted(TELEGRAF, GRAFANA))
                .build());
    assertThat(clustered().run("token", "get", "twin"))
        .exited(1)
        .printedNothing()
        .complained(
            "2 tokens have the description \"twin\": " + GRAFANA + ", " + TELEGRAF,
            "give the id of the one that is meant");
  }

  @Test
  void aNameThatMeansNoLiveTokenIsAFindingOfThePolicy() throws IOException {
    Cli cli = dedicated();
    Files.writeString(
        folder.resolve("tokens.yaml"),
        Files.readString(folder.resolve("tokens.yaml")).replace(": Grafana", ": Grafena"));
    assertThat(cli.run("token", "get", "dashboards"))
        .exited(1)
        .printedNothing()
        .complained("tokens.yaml:9:18: error[missing-token]", "did you mean \"Grafana\"?");
  }
}
