package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code export --names-from}, with states of Terraform's as they are and as they should not be.
 */
class NamesFromTest extends ReadingTest {
  private static final String CANARY = "Zq7-canary-of-a-secret-0123456789";

  private Path write(String name, String text, String mode) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private static String resource(String address, String id) {
    return """
        {"address": "%s", "mode": "managed", "type": "influxdb3_token",
         "values": {"access_token": "%s", "id": "%s"}}"""
        .formatted(address.replace("\"", "\\\""), CANARY, id);
  }

  private static String state(String... resources) {
    return "{\"format_version\": \"1.0\", \"values\": {\"root_module\": {\"resources\": [%s]}}}"
        .formatted(String.join(",", resources));
  }

  private static final String TWO =
      state(
          resource("influxdb3_token.edge[\"berlin\"]", TELEGRAF),
          resource("module.ops.influxdb3_token.dashboards", GRAFANA));

  @Test
  void tokensAreNamedAfterTheirAddressesAndThePlanChangesNothing() throws IOException {
    write("state.json", TWO, "rw-------");

    Cli.Run run = clustered().run("export", "--names-from", "state.json");

    assertThat(run)
        .exited(0)
        .printed("  backup:\n    id: " + BACKUP)
        .printed("  edge-berlin:\n    id: " + TELEGRAF)
        .printed("  ops-dashboards:\n    id: " + GRAFANA)
        .complained(
            "note: 2 of 3 tokens are named after addresses in state.json\n",
            "warning: the secrets of 2 tokens are in state.json, and wherever Terraform keeps its"
                + " state\n  hint: that is the state file and its backups",
            "\nterraform state rm 'influxdb3_token.edge[\"berlin\"]'\n",
            "\nterraform state rm module.ops.influxdb3_token.dashboards\n",
            "\n#     lifecycle { destroy = false }\n")
        .neverShowed("canary")
        .neverShowed("other users");
    Assertions.assertThat(run.out()).doesNotContain("terraform");
    Files.writeString(folder.resolve("new.yaml"), run.out());
    assertThat(clustered().run("plan", "-f", "new.yaml"))
        .exited(0)
        .printed("Nothing to change: 3 unchanged, 0 unmanaged.");
  }

  @Test
  void aStateFromStandardInputNeedsNoFile() {
    assertThat(clustered().input(TWO).run("export", "--names-from", "-", "--roles"))
        .exited(0)
        .printed("  edge-berlin:\n", "  ops-dashboards:\n")
        .complained("named after addresses in standard input")
        .neverShowed("canary");
    assertThat(clustered().input(TWO).run("export", "-f", "-", "--names-from", "-"))
        .exited(64)
        .printedNothing()
        .complained("-f - and --names-from - cannot both read standard input");
  }

  @Test
  void onlySelectedTokensAreLetGo() throws IOException {
    write("state.json", TWO, "rw-------");
    assertThat(
            clustered()
                .run("export", "--names-from", "state.json", "--select", "description:Graf*"))
        .exited(0)
        .complained("1 of 1 token is named", "state rm module.ops.influxdb3_token.dashboards\n")
        .neverShowed("berlin");
  }

  @Test
  void namesThatClashGetUniqueEndings() throws IOException {
    write(
        "state.json",
        state(
            resource("influxdb3_token.backup", TELEGRAF),
            resource("module.a.influxdb3_token.b_c", GRAFANA)),
        "rw-------");
    assertThat(clustered().run("export", "--names-from", "state.json"))
        .exited(0)
        .printed("  backup-22222222:\n", "  backup-33333333:\n", "  a-b-c:\n");
  }

  @Test
  void whatIsInTheStateAndNotExportedIsSaid() throws IOException {
    write(
        "state.json",
        state(
            resource("influxdb3_token.revoked", REVOKED),
            resource("influxdb3_token.expired", EXPIRED),
            resource("influxdb3_token.gone", "99999999-0000-4000-8000-000000000009")),
        "rw-------");
    assertThat(clustered().run("export", "--names-from", "state.json"))
        .exited(0)
        .complained(
            "note: 0 of 3 tokens are named",
            "warning: not exported: influxdb3_token.revoked (" + REVOKED + ") is revoked\n",
            "warning: not exported: influxdb3_token.expired (" + EXPIRED + ") has expired\n",
            "influxdb3_token.gone (99999999-0000-4000-8000-000000000009) is not on this cluster");
  }

  @Test
  void ofManyThatAreNotExportedSomeAreSaid() throws IOException {
    String[] gone = new String[25];
    for (int i = 0; i < gone.length; i++) {
      gone[i] =
          resource(
              "influxdb3_token.gone[%d]".formatted(i),
              "99999999-0000-4000-8000-%012d".formatted(i));
    }
    write("state.json", state(gone), "rw-------");
    assertThat(clustered().run("export", "--names-from", "state.json"))
        .exited(0)
        .complained("warning: and 5 more things are not as in the state\n");
  }

