package io.tokenform.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tokenform.apply.JournalReader;
import io.tokenform.apply.RecordedApply;
import io.tokenform.apply.RecordedChange;
import io.tokenform.apply.Result;
import io.tokenform.sandbox.Faults;
import io.tokenform.sandbox.RecordedRequest;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The built distribution is asked to end in the middle of an apply, as a person or a pod would. */
@Timeout(120)
class InterruptsIT {
  private static final int CHANGES = 60;
  private static final Path TOKENFORM =
      Path.of("target", "tokenform", "bin", "tokenform").toAbsolutePath();
  private static final Pattern SUMMARY =
      Pattern.compile("Apply incomplete: (\\d+) applied, 0 failed, (\\d+) not attempted\\.");

  @TempDir Path folder;

  private final List<RecordedRequest> patches = new CopyOnWriteArrayList<>();
  private Sandbox sandbox;

  @BeforeEach
  void requireSignals() {
    assumeThat(Stream.of("/bin/kill", "/usr/bin/kill").map(Path::of).anyMatch(Files::isExecutable))
        .as("there is a kill")
        .isTrue();
  }

  @AfterEach
  void stopSandbox() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void theFirstSignalWaitsForWhatIsInFlightAndTellsItAll(String signal) throws Exception {
    startSandbox("delay=150ms,on=PATCH");
    Process apply = start();
    await(apply, 8);

    signal(apply, signal);

    assertThat(apply.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(apply.exitValue()).as(output()).isEqualTo(130);
    Matcher summary = SUMMARY.matcher(output());
    assertThat(summary.find()).as(output()).isTrue();
    int applied = Integer.parseInt(summary.group(1));
    assertThat(applied).isEqualTo(patches.size()).isBetween(8, CHANGES - 1);
    assertThat(Integer.parseInt(summary.group(2))).isEqualTo(CHANGES - applied);
    assertThat(patches).allMatch(RecordedRequest::acted);
    assertThat(output())
        .contains("interrupted: waiting up to 20 s for calls in flight; interrupt again to stop");
    RecordedApply journal = JournalReader.read(journal());
    assertThat(journal.count(Result.APPLIED)).isEqualTo(applied);
    assertThat(journal.open()).isZero();
    assertThat(journal.endedAt()).isPresent();
  }

  @Test
  void theSecondSignalEndsItAtOnceAndTheJournalTellsTheTruth() throws Exception {
    // The first four are answered, and then nothing is for a long time.
    startSandbox("delay=60s,on=PATCH,skip=4");
    Process apply = start();
    await(apply, 4);
    while (!Files.readString(journal()).contains("\"number\":1")) {
      Thread.sleep(10);
    }
    // Nothing tells when the next ones are in flight; one that was not sent yet would never be.
    Thread.sleep(1_000);

    signal(apply, "INT");
    while (!output().contains("interrupt again")) {
      Thread.sleep(10);
    }
    signal(apply, "INT");

    // Without it, what is in flight would be waited for for twenty seconds.
    assertThat(apply.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(apply.exitValue()).isEqualTo(130);
    RecordedApply journal = JournalReader.read(journal());
    assertThat(journal.endedAt()).isEmpty();
    assertThat(journal.count(Result.APPLIED)).isBetween(1, 4);
    assertThat(journal.changes()).hasSizeGreaterThanOrEqualTo(4);
    assertThat(journal.open()).isPositive();
    // What is said not to have been sent was not; what was made is said to be, or is open.
    for (RecordedChange change : journal.changes()) {
      boolean made = !sandbox.token(change.id()).permissions().isEmpty();
      if (change.result().isPresent()) {
        assertThat(change.result().get()).isEqualTo(made ? Result.APPLIED : Result.NOT_ATTEMPTED);
      }
    }
  }

  private void startSandbox(String... faults) throws IOException {
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
                .faults(Faults.parse(List.of(faults), 1))
                .listener(
                    request -> {
                      if (request.method().equals("PATCH")) {
                        patches.add(request);
                      }
                    })
                .build());
    Files.writeString(
        folder.resolve("tokens.yaml"),
        "version: 1\ncluster: {product: clustered, url: \"%s\"}\ntokens:\n%s"
            .formatted(sandbox.url(), policy));
  }

  private Process start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                TOKENFORM.toString(), "apply", "--auto-approve", "--parallelism", "4", "--no-color")
            .directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("INFLUX_DB_MANAGEMENT_TOKEN", Sandbox.PUBLIC_MANAGEMENT_TOKEN);
    builder.environment().put("INFLUX_DB_INSTANCE_URL", sandbox.url().toString());
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("output").toFile());
    return builder.start();
  }

  private void await(Process apply, int answered) throws InterruptedException {
    while (apply.isAlive() && patches.size() < answered) {
      Thread.sleep(5);
    }
    assertThat(apply.isAlive()).isTrue();
  }

  private static void signal(Process process, String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(kill.exitValue()).isZero();
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("output"));
  }

  private Path journal() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(".tokenform/journal"))) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).findFirst().orElseThrow();
    }
  }
}
