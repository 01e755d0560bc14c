package io.tokenform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.cli.options.TokenOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the built distribution leaves behind when it is ended in the middle of a plan. */
@Timeout(900)
final class CrashIT {
  private static final Path DISTRIBUTION = Path.of("target", "tokenform").toAbsolutePath();

  /** In the secret and in nothing else. */
  private static final String CANARY = "k3v9q0zt7m1xw5r8b2y6c4n4ry";

  @TempDir Path folder;

  @BeforeEach
  void leaveEarlierOutputs() throws IOException {
    Files.writeString(folder.resolve("plan.json"), "an earlier plan");
    Files.writeString(folder.resolve("plan.md"), "an earlier plan");
  }

  @ParameterizedTest
  @CsvSource({"SEGV, 1", "ABRT, 134", "KILL, 137"})
  void aCrashLeavesNeitherASecretNorAnEarlierPlan(String signal, int exit) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process process = plan(silent.getLocalPort());
      try (Socket listing = silent.accept()) {
        assertThat(listing.isConnected()).isTrue();
        send(signal, process);
        assertThat(process.waitFor(15, TimeUnit.MINUTES)).isTrue();
      }
      assertThat(process.exitValue()).as("%s", content(folder.resolve("err"))).isEqualTo(exit);
      assertNothingHasTheSecret(process.pid());
      for (String file : List.of("plan.json", "plan.md")) {
        assertThat(folder.resolve(file))
            .content()
            .doesNotContain("an earlier plan")
            .contains("did not finish");
      }
    }
  }

  @Test
  void aThreadDumpGoesToStandardErrorAndHoldsNoSecret() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process process = plan(silent.getLocalPort());
      try (Socket listing = silent.accept()) {
        assertThat(listing.isConnected()).isTrue();
        send("QUIT", process);
        while (!content(folder.resolve("err")).contains("JNI global ref")) {
          assertThat(process.isAlive()).isTrue();
          TimeUnit.MILLISECONDS.sleep(50);
        }
        assertNothingHasTheSecret(process.pid());
        assertThat(folder.resolve("out")).isEmptyFile();
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void whereMemoryIsShortNoEarlierPlanStays() throws Exception {
    StringBuilder policy = new StringBuilder("version: 1\ntokens:\n");
    for (int i = 0; i < 60_000; i++) {
      policy.append("  t").append(i).append(": {permissions: {read: [metrics, logs]}}\n");
    }
    Files.writeString(folder.resolve("tokens.yaml"), policy);

    Process process =
        start("-Xmx24m", "plan", "--out", "plan.json", "--format", "markdown=plan.md");

    assertThat(process.waitFor(15, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(folder.resolve("err")).content().contains("there is not enough memory");
    for (String file : List.of("plan.json", "plan.md")) {
      assertThat(folder.resolve(file)).content().doesNotContain("an earlier plan").isNotEmpty();
    }
  }

  private Process plan(int port) throws IOException {
    String url = "http://127.0.0.1:" + port;
    Files.writeString(
        folder.resolve("tokens.yaml"),
        """
        version: 1
        cluster: {product: clustered, url: "%s"}
        tokens:
          grafana: {id: 11111111-0000-4000-8000-000000000001, permissions: {read: [metrics]}}
        """
            .formatted(url));
    return start(
        "",
        "plan",
        "--debug",
        "--url",
        url,
        TokenOptions.COMMAND,
        "echo " + CANARY,
        "--out",
        "plan.json",
        "--format",
        "markdown=plan.md");
  }

  /** Starts the launcher where cores are allowed, as far as they are here. */
  private Process start(String javaOptions, String... arguments) throws IOException {
    List<String> command =
        Stream.concat(
                Stream.of(
                    "/bin/sh",
                    "-c",
                    "ulimit -S -c unlimited 2>/dev/null; exec \"$@\"",
                    "sh",
                    DISTRIBUTION.resolve("bin/tokenform").toString()),
                Stream.of(arguments))
            .toList();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().put("TOKENFORM_JAVA_OPTS", javaOptions);
    builder.environment().put("TOKENFORM_CDS", "off");
    builder.environment().put("HOME", folder.toString());
    return builder.start();
  }

  private static void send(String signal, Process process) throws Exception {
    Process kill =
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }

  private void assertNothingHasTheSecret(long pid) throws IOException {
    List<Path> written = new ArrayList<>(beside(pid, Path.of("/tmp")));
    try (Stream<Path> files = Files.walk(folder)) {
      files.filter(Files::isRegularFile).forEach(written::add);
    }
    for (Path file : written) {
      assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
          .as(file.toString())
          .doesNotContain(CANARY);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).noneMatch(file -> file.getFileName().toString().matches("(core|hs_err).*"));
    }
  }

  /** Files that a JVM puts elsewhere, by its process: reports, cores and performance data. */
  private static List<Path> beside(long pid, Path temporary) {
    String own = Long.toString(pid);
    return Stream.of(
            temporary.resolve("hsperfdata_" + System.getProperty("user.name")).resolve(own),
            temporary.resolve("hs_err_pid" + own + ".log"),
            temporary.resolve("core"),
            temporary.resolve("core." + own))
        .filter(Files::exists)
        .toList();
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
