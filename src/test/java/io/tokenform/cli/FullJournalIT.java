package io.tokenform.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tokenform.access.Token;
import io.tokenform.apply.journal.JournalReader;
import io.tokenform.apply.journal.RecordedApply;
import io.tokenform.apply.journal.Result;
import io.tokenform.sandbox.RecordedRequest;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The built distribution finds in the middle of an apply that its journal can grow no further: the
 * shell's bound on files fails a write half-way, as a disk does that fills up.
 */
@Timeout(900)
class FullJournalIT {
  private static final int CHANGES = 400;
  private static final Path SHELL = Path.of("/bin/sh");
  private static final String TOKENFORM =
      Path.of("target", "tokenform", "bin", "tokenform").toAbsolutePath().toString();

  @TempDir Path folder;

  private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
  private Sandbox sandbox;
  private String output = "";

  @BeforeEach
  void startSandbox() throws IOException {
    StringBuilder seed = new StringBuilder();
    StringBuilder policy = new StringBuilder();
    for (int i = 0; i < CHANGES; i++) {
      UUID id = new UUID(0x4000, 0x8000000000000000L + i);
      seed.append(i == 0 ? "" : ",");
      seed.append(
          "{\"id\": \"%s\", \"description\": \"%d\", \"permissions\": []}".formatted(id, i));
      policy.append("  token-%03d: {id: %s, permissions: {read: [logs]}}\n".formatted(i, id));
    }
    sandbox =
        Sandbox.start(
            SandboxOptions.builder()
                .seedJson("{\"databases\": [\"logs\"], \"tokens\": [" + seed + "]}")
                .listener(requests::add)
                .build());
    Files.writeString(
        folder.resolve("tokens.yaml"),
        "version: 1\ncluster: {product: clustered, url: \"%s\"}\ntokens:\n%s"
            .formatted(sandbox.url(), policy));
  }

  @AfterEach
  void stopSandbox() {
    sandbox.close();
  }

  @Test
  void theApplyStopsAndItsJournalIsStillTheWayBack() throws Exception {
    assumeThat(SHELL).isExecutable();
    List<Token> start = sandbox.tokens();

    // 64 or 128 KiB, by the shell's unit; the whole journal would have some 300.
    int exit =
        run(SHELL.toString(), "-c", "ulimit -f 128 && exec \"$0\" apply --auto-approve", TOKENFORM);

    assertThat(exit).as(output).isEqualTo(1);
    assertThat(output).contains(" cannot be written: ", ", so nothing further was sent");
    long patched =
        requests.stream().filter(request -> request.method().equals("PATCH")).distinct().count();
    assertThat(patched).isBetween(1L, CHANGES - 1L);
    assertThat(output).contains("Apply incomplete: " + patched + " applied, 0 failed");
    RecordedApply journal = JournalReader.read(journal());
    assertThat((long) journal.count(Result.APPLIED)).isBetween(1L, patched);
    assertThat((long) journal.changes().size()).isGreaterThanOrEqualTo(patched);

    assertThat(
            run(
                TOKENFORM,
                "rollback",
                journal().toString(),
                "--auto-approve",
                "--allow",
                "lockout"))
        .as(output)
        .isZero();
    assertThat(sandbox.tokens()).isEqualTo(start);
  }

  private int run(String... command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(List.of(command))).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("INFLUX_DB_MANAGEMENT_TOKEN", Sandbox.PUBLIC_MANAGEMENT_TOKEN);
    builder.environment().put("INFLUX_DB_INSTANCE_URL", sandbox.url().toString());
    // Through a pipe: in a file, the output would come to the bound, too.
    Process process = builder.redirectErrorStream(true).start();
    output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(15, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  private Path journal() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(".tokenform/journal"))) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).findFirst().orElseThrow();
    }
  }
}
