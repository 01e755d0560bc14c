package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class FleetSnapshotTest extends FleetOfServers {
  private static final Pattern DIGEST = Pattern.compile("Digest: (sha256:[0-9a-f]{64})");

  private static String[] snapshot(String... more) {
    return Stream.concat(
            Stream.of("snapshot", "--fleet=fleet.yaml", "--trust-fleet-hosts", "--max-attempts=1"),
            Arrays.stream(more))
        .toArray(String[]::new);
  }

  @Test
  void aClusterThatFailsIsToldAndHasNoSnapshotAndTheOthersDo() throws IOException {
    write("snaps/down.snapshot.json", "of an earlier run");
    write("snaps/dev-eu.snapshot.json", "of an earlier run");
    write("snaps/other.snapshot.json", "of a cluster that is not asked");

    Cli.Run run = sameEachTime(user(), snapshot("--out", "snaps"));

    assertThat(run)
        .exited(1)
        .printed(
            "CLUSTER  TOKENS  DATABASES  RESULT\ndev-eu   2       2          sha256:",
            "\ndown                        failed: GET /api/v0/tokens: nothing answers",
            "\n2 snapshots are in snaps; there is none of 3 clusters: page, refused, down.\n")
        .complained(
            "error: page: ",
            "error: refused: GET /api/v0/tokens: 401 ",
            "error: down: GET /api/v0/tokens: nothing answers at http://127.0.0.1:1\n  hint: ");
    Assertions.assertThat(files("snaps"))
        .containsOnlyKeys("dev-eu.snapshot.json", "other.snapshot.json", "prod-eu.snapshot.json")
        .containsEntry("other.snapshot.json", "of a cluster that is not asked");
    String text = files("snaps").get("prod-eu.snapshot.json");
    Assertions.assertThat(text).doesNotContain("sandbox-management-token");
    Assertions.assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("schemas/snapshot.schema.json")))
                .validate(text, InputFormat.JSON))
        .isEmpty();
  }

  @Test
  void theFleetIsPlannedFromSnapshotsWithoutAnyTokenAndGetsTheSameDigest() throws IOException {
    assertThat(user().run(snapshot("--out=deep/snaps", "--only=*-eu")))
        .exited(0)
        .complainedOfNothing()
        .printed("2 snapshots are in deep/snaps.\n");
    Cli.Run live = user().run("plan", "--fleet=fleet.yaml", "--only=*-eu", "--trust-fleet-hosts");
    requests.clear();

    Cli.Run keyless =
        keyless().run("plan", "--fleet=fleet.yaml", "--only=*-eu", "--live=deep/snaps");

    Assertions.assertThat(requests).isEmpty();
    assertThat(keyless).exited(live.exit());
    Assertions.assertThat(digest(keyless)).isEqualTo(digest(live));
  }

  private static String digest(Cli.Run plan) {
    Matcher matcher = DIGEST.matcher(plan.out());
    Assertions.assertThat(matcher.find()).as(plan.out()).isTrue();
    return matcher.group(1);
  }

  @Test
  void aPlanSaysHowToTakeASnapshotThatIsNotThere() throws IOException {
    Files.createDirectories(folder.resolve("snaps"));
    assertThat(keyless().run("plan", "--fleet=fleet.yaml", "--only=prod-eu", "--live=snaps"))
        .exited(1)
        .printed(
            "the snapshot snaps/prod-eu.snapshot.json cannot be read: there is no such file",
            "hint: take it with tokenform snapshot --fleet FILE --only prod-eu --out snaps");
  }

  @Test
  void theFolderIsNamedAndIsOneForSnapshots() throws IOException {
    assertThat(user().run(snapshot()))
        .exited(64)
        .complained("the snapshots of a fleet need a folder", "name it with --out FOLDER");
    assertThat(user().run(snapshot("--out", "-"))).exited(64).complained("need a folder");
    assertThat(user().run(snapshot("--out", ""))).exited(64).complained("--out is empty");
    assertThat(user().run(snapshot("--out", "fleet.yaml")))
        .exited(64)
        .complained("--out names a file, fleet.yaml, and the snapshots of a fleet need a folder");
    assertThat(user().run(snapshot("--out", "shared/live")))
        .exited(64)
        .complained("--out names a folder, shared/live, whose files are read as the policy");
    assertThat(user().run(snapshot("--out", "snaps", "-f", "shared")))
        .exited(64)
        .complained("-f names the policy of one cluster");
    Files.createDirectories(folder.resolve("snaps/prod-eu.snapshot.json/x"));
    assertThat(user().run(snapshot("--out", "snaps")))
        .exited(1)
        .complained("snaps/prod-eu.snapshot.json is a folder");
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void aPolicyWithErrorsNeedsNoMendingForASnapshot() throws IOException {
    write("prod/tokens.yaml", "{version: 1, tokns: {}}");
    assertThat(user().run(snapshot("--out=snaps", "--only=prod-eu"))).exited(0);
    Assertions.assertThat(files("snaps")).containsOnlyKeys("prod-eu.snapshot.json");
  }

  @Test
  void aSnapshotHasNoSecretThatThisRunWasGiven() throws IOException {
    assertThat(
            keyless()
                .withManagementToken()
                .with("INFLUX_DB_MANAGEMENT_TOKEN_LAB", "Telegraf")
                .run(snapshot("--out=snaps", "--only=prod-eu")))
        .exited(0)
        .complained("warning: prod-eu: 1 token has something like a secret in its description")
        .neverShowed("Telegraf");
    Assertions.assertThat(files("snaps").get("prod-eu.snapshot.json"))
        .contains("[secret]")
        .doesNotContain("Telegraf");
  }

  @Test
  void aFleetFileAloneChoosesNoHostAndAPlatformFileMay() throws IOException {
    String[] command = {"snapshot", "--fleet=fleet.yaml", "--only=dev-eu", "--out=snaps"};
    assertThat(user().run(command)).exited(1).complained("alone names the host " + sandbox.url());
    Assertions.assertThat(requests).isEmpty();
    write("platform.yaml", "{version: 1, hosts: ['" + sandbox.url() + "']}");
    assertThat(
            user()
                .run(
                    Stream.concat(Arrays.stream(command), Stream.of("--platform=platform.yaml"))
                        .toArray(String[]::new)))
        .exited(0);
  }

  @Test
  void anEmptyShareIsNoError() throws IOException {
    assertThat(user().run(snapshot("--out=snaps", "--shard=0/9")))
        .exited(0)
        .printedNothing()
        .complained("note: the share 0/9 has no cluster; there is nothing to do");
  }
}
