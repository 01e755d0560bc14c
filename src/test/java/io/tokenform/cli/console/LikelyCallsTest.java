package io.tokenform.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikelyCallsTest {
  private final Path directory;

  LikelyCallsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @CsvSource({
    "'', NONE",
    "--version, NONE",
    "validate, NONE",
    "sandbox, NONE",
    "plan --help, NONE",
    "apply -h, NONE",
    "plan --live live.json, NONE",
    "plan, ENCRYPTED",
    "database list, ENCRYPTED",
    "apply -f elsewhere, ENCRYPTED",
    "token list --url https://influx.example.com, ENCRYPTED",
    "export --url=https://influx.example.com, ENCRYPTED",
    "plan --url http://localhost:8080, PLAIN",
    "plan --url=http://localhost:8080, PLAIN",
    "plan --url, ENCRYPTED",
    "plan --ca-file ours.pem, ENCRYPTED_TRUSTING_OTHERS",
    "plan --ca-file=ours.pem, ENCRYPTED_TRUSTING_OTHERS",
    "plan --insecure --url https://influx.example.com, ENCRYPTED_TRUSTING_OTHERS",
    "plan --insecure --url http://localhost:8080, PLAIN",
    "plan --insecure -f sandbox.yaml, PLAIN",
    "plan -f sandbox.yaml, PLAIN",
    "plan -f=sandbox.yaml, PLAIN",
    "plan -f cloud.yaml, ENCRYPTED",
    "plan -f .., ENCRYPTED",
    "plan -f -, ENCRYPTED",
  })
  void aCommandLineIsEnoughToGuess(String line, LikelyCalls guess) throws IOException {
    Files.writeString(directory.resolve("sandbox.yaml"), "cluster: {product: sandbox}\n");
    Files.writeString(directory.resolve("cloud.yaml"), "cluster: {product: cloud-dedicated}\n");

    assertThat(guess(Map.of(), line)).isEqualTo(guess);
  }

  @Test
  void theVariableCountsWhereThereIsNoFlag() {
    Map<String, String> plain = Map.of("INFLUX_DB_INSTANCE_URL", "http://localhost:8080");

    assertThat(guess(plain, "plan")).isEqualTo(LikelyCalls.PLAIN);
    assertThat(guess(plain, "plan --url https://influx.example.com"))
        .isEqualTo(LikelyCalls.ENCRYPTED);
  }

  @Test
  void theUsualPolicyIsLookedInto() throws IOException {
    Files.writeString(directory.resolve("tokens.yaml"), "cluster:\n  product: sandbox\n");

    assertThat(guess(Map.of(), "plan")).isEqualTo(LikelyCalls.PLAIN);
  }

  @Test
  void whatStandsFarDownIsNotRead() throws IOException {
    Files.writeString(directory.resolve("tokens.yaml"), " ".repeat(4096) + "sandbox");

    assertThat(guess(Map.of(), "plan")).isEqualTo(LikelyCalls.ENCRYPTED);
  }

  private LikelyCalls guess(Map<String, String> environment, String line) {
    World world =
        new World(
            new ByteArrayInputStream(new byte[0]),
            new ByteArrayOutputStream(),
            new ByteArrayOutputStream(),
            Terminals.none(),
            environment,
            directory,
            Clock.systemUTC(),
            Interrupts.NONE);
    return LikelyCalls.of(line.isEmpty() ? new String[0] : line.split(" "), world);
  }
}