  @Test
  void anEmptyStateIsSaid() throws IOException {
    write("state.json", "{\"format_version\": \"1.0\"}", "rw-r--r--");
    assertThat(clustered().run("export", "--names-from", "state.json"))
        .exited(0)
        .printed("  grafana:\n")
        .complained("warning: there are no tokens in state.json: all are named after descriptions")
        .neverShowed("state rm")
        .neverShowed("other users");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFileWithSecretsThatOthersMayReadIsWarnedAbout() throws IOException {
    write("state.json", TWO, "rw-r--r--");
    Files.createSymbolicLink(folder.resolve("my link.json"), Path.of("state.json"));
    assertThat(clustered().run("export", "--names-from", "state.json"))
        .exited(0)
        .complained(
            "warning: other users may read state.json (mode 0644), which has the secrets of 2"
                + " tokens\n  hint: chmod 600 state.json\n");
    assertThat(clustered().run("export", "--names-from", "my link.json"))
        .exited(0)
        .complained("may read my link.json (mode 0644)", "hint: chmod 600 'my link.json'\n");
    write("state.json", TWO.replace(CANARY, "redacted"), "rw-r--r--");
    assertThat(clustered().run("export", "--names-from", "state.json"))
        .exited(0)
        .complained("the secrets of 2 tokens are hidden in state.json, but not wherever")
        .neverShowed("other users");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " x", "\"", "\\", "}}]", "\u0000"})
  void whatIsNoStateIsRefusedWithoutRepeatingIt(String tail) throws IOException {
    write("state.json", TWO.substring(0, TWO.length() - 40) + CANARY + tail, "rw-------");
    assertThat(clustered().run("export", "--names-from", "state.json", "--debug"))
        .exited(1)
        .printedNothing()
        .complained(
            "error: the state in state.json cannot be read: ",
            "hint: give it what \"terraform show -json\" prints")
        .neverShowed("canary");
  }

  @Test
  @Timeout(900)
  @DisabledOnOs(OS.WINDOWS)
  void whatCannotBeReadIsAnError() {
    assertThat(clustered().run("export", "--names-from", "none.json"))
        .exited(1)
        .printedNothing()
        .complained(
            "the state in none.json cannot be read: there is no such file",
            "(umask 077; terraform show -json > none.json) makes it");
    assertThat(clustered().run("export", "--names-from", "."))
        .exited(1)
        .complained("the state in . cannot be read: ");
    assertThat(clustered().run("export", "--names-from", "/dev/zero"))
        .exited(1)
        .complained("the state in /dev/zero cannot be read: it has more than 64 MiB");
    assertThat(clustered().run("export", "--names-from="))
        .exited(64)
        .complained("--names-from is empty");
  }

  /** Somebody may have pasted a token into a description, or may use one as a key. */
  @Test
  void aSecretOfTheStateIsMaskedWhereverItStands() throws IOException {
    patchDescription(GRAFANA, "see " + CANARY);
    write(
        "state.json",
        state(
            resource("influxdb3_token.edge[\"" + CANARY + "\"]", TELEGRAF),
            resource("influxdb3_token.dashboards", GRAFANA),
            resource("influxdb3_token.x[\"" + CANARY + "\"]", REVOKED)),
        "rw-------");
    assertThat(clustered().run("export", "--names-from", "state.json", "--trace"))
        .exited(0)
        .printed("  edge-secret:\n", "# The description is left out")
        .complained("state list -id=" + TELEGRAF, "influxdb3_token.x[\"[secret]\"]")
        .neverShowed("canary");
  }

  private void patchDescription(String id, String description) throws IOException {
    Files.writeString(
        folder.resolve("patch.yaml"),
        "version: 1\ncluster: {product: clustered, url: %s}\ntokens: {x: {id: %s, description: '%s'}}\n"
            .formatted(sandbox.url(), id, description));
    assertThat(
            clustered()
                .run("apply", "-f", "patch.yaml", "--auto-approve", "--url=" + sandbox.url()))
        .exited(0);
  }

  /** Of a secret that is made of names, a piece may stand in a name of the policy. */
  @Test
  void aNameThatIsAPieceOfASecretIsNotMasked() throws IOException {
    String secret = "secret-of-ops-dashboards-writer";
    write(
        "state.json",
        TWO.replace(CANARY, secret)
            .replace("ops.influxdb3_token.dashboards", "of_ops.t.dashboards_writer"),
        "rw-------");
    assertThat(clustered().run("export", "--names-from", "state.json"))
        .exited(0)
        .printed("  of-ops-dashboards-writer:\n")
        .complained("state rm module.of_ops.t.dashboards_writer\n")
        .neverShowed(secret);
  }
}
