package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Snapshots, and what is done with them in a folder where there is no management token. */
class SnapshotCommandTest extends CommandTest {
  private static final Instant TAKEN = Instant.parse("2026-11-26T05:00:00Z");

  private static final Pattern DIGEST = Pattern.compile("Digest: (sha256:[0-9a-f]{64})");

  @BeforeEach
  void takeSnapshot() throws IOException {
    policyForSandbox(TOKENS);
    assertThat(cli().at(clock(Duration.ZERO)).run("snapshot", "--out", "live.json"))
        .exited(0)
        .printedNothing()
        .complained("note: 2 tokens and 2 databases are in live.json; the digest is sha256:");
    requests.clear();
  }

  private static Clock clock(Duration later) {
    return Clock.fixed(TAKEN.plus(later), ZoneOffset.UTC);
  }

  /** As the job of a pull request from a fork: no variables, and nothing that was agreed to. */
  private Cli keyless() {
    return Cli.in(folder).at(clock(Duration.ofHours(3)));
  }

  private static String digest(String text) {
    Matcher matcher = DIGEST.matcher(text);
    Assertions.assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }

  @Test
  void aSavedPlanIsNoSnapshot() throws IOException {
    policyForSandbox(TOKENS);
    assertThat(cli().run("plan", "--out", "plan.json")).exited(0);
    for (String line : List.of("plan", "who-can read logs", "token list", "export", "report")) {
      assertThat(cli().run((line + " --live plan.json").split(" ")))
          .exited(1)
          .complained(
              "the snapshot plan.json cannot be used: it is a saved plan, and not a snapshot",
              "hint: take a new one with tokenform snapshot")
          .neverShowed("the form 2");
    }
  }

  @Test
  void aPlanWithoutAnySecretIsTheOneThatIsApplied() {
    Cli.Run plan =
        keyless()
            .run(
                "plan",
                "--live=live.json",
                "--max-age=24h",
                "--out=plan.json",
                "--format=text",
                "--format=markdown=plan.md");
    assertThat(plan)
        .exited(0)
        .printed("Live as of 2026-11-26T05:00:00Z, from a snapshot that was 3 hours old.\n");
    Assertions.assertThat(requests).isEmpty();
    String digest = digest(plan.out());

    assertThat(cli().run("plan")).exited(0).printed("Digest: " + digest);
    assertThat(cli().run("apply", "--auto-approve", "--expect-digest=" + digest)).exited(0);
  }

  @Test
  void aSavedPlanFromASnapshotIsAppliedAndSaysWhatItWasMadeFrom() throws IOException {
    assertThat(
            keyless()
                .run(
                    "plan",
                    "--live=live.json",
                    "--out=plan.json",
                    "--format=markdown=plan.md",
                    "--format=text=plan.txt"))
        .exited(0);
    String source = "Live as of 2026-11-26T05:00:00Z, from a snapshot that was 3 hours old.";
    Assertions.assertThat(folder.resolve("plan.md")).content().contains(source);
    Assertions.assertThat(folder.resolve("plan.txt")).content().contains(source);
    assertDescribed("plan", folder.resolve("plan.json"));
    assertThat(cli().run("show", "plan.json")).exited(0).printed(source);
    assertThat(cli().run("apply", "plan.json", "--auto-approve")).exited(0);
  }

  @Test
  void aTokenThatChangedSinceStopsTheApplyBeforeAnythingIsSent() {
    String digest = digest(keyless().run("plan", "--live=live.json", "--out=plan.json").out());
    patch(GRAFANA.toString(), "{\"permissions\":[]}");
    requests.clear();

    assertThat(cli().run("apply", "--auto-approve", "--expect-digest=" + digest)).exited(4);
    assertThat(cli().run("apply", "plan.json", "--auto-approve")).exited(4);
    Assertions.assertThat(requests).allMatch(request -> request.method().equals("GET"));
  }

