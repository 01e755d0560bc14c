package io.tokenform.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tokenform.access.Secret;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The built distribution makes, replaces and loses tokens with sinks that repeat what they were
 * given. The sandbox tells of every secret that it makes, and each is looked for, whole and in
 * pieces, in everything that was printed or written, and in the arguments and variables of every
 * process.
 */
@Timeout(1500)
class LifecycleCanaryIT {
  /** So many characters of a secret in a row are too many. */
  private static final int PIECE = 12;

  private static final Path STRACE = Path.of("/usr/bin/strace");

  private static final Path TOKENFORM =
      Path.of("target", "tokenform", "bin", "tokenform").toAbsolutePath();

  @TempDir Path folder;

  /** Where sinks keep what they get: the one place where secrets may be. */
  @TempDir Path kept;

  private final List<Secret> secrets = new CopyOnWriteArrayList<>();
  private Sandbox sandbox;

  @BeforeEach
  void startSandbox() throws IOException {
    sandbox =
        Sandbox.start(
            SandboxOptions.builder()
                .seedJson(
                    """
                    {"databases": ["orders"], "tokens": [
                      {"id": "55555555-5555-4555-8555-555555555555", "description": "Old",
                       "createdAt": "2024-01-01T00:00:00Z",
                       "permissions": [{"action": "write", "resource": "orders"}],
                       "accessToken": "apiv1_0ldSecretQv7TzK2mWy9RbX4hNc8JdP3s"}]}
                    """)
                .secrets(secrets::add)
                .build());
    secrets.add(Secret.of("apiv1_0ldSecretQv7TzK2mWy9RbX4hNc8JdP3s"));
    StringBuilder policy = new StringBuilder();
    for (String name : List.of("stored", "loud", "refused", "slow", "filed", "Old")) {
      policy.append(
          "  %s: {description: %s, permissions: {write: [orders]}, deliver: %s, expires: 120d, rotate: {every: 90d}}\n"
              .formatted(name, name, name.equals("Old") ? "loud" : name));
    }
    Files.writeString(
        folder.resolve("tokens.yaml"),
        "version: 1\ncluster: {product: clustered, url: \"%s\"}\ntokens:\n%s"
            .formatted(sandbox.url(), policy));
    // Each takes its time, so that it can be looked at.
    String store = "sleep 0.2; cat > " + kept + "/$1";
    String repeat =
        store + "; cat " + kept + "/$1; cat " + kept + "/$1 | rev >&2; cat " + kept + "/$1 >&2";
    Files.writeString(
        folder.resolve("platform.yaml"),
        "version: 1\nsinks:\n"
            + command("stored", store)
            + command("loud", repeat)
            + command("refused", repeat + "; exit 3")
            + command("slow", repeat + "; exec sleep 1000")
            + "  filed: {directory: %s}\n".formatted(kept));
  }

  private static String command(String name, String script) {
    return """
          %s:
            command: [/bin/sh, -c, '%s', sh, "{name}"]
            check: [/bin/sh, -c, 'env; cat']
            timeout: %s
        """
        .formatted(name, script, name.equals("slow") ? "3s" : "60s")
        .indent(2)
        .replaceAll("(?m)^    ", "  ");
  }

  @AfterEach
  void stopSandbox() {
    sandbox.close();
  }

  @Test
  void noSecretIsAnywhereButInItsSink() throws Exception {
    Processes processes = new Processes();
    Thread watcher = new Thread(processes::watch);
    watcher.start();
    List<Integer> exits = new ArrayList<>();
    try {
      for (String line :
          List.of(
              "apply --auto-approve --trace --debug --max-attempts 1",
              "plan --trace --format json=p.json --format markdown=p.md --format diff=p.diff",
              "plan --exclude refused --exclude slow --out plan.json",
              "apply plan.json --auto-approve --trace",
              "apply --auto-approve --debug --target loud",
              "journal show latest --format json",
              "rollback latest --auto-approve --trace")) {
        exits.add(run(List.of(), line));
      }
    } finally {
      processes.isOver = true;
      watcher.join();
    }
    assertThat(secrets).as("secrets that were made").hasSizeGreaterThan(6);
    assertThat(exits).as("how the runs ended").startsWith(1, 0, 0);
    assertThat(processes.sinks).as("commands of sinks that were looked at").hasSizeGreaterThan(3);
    Set<String> pieces = pieces();
    processes.seen.forEach(
        (process, texts) ->
            assertThat(texts).as("in " + process).noneMatch(text -> holds(text, pieces)));
    assertNothingIsWritten(pieces);
  }

