package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class WhoCanCommandTest extends ReadingTest {
  @Test
  void activeTokensAreListedWithHowTheyCan() {
    assertThat(clustered().run("who-can", "read", "metrics"))
        .exited(0)
        .printedExactly(
            """
            2 active tokens can read metrics

            ID                                    HOW    DESCRIPTION
            33333333-0000-4000-8000-000000000003  *      =backup()
            11111111-0000-4000-8000-000000000001  exact  Grafana
            """)
        .complainedOfNothing();
  }

  @Test
  void thePolicysNamesAreShownWhereThereIsOne() throws IOException {
    assertThat(dedicated().run("who-can", "read", "metrics"))
        .exited(0)
        .printedExactly(
            """
            2 active tokens can read metrics

            ID                                    HOW    NAME        DESCRIPTION
            33333333-0000-4000-8000-000000000003  *                  =backup()
            11111111-0000-4000-8000-000000000001  exact  dashboards  Grafana
            """);
  }

  @Test
  void allDatabasesAreAskedForWithAnAsterisk() {
    assertThat(clustered().run("who-can", "read", "*"))
        .exited(0)
        .printedExactly(
            """
            1 active token can read all databases, present and future

            ID                                    HOW  DESCRIPTION
            33333333-0000-4000-8000-000000000003  *    =backup()
            """)
        .complainedOfNothing();
  }

  @Test
  void aDatabaseThatTheClusterDoesNotHaveIsWarnedOf() {
    assertThat(clustered().run("who-can", "write", "log"))
        .exited(0)
        .printed("1 active token can write log\n", TELEGRAF)
        .complained("warning: the cluster has no database \"log\"", "did you mean \"logs\"?");
  }

  @Test
  void machinesGetJsonOrCsv() throws IOException {
    assertThat(dedicated().run("who-can", "read", "logs", "--format", "json"))
        .exited(0)
        .printedExactly(
            """
            {
              "action" : "read",
              "resource" : "logs",
              "tokens" : [
                {
                  "id" : "33333333-0000-4000-8000-000000000003",
                  "description" : "=backup()",
                  "how" : [
                    "*"
                  ]
                },
                {
                  "id" : "11111111-0000-4000-8000-000000000001",
                  "name" : "dashboards",
                  "description" : "Grafana",
                  "how" : [
                    "exact"
                  ]
                }
              ]
            }
            """);
    assertThat(dedicated().run("who-can", "read", "logs", "--format", "csv"))
        .exited(0)
        .printedExactly(
            """
            id,how,name,description
            33333333-0000-4000-8000-000000000003,*,,'=backup()
            11111111-0000-4000-8000-000000000001,exact,dashboards,Grafana
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void nobodyIsAnAnswerToo() throws IOException {
    sandbox.close();
    sandbox =
        Sandbox.start(
            SandboxOptions.builder().seedJson("{\"databases\": [\"a\"], \"tokens\": []}").build());
    assertThat(clustered().run("who-can", "write", "a"))
        .exited(0)
        .printedExactly("No active token can write a\n")
        .complainedOfNothing();
  }
}
