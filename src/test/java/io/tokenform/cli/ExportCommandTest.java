package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Product;
import io.tokenform.cli.console.SecretVariables;
import io.tokenform.live.Live;
import io.tokenform.live.Snapshot;
import io.tokenform.live.SnapshotFile;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ExportCommandTest extends ReadingTest {
  private static final String TOKENS =
      """
      tokens:
        backup:
          id: 33333333-0000-4000-8000-000000000003
          description: "=backup()"
          permissions:
            read: ["*"]

        grafana:
          id: 11111111-0000-4000-8000-000000000001
          description: Grafana
          permissions:
            read: [logs, metrics]

        telegraf:
          id: 22222222-0000-4000-8000-000000000002
          description: Telegraf
          permissions:
            write: ["*"]
      """;

  @Test
  void aClusteredClusterIsExportedAndPlansAsNothingToChange() throws IOException {
    Cli.Run run = clustered().run("export");
    assertThat(run)
        .exited(0)
        .printedExactly(
            "# yaml-language-server:"
                + " $schema=https://raw.githubusercontent.com/tokenform/tokenform/main/schemas/policy.schema.json\n"
                + "version: 1\n\n"
                + "cluster:\n"
                + "  product: clustered\n"
                + "  url: "
                + sandbox.url()
                + "\n\n"
                + TOKENS)
        .complainedOfNothing();
    changesNothing(clustered(), run.out());
  }

  @Test
  void aCloudDedicatedClusterIsExportedAndPlansAsNothingToChange() throws IOException {
    Cli.Run run = dedicated().run("export");
    assertThat(run)
        .exited(0)
        .printedExactly(
            "# yaml-language-server:"
                + " $schema=https://raw.githubusercontent.com/tokenform/tokenform/main/schemas/policy.schema.json\n"
                + "version: 1\n\n"
                + "cluster:\n"
                + "  product: cloud-dedicated\n"
                + "  accountId: "
                + sandbox.accountId()
                + "\n  clusterId: "
                + sandbox.clusterId()
                + "\n  url: "
                + sandbox.url()
                + "\n\n"
                + TOKENS)
        .complainedOfNothing();
    changesNothing(dedicated(), run.out());
  }

  private void changesNothing(Cli cli, String policy) throws IOException {
    Files.writeString(folder.resolve("exported.yaml"), policy);
    assertThat(cli.run("plan", "-f", "exported.yaml", "--detailed-exitcode"))
        .exited(0)
        .printed("Nothing to change: 3 unchanged, 0 unmanaged");
    assertThat(cli.run("fmt", "--check", "exported.yaml")).exited(0).printedNothing();
  }

  @Test
  void theDatabasesAreExportedWhereTheyAreAskedFor() throws IOException {
    Cli.Run run = clustered().run("export", "--databases");
    assertThat(run)
        .exited(0)
        .printed(
            """
            databases:
              logs:
                retention: infinite
                maxTables: 500
                maxColumnsPerTable: 200

              metrics:
                retention: infinite
                maxTables: 500
                maxColumnsPerTable: 200

            tokens:
            """)
        .complainedOfNothing();
    changesNothing(clustered(), run.out());
  }

  @Test
  void theDatabasesOfASnapshotAreThoseOfTheCluster() throws IOException {
    Cli cli = clustered();
    assertThat(cli.run("snapshot", "--out", "live.json")).exited(0);
    String live = cli.run("export", "--databases").out();
    assertThat(cli.run("export", "--databases", "--live", "live.json"))
        .exited(0)
        .printedExactly(live);
  }

  @Test
  void aSnapshotWithNamesAloneHasNoSettingsToExport() throws IOException {
    Files.writeString(
        folder.resolve("old.json"),
        SnapshotFile.write(
            new Snapshot(
                "0.9.0",
                Instant.parse("2020-01-01T00:00:00Z"),
                new Live(
                    new ClusterAddress(
                        Product.CLUSTERED,
                        ClusterUrl.parse(sandbox.url().toString()),
                        Optional.empty(),
                        Optional.empty()),
                    List.of(),
                    List.of("metrics")))));
    assertThat(clustered().run("export", "--databases", "--live", "old.json"))
        .exited(1)
        .printedNothing()
        .complained(
            "error: the snapshot has the names of databases alone, and not their settings",
            "hint: take a new one with tokenform snapshot");
    assertThat(clustered().run("export", "--live", "old.json")).exited(0);
  }

  @Test
  void anEmbeddedSandboxIsExportedWithItsSeed() throws IOException {
    Path seeds = Files.createDirectory(folder.resolve("seeds"));
    Files.writeString(
        seeds.resolve("seed.json"),
        """
        {"databases": ["a"], "tokens": [{"id": "%s", "description": "Anna's",
         "permissions": [{"action": "read", "resource": "a"}]}]}
        """
            .formatted(GRAFANA));
    Files.writeString(
        folder.resolve("tokens.yaml"),
        "version: 1\ncluster: {product: sandbox, seed: seeds/seed.json}\ntokens: {}\n");
    Cli cli = Cli.in(folder);

    assertThat(cli.run("export")).exited(0).printed("  seed: seeds/seed.json\n");
    assertThat(cli.run("export", "--output", "seeds/policies", "--split"))
        .exited(0)
        .printedExactly("seeds/policies/cluster.yaml\nseeds/policies/annas.yaml\n")
        .complained(
            "warning: the exported policy names no seed: ",
            "seeds/seed.json is outside its folder",
            "hint: copy the seed there, and name it in the cluster section");
    Assertions.assertThat(folder.resolve("seeds/policies/cluster.yaml"))
        .hasContent(
            """
            # yaml-language-server: $schema=https://raw.githubusercontent.com/tokenform/tokenform/main/schemas/policy.schema.json
            version: 1

            cluster:
              product: sandbox
            """);
    assertThat(cli.run("export", "--output", "exported.yaml")).exited(0).complainedOfNothing();
    assertThat(cli.run("plan", "-f", "exported.yaml"))
        .exited(0)
        .printed("Nothing to change: 1 unchanged, 0 unmanaged.");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void anExistingFileIsReplacedOnlyByForce() throws IOException {
    Path file = folder.resolve("new.yaml");
    assertThat(clustered().run("export", "--output", "new.yaml"))
        .exited(0)
        .printedExactly("new.yaml\n")
        .complainedOfNothing();
    String exported = Files.readString(file);
    Files.writeString(file, "mine");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertThat(clustered().run("export", "--output", "new.yaml"))
        .exited(1)
        .printedNothing()
        .complained("new.yaml exists; nothing was written", "--force replaces it");
    Assertions.assertThat(file).hasContent("mine");

    assertThat(clustered().run("export", "--output", "new.yaml", "--force")).exited(0);
    Assertions.assertThat(file).hasContent(exported);
    Assertions.assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    try (var files = Files.list(folder)) {
      Assertions.assertThat(files).containsExactly(file);
    }
  }

  @Test
  void ofSeveralFilesNoneIsWrittenWhereOneExists() throws IOException {
    Path policies = Files.createDirectory(folder.resolve("policies"));
    Files.writeString(policies.resolve("telegraf.yaml"), "mine");
    Files.writeString(policies.resolve("old.yaml"), "version: 1\n");

    assertThat(clustered().run("export", "--output", "policies", "--split"))
        .exited(1)
        .printedNothing()
        .complained("policies/telegraf.yaml exists; nothing was written");
    try (var files = Files.list(policies)) {
      Assertions.assertThat(files).hasSize(2);
    }

    assertThat(clustered().run("export", "--output", "policies/", "--split", "--force", "--roles"))
        .exited(0)
        .printedExactly(
            """
            policies/cluster.yaml
            policies/backup.yaml
            policies/grafana.yaml
            policies/telegraf.yaml
            """)
        .complained("warning: the directory has other policy files, such as policies/old.yaml");
    assertThat(clustered().run("plan", "-f", "policies")).exited(0).printed("3 unchanged");
  }

  @Test
  void whereOneFileCannotBeWrittenNoneIs() throws IOException {
    Path policies = Files.createDirectory(folder.resolve("policies"));
    Files.createDirectory(policies.resolve("telegraf.yaml"));
    assertThat(clustered().run("export", "--output", "policies", "--split", "--force"))
        .exited(1)
        .printedNothing()
        .complained("policies/telegraf.yaml cannot be written: it is a directory");
    try (var files = Files.list(policies)) {
      Assertions.assertThat(files).containsExactly(policies.resolve("telegraf.yaml"));
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void nothingIsWrittenThroughALink() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Path work = Files.createDirectories(folder.resolve("work"));
    Path target = Files.writeString(elsewhere.resolve("target.yaml"), "mine");
    Files.createSymbolicLink(work.resolve("link.yaml"), target);
    Files.createSymbolicLink(work.resolve("new.yaml"), elsewhere.resolve("new.yaml"));
    Files.createSymbolicLink(work.resolve("folder"), Path.of("../elsewhere"));

    for (String output :
        new String[] {"link.yaml", "new.yaml", "folder/target.yaml", "folder/new.yaml"}) {
      assertThat(clusteredIn(work).run("export", "--output", output, "--force"))
          .as(output)
          .exited(1)
          .printedNothing()
          .complained(output + " is not written: ");
    }
    for (String output : new String[] {"folder", "folder/", "folder/below"}) {
      assertThat(clusteredIn(work).run("export", "--split", "--force", "--output", output))
          .as(output)
          .exited(1)
          .printedNothing()
          .complained("is not written: folder is a link that leads outside the working directory");
    }
    try (var files = Files.list(elsewhere)) {
      Assertions.assertThat(files).containsExactly(target);
    }
    Assertions.assertThat(target).hasContent("mine");
  }

  @Test
  void aPatternDividesTheTokens() {
    assertThat(clustered().run("export", "--output", "p", "--split=graf"))
        .exited(0)
        .printedExactly("p/cluster.yaml\np/graf.yaml\np/other.yaml\n");
  }

  @Test
  void tokensAreSelected() {
    assertThat(
            clustered().run("export", "--select", "id:" + TELEGRAF, "--select", "description:Gra*"))
        .exited(0)
        .printed("  grafana:\n", "  telegraf:\n")
        .neverShowed("backup");
    assertThat(clustered().run("export", "--select", "database:logs"))
        .exited(0)
        .printed("  backup:\n", "  grafana:\n");
    assertThat(clustered().run("export", "--select", "id:" + REVOKED))
        .exited(1)
        .printedNothing()
        .complained("no active token has the id \"" + REVOKED + "\"");
    assertThat(clustered().run("export", "--select", "database:nope"))
        .exited(0)
        .complained("warning: the cluster has no database \"nope\"");
  }

  @Test
  void aSecretInADescriptionIsLeftOutAndToldAbout() throws IOException {
    sandbox.close();
    sandbox =
        Sandbox.start(
            SandboxOptions.builder()
                .seedJson(
                    """
                    {"databases": [], "tokens": [
                      {"id": "%s", "description": "a apiv1_0123456789abcdef0123 b",
                       "permissions": [{"action": "read", "resource": "*"}]},
                      {"id": "%s", "description": "mgmt-canary-0123456789", "permissions": []}]}
                    """
                        .formatted(GRAFANA, TELEGRAF))
                .build());
    // The sandbox takes another management token than the one in the variable.
    Path file = Files.writeString(folder.resolve("token"), "sandbox-management-token\n");
    Cli.Run run =
        clustered()
            .with(SecretVariables.MANAGEMENT_TOKEN, "mgmt-canary-0123456789")
            .run("export", "--output", "out.yaml", "--management-token-file", file.toString());

    assertThat(run)
        .exited(0)
        .complained(
            "warning: the description of \"a-secret-b\" (" + GRAFANA + ") is left out",
            "warning: the description of \"secret\" (" + TELEGRAF + ") is left out")
        .neverShowed("apiv1_0123")
        .neverShowed("canary");
    Assertions.assertThat(Files.readString(folder.resolve("out.yaml")))
        .contains("# The description is left out: it has what looks like a secret")
        .doesNotContain("apiv1_", "canary");
    assertThat(clustered().run("plan", "-f", "out.yaml")).exited(0).printed("2 unchanged");
  }

  @Test
  void whatCannotBeWrittenIsAnError() throws IOException {
    assertThat(clustered().run("export", "--output", "missing/out.yaml"))
        .exited(1)
        .printedNothing()
        .complained("missing/out.yaml cannot be written: there is no such directory");
    assertThat(clustered().run("export", "--output", "."))
        .exited(1)
        .complained(". is a directory", "--split");
    Files.writeString(folder.resolve("file"), "");
    assertThat(clustered().run("export", "--output", "file", "--split"))
        .exited(1)
        .complained("the directory file cannot be made");
  }

  /** As {@code tokenform export > tokens.yaml}: the shell makes the file first. */
  @Test
  void theEmptyFileThatAShellHasMadeIsNoPolicy() throws IOException {
    Path usual = folder.resolve("tokens.yaml");
    Files.writeString(usual, "");

    Cli.Run run = clustered().run("export");

    assertThat(run).exited(0).printed(TOKENS).complainedOfNothing();
    for (String line : List.of("snapshot", "token list", "database list", "who-can read logs")) {
      assertThat(clustered().run(line.split(" "))).exited(0).neverShowed("the policy is empty");
    }
    for (String line : List.of("export -f tokens.yaml", "plan", "apply --auto-approve")) {
      assertThat(clustered().run(line.split(" ")))
          .exited(1)
          .printedNothing()
          .complained("tokens.yaml:1:1: error[missing-key]: the policy is empty");
    }
    Files.writeString(usual, "\n");
    assertThat(clustered().run("export"))
        .exited(1)
        .complained("tokens.yaml:1:1: error[missing-key]: the policy is empty");
  }
}
