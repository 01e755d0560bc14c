package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fleet of a cluster that is well, and an embedded sandbox. */
class FleetEmbeddedTest extends CommandTest {
  private static final String NO_SEED = "databases[0] must be a string";

  @BeforeEach
  void files() throws IOException {
    write("policy/tokens.yaml", "version: 1\n" + TOKENS);
    fleet("seed.json");
    write("seed.json", "{\"databases\": [1]}");
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void fleet(String seed) throws IOException {
    write(
        "fleet.yaml",
        """
        version: 1
        clusters:
          box: {product: sandbox, seed: %s, files: [policy]}
          well: {product: clustered, url: '%s', files: [policy]}
        """
            .formatted(seed, sandbox.url()));
  }

  private Cli.Run run(String... args) {
    return Cli.in(folder)
        .withManagementToken()
        .agreedTo(configuration, sandbox.url())
        .with("COLUMNS", "1000")
        .run(args);
  }

  @Test
  void aSeedThatIsWrongHidesNoOtherClusterFromAPlan() {
    assertThat(run("plan", "--fleet=fleet.yaml", "--out=plans"))
        .exited(1)
        .printed("failed: ", NO_SEED, "well", "grafana")
        .complained("error: 1 cluster without a plan, box");
    Assertions.assertThat(folder.resolve("plans/well.plan.json")).exists();
    assertThat(run("apply", "--fleet=fleet.yaml", "--auto-approve"))
        .exited(1)
        .complained("1 cluster without a plan, box; nothing was sent");
  }

  @Test
  void norFromWhatOnlyAsks() throws IOException {
    write("snaps/box.snapshot.json", "of an earlier run");
    assertThat(run("snapshot", "--fleet=fleet.yaml", "--out=snaps"))
        .exited(1)
        .printed("box ", "1 snapshot is in snaps; there is none of 1 cluster: box.")
        .complained("error: box: ", NO_SEED);
    Assertions.assertThat(folder.resolve("snaps/box.snapshot.json")).doesNotExist();
    Assertions.assertThat(folder.resolve("snaps/well.snapshot.json")).exists();
    assertThat(run("fleet", "list"))
        .exited(1)
        .printed(NO_SEED, "well", "yes, 2 live tokens")
        .complainedOfNothing();
    assertThat(run("doctor", "--fleet=fleet.yaml"))
        .exited(1)
        .printed("== box", NO_SEED, "== well", "2 clusters: 1 is well, 1 is not: box.")
        .complainedOfNothing();
    assertThat(run("who-can", "write", "metrics", "--fleet=fleet.yaml"))
        .exited(1)
        .printed("well")
        .complained("error: box: ", NO_SEED);
    assertThat(run("report", "--fleet=fleet.yaml", "--format=csv"))
        .exited(1)
        .printed("well")
        .complained("error: box: ", NO_SEED);
  }

  @Test
  void aStateThatIsNoneHidesNoOtherCluster() throws IOException {
    write("seed.json", SEED);
    Files.createDirectories(folder.resolve(".tokenform/sandbox.json/x"));
    assertThat(run("fleet", "list")).exited(1).printed("box", "well", "yes, 2 live tokens");
  }

  /** Whatever a link or a path with dots leads to: what is there is not read. */
  @ParameterizedTest
  @ValueSource(strings = {"../private.json", "link.json", "/etc/hostname"})
  void aSeedOutsideIsReadByNothing(String seed) throws IOException {
    Path outside = folder.resolve("private.json");
    Files.writeString(outside, "{\"databases\": [2]}");
    Path home = Files.createDirectories(folder.resolve("home/policy")).getParent();
    write("home/policy/tokens.yaml", "version: 1\n" + TOKENS);
    fleet(seed);
    Files.move(folder.resolve("fleet.yaml"), home.resolve("fleet.yaml"));
    Files.createSymbolicLink(home.resolve("link.json"), outside);
    for (List<String> command :
        List.of(
            List.of("snapshot", "--out=snaps", "--fleet=home/fleet.yaml"),
            List.of("fleet", "list", "--fleet=home/fleet.yaml"),
            List.of("doctor", "--fleet=home/fleet.yaml"),
            List.of("plan", "--fleet=home/fleet.yaml"),
            List.of("validate", "--fleet=home/fleet.yaml"),
            List.of("rollback", "latest", "--fleet=home/fleet.yaml", "--dry-run"))) {
      assertThat(run(command.toArray(String[]::new)))
          .as(command.toString())
          .exited(1)
          .complained(
              "home/fleet.yaml:3:33: error[outside-folder]: this seed is outside the fleet file's"
                  + " folder");
    }
    Assertions.assertThat(folder.resolve(".tokenform")).doesNotExist();
  }
}
