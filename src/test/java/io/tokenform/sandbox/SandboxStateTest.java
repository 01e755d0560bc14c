package io.tokenform.sandbox;

import static io.tokenform.sandbox.SandboxClient.CLUSTERED;
import static io.tokenform.sandbox.SandboxClient.GRAFANA;
import static io.tokenform.sandbox.SandboxClient.RETIRED;
import static io.tokenform.sandbox.SandboxClient.SEED;
import static io.tokenform.sandbox.SandboxClient.TELEGRAF;
import static io.tokenform.sandbox.SandboxClient.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenform.access.Token;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SandboxStateTest {
  @TempDir Path directory;

  private Path seed;
  private Path state;

  @BeforeEach
  void writeSeed() throws IOException {
    seed = Files.writeString(directory.resolve("seed.json"), SEED);
    state = directory.resolve("a/b/sandbox.json");
  }

  @Test
  void whatOneRunLeavesTheNextOneFinds() {
    List<Token> left;
    String listing;
    try (Sandbox sandbox = start()) {
      SandboxClient client = new SandboxClient(sandbox);
      client.patch(CLUSTERED + "/tokens/" + GRAFANA, "{\"description\": \"Näme 🛰 \\u0000\"}");
      client.delete(CLUSTERED + "/tokens/" + TELEGRAF);
      client.post(
          CLUSTERED + "/tokens",
          """
          {"description": "New", "expiresAt": "2030-01-01T00:00:00.000000001Z",
           "permissions": [{"action": "write", "resource": "b"},
                           {"action": "audit", "resource": "a"},
                           {"action": "write", "resource": "b"}]}
          """);
      left = sandbox.tokens();
      listing = client.get(CLUSTERED + "/tokens").body();
      assertThat(sandbox.startedFrom()).isEqualTo(StartedFrom.SEED);
    }
    try (Sandbox sandbox = start()) {
      SandboxClient client = new SandboxClient(sandbox);
      assertThat(sandbox.startedFrom()).isEqualTo(StartedFrom.STATE);
      assertThat(sandbox.tokens()).isEqualTo(left);
      assertThat(client.get(CLUSTERED + "/tokens").body()).isEqualTo(listing);
      assertThat(client.get(CLUSTERED + "/databases").body()).contains("metrics", "logs");
    }
  }

  @Test
  void readingNeverCreatesTheFile() {
    try (Sandbox sandbox = start()) {
      SandboxClient client = new SandboxClient(sandbox);
      client.get(CLUSTERED + "/tokens");
      client.get(CLUSTERED + "/databases");
      client.patch(CLUSTERED + "/tokens/" + GRAFANA, "{}");
      client.patch(CLUSTERED + "/tokens/" + GRAFANA, "{\"description\": \"Grafana\"}");
      client.delete(CLUSTERED + "/tokens/" + RETIRED);
    }
    assertThat(directory.resolve("a")).doesNotExist();
  }

  @Test
  void theFileAppearsWhileTheSandboxRuns() throws Exception {
    try (Sandbox sandbox = start()) {
      revokeTelegraf(sandbox);
      Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
      while (Files.notExists(state) && Instant.now().isBefore(deadline)) {
        Thread.sleep(5);
      }
      assertThat(state).content().contains("revokedAt");
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void onlyTheOwnerMayReadTheFileAndNothingIsLeftBesideIt() throws Exception {
    Assumptions.assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    try (Sandbox sandbox = start()) {
      revokeTelegraf(sandbox);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(state.getParent())) {
      assertThat(files).containsExactly(state);
    }
  }

  @Test
  void theAccessTokenIsNotInTheFile() {
    try (Sandbox sandbox = start()) {
      assertThat(
              new SandboxClient(sandbox)
                  .post(CLUSTERED + "/tokens", "{\"description\": \"New\"}")
                  .body())
          .contains("apiv1_");
    }
    assertThat(state).content().contains("New").doesNotContain("apiv1_", "accessToken");
  }

  @Test
  void anotherSeedStartsAfreshAndReplacesTheStateWithTheFirstChange() throws Exception {
    try (Sandbox sandbox = start()) {
      revokeTelegraf(sandbox);
    }
    String old = Files.readString(state);
    Files.writeString(seed, SEED.replace("\"Grafana\"", "\"Dashboards\""));
    try (Sandbox sandbox = start()) {
      assertThat(sandbox.startedFrom()).isEqualTo(StartedFrom.NEW_SEED);
      assertThat(sandbox.token(id(GRAFANA)).description()).isEqualTo("Dashboards");
      assertThat(sandbox.token(id(TELEGRAF)).isRevoked()).isFalse();
    }
    assertThat(state).hasContent(old);
    try (Sandbox sandbox = start()) {
      revokeTelegraf(sandbox);
    }
    try (Sandbox sandbox = start()) {
      assertThat(sandbox.startedFrom()).isEqualTo(StartedFrom.STATE);
      assertThat(sandbox.token(id(GRAFANA)).description()).isEqualTo("Dashboards");
    }
  }

  @Test
  void withoutASeedTheStateIsTakenAndKeepsItsSeed() {
    try (Sandbox sandbox = start()) {
      revokeTelegraf(sandbox);
    }
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.builder().stateFile(state).build())) {
      assertThat(sandbox.startedFrom()).isEqualTo(StartedFrom.STATE);
      new SandboxClient(sandbox).delete(CLUSTERED + "/tokens/" + GRAFANA);
    }
    try (Sandbox sandbox = start()) {
      assertThat(sandbox.startedFrom()).isEqualTo(StartedFrom.STATE);
      assertThat(sandbox.token(id(GRAFANA)).isRevoked()).isTrue();
    }
  }

  @Test
  void withNeitherTheClusterIsEmptyAndCanGrow() {
    SandboxOptions options = SandboxOptions.builder().stateFile(state).build();
    try (Sandbox sandbox = Sandbox.start(options)) {
      assertThat(sandbox.startedFrom()).isEqualTo(StartedFrom.NOTHING);
      assertThat(sandbox.tokens()).isEmpty();
      new SandboxClient(sandbox).post(CLUSTERED + "/tokens", "{\"description\": \"New\"}");
    }
    try (Sandbox sandbox = Sandbox.start(options)) {
      assertThat(sandbox.tokens()).extracting(Token::description).containsExactly("New");
    }
  }

  @Test
  void aStateThatIsWrongIsRefusedWithTheWayOut() throws Exception {
    Files.createDirectories(state.getParent());
    Files.writeString(state, "{\"tokens\": [1]}");

    assertThatExceptionOfType(SandboxException.class)
        .isThrownBy(this::start)
        .withMessage(
            state
                + ":1:13: tokens[0] must be an object; this is the sandbox's state: delete the"
                + " file to start from the seed again");
  }

  @Test
  void aStateWithASecretIsRefused() throws Exception {
    Files.createDirectories(state.getParent());
    Files.writeString(state, "{\"tokens\": [{\"accessToken\": \"one\"}]}");

    assertThatExceptionOfType(SandboxException.class)
        .isThrownBy(this::start)
        .withMessageContaining("tokens[0].accessToken is not a known key");
  }

  @Test
  void aStateThatCannotBeReadIsRefused() throws Exception {
    Files.createDirectories(state);

    assertThatExceptionOfType(SandboxException.class)
        .isThrownBy(this::start)
        .withMessage("cannot read the sandbox's state " + state + ": Is a directory");
  }

  @Test
  void closeSaysThatTheStateCannotBeWrittenAndTriesAgainWhenAsked() throws Exception {
    Sandbox sandbox = start();
    Path obstacle = Files.writeString(directory.resolve("a"), "a file where a directory must be");
    revokeTelegraf(sandbox);

    assertThatExceptionOfType(SandboxException.class)
        .isThrownBy(sandbox::close)
        .withMessage("cannot write the sandbox's state to " + state + ": Not a directory");

    Files.delete(obstacle);
    sandbox.close();
    assertThat(state).content().contains("revokedAt");
  }

  private Sandbox start() {
    return Sandbox.start(SandboxOptions.builder().seedFile(seed).stateFile(state).build());
  }

  private static void revokeTelegraf(Sandbox sandbox) {
    assertThat(new SandboxClient(sandbox).delete(CLUSTERED + "/tokens/" + TELEGRAF).statusCode())
        .isEqualTo(204);
  }
}