  @Test
  void everythingThatOnlyLooksTakesASnapshot() {
    assertThat(keyless().run("token", "list", "--live", "live.json"))
        .exited(0)
        .printed("Grafana", "Telegraf")
        .complained(
            "note: live is as of 2026-11-26T05:00:00Z, from a snapshot that is 3 hours old");
    assertThat(keyless().run("token", "get", "grafana", "--live", "live.json"))
        .exited(0)
        .printed(GRAFANA.toString());
    assertThat(keyless().run("who-can", "write", "logs", "--live", "live.json"))
        .exited(0)
        .printed("1 active token can write logs");
    assertThat(keyless().run("export", "--live", "live.json"))
        .exited(0)
        .printed("description: Telegraf");
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void aSnapshotIsReadFromAPipe() throws IOException {
    String snapshot = cli().run("snapshot").out();
    assertThat(Cli.in(folder).input(snapshot).run("plan", "--live", "-"))
        .exited(0)
        .printed("from a snapshot that was less than a minute old");
  }

  @Test
  void anOlderOneThanAllowedIsRefused() {
    assertThat(keyless().run("plan", "--live=live.json", "--max-age=179m")).exited(1);
    assertThat(keyless().run("plan", "--live=live.json", "--max-age=3h")).exited(0);
    assertThat(keyless().run("plan", "--live=live.json", "--max-age=2h"))
        .exited(1)
        .printedNothing()
        .complained(
            "error: the snapshot was taken at 2026-11-26T05:00:00Z, which is longer ago than"
                + " --max-age 2h allows",
            "hint: take a new one with tokenform snapshot");
    assertThat(keyless().run("plan", "--max-age=4h"))
        .exited(64)
        .complained("--max-age is about a snapshot", "name one with --live FILE");
  }

  @Test
  void oneThatIsDatedAheadOfTheClockIsRefused() {
    assertThat(Cli.in(folder).at(clock(Duration.ofMinutes(-4))).run("plan", "--live=live.json"))
        .exited(0);
    assertThat(Cli.in(folder).at(clock(Duration.ofMinutes(-6))).run("plan", "--live=live.json"))
        .exited(1)
        .complained("which is ahead of this clock");
  }

  @Test
  void oneOfAnotherClusterIsRefused() throws IOException {
    String other = "99999999-9999-4999-8999-999999999999";
    assertThat(keyless().run("plan", "--live=live.json", "--cluster=" + other))
        .exited(1)
        .complained(
            "error: the snapshot is of the cluster id "
                + sandbox.clusterId()
                + ", and --cluster says "
                + other);
    policy(
        "version: 1\ncluster: {product: clustered, url: https://influxdb.example.com}\n" + TOKENS);
    assertThat(keyless().run("plan", "--live=live.json"))
        .exited(1)
        .complained(
            "error: the snapshot is of the product cloud-dedicated, and tokens.yaml:2:20 says"
                + " clustered");
    policy("version: 1\n" + TOKENS);
    Files.writeString(
        folder.resolve("platform.yaml"),
        "version: 1\ncluster: {product: cloud-dedicated, accountId: %s, clusterId: %s}\n"
            .formatted(sandbox.accountId(), other));
    assertThat(keyless().run("plan", "--live=live.json", "--platform=platform.yaml"))
        .exited(1)
        .complained("says " + other);
    assertThat(keyless().run("plan", "--live=live.json")).exited(0);
  }

  @Test
  void oneThatWasCutChangedOrIsNoneIsToldApart() throws IOException {
    Path file = folder.resolve("live.json");
    String whole = Files.readString(file);
    Files.writeString(file, whole.substring(0, whole.length() / 2));
    assertThat(keyless().run("plan", "--live=live.json"))
        .exited(1)
        .complained("the snapshot live.json cannot be used: it is not JSON, or was cut");
    Files.writeString(file, whole.replace("Grafana", "Grafama"));
    assertThat(keyless().run("plan", "--live=live.json", "--format=json"))
        .exited(1)
        .printed("\"message\" : \"the snapshot live.json cannot be used")
        .complained("it has been changed since it was written");
    Files.delete(file);
    assertThat(keyless().run("who-can", "read", "logs", "--live=live.json"))
        .exited(1)
        .complained(
            "the snapshot live.json cannot be read: there is no such file",
            "take one with tokenform snapshot --out FILE, and name it");
    assertThat(keyless().run("plan", "--live=")).exited(64).complained("--live is empty");
  }

  @Test
  void itIsAsTheSchemaSaysAndHasNoSecret() throws IOException {
    patch(TELEGRAF.toString(), "{\"description\":\"was apiv1_" + "s3cr3t".repeat(9) + "\"}");
    patch(GRAFANA.toString(), "{\"description\":\"sandbox-management-token\"}");
    assertThat(cli().run("snapshot", "--out", "other.json"))
        .exited(0)
        .complained(
            "warning: 2 tokens have something like a secret in their descriptions or databases,"
                + " which is masked");
    assertDescribed("snapshot", folder.resolve("live.json"));
    assertDescribed("snapshot", folder.resolve("other.json"));
    Assertions.assertThat(folder.resolve("other.json"))
        .content()
        .contains("\"was [secret]\"")
        .doesNotContain("s3cr3t");
  }

  private static void assertDescribed(String name, Path file) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("schemas/" + name + ".schema.json")));
    String document = Files.readString(file);
    List<?> errors = schema.validate(document, InputFormat.JSON);
    Assertions.assertThat(errors).as(document).isEmpty();
  }
}