  @Test
  void noProgramIsStartedWithASecret() throws Exception {
    assumeThat(Files.isExecutable(STRACE)).as("strace is here").isTrue();
    Path calls = folder.resolve("execve.txt");
    List<String> strace =
        List.of(STRACE.toString(), "-f", "-v", "-s", "100000", "-e", "trace=execve", "-o");
    List<String> before = new ArrayList<>(strace);
    before.add(calls.toString());

    int exit = run(before, "apply --auto-approve --exclude slow");

    assumeThat(Files.exists(calls) && Files.size(calls) > 0).as("strace may trace").isTrue();
    assertThat(exit).isEqualTo(1);
    assertThat(calls).content().contains("TOKENFORM_TOKEN_ID").contains("sleep");
    assertNothingIsWritten(pieces());
  }

  private int run(List<String> before, String line) throws Exception {
    List<String> command = new ArrayList<>(before);
    command.add(TOKENFORM.toString());
    command.addAll(List.of(line.split(" ", -1)));
    if (!line.startsWith("journal") && !line.startsWith("rollback")) {
      command.addAll(List.of("--platform", "platform.yaml"));
    }
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("INFLUX_DB_MANAGEMENT_TOKEN", Sandbox.PUBLIC_MANAGEMENT_TOKEN);
    builder.environment().put("INFLUX_DB_INSTANCE_URL", sandbox.url().toString());
    Path printed = Files.createTempFile(folder, "printed", "");
    builder.redirectErrorStream(true).redirectOutput(printed.toFile());
    Process process = builder.start();
    assertThat(process.waitFor(15, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  private Set<String> pieces() {
    Set<String> pieces = new HashSet<>();
    for (Secret secret : secrets) {
      String text = secret.reveal();
      for (int i = 0; i + PIECE <= text.length(); i++) {
        pieces.add(text.substring(i, i + PIECE));
      }
    }
    return pieces;
  }

  private static boolean holds(String text, Set<String> pieces) {
    for (int i = 0; i + PIECE <= text.length(); i++) {
      if (pieces.contains(text.substring(i, i + PIECE))) {
        return true;
      }
    }
    return false;
  }

  private void assertNothingIsWritten(Set<String> pieces) throws IOException {
    List<Path> written;
    try (Stream<Path> files = Files.walk(folder)) {
      written = files.filter(Files::isRegularFile).toList();
    }
    assertThat(written).anyMatch(file -> file.toString().endsWith(".jsonl"));
    for (Path file : written) {
      assertThat(holds(Files.readString(file, StandardCharsets.UTF_8), pieces))
          .as("a secret in " + file)
          .isFalse();
    }
  }

  /** Takes down the arguments and the variables of every process there is. */
  private static final class Processes {
    private final Map<String, Set<String>> seen = new HashMap<>();
    private final Set<String> sinks = new HashSet<>();
    private volatile boolean isOver;

    void watch() {
      String self = Long.toString(ProcessHandle.current().pid());
      while (!isOver) {
        try (DirectoryStream<Path> processes =
            Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
          for (Path process : processes) {
            if (!process.endsWith(self)) {
              look(process);
            }
          }
        } catch (IOException e) {
          // There is no /proc, and the assertions say so.
          return;
        }
      }
    }

    private void look(Path process) {
      for (String what : List.of("cmdline", "environ")) {
        try {
          String text = Files.readString(process.resolve(what), StandardCharsets.ISO_8859_1);
          seen.computeIfAbsent(process + "/" + what, key -> new HashSet<>()).add(text);
          if (text.contains("TOKENFORM_TOKEN_ID=")) {
            sinks.add(process.toString());
          }
        } catch (IOException e) {
          // It has ended, or is another user's.
        }
      }
    }
  }
}
