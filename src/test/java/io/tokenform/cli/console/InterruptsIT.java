package io.tokenform.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tokenform.apply.journal.JournalReader;
import io.tokenform.apply.journal.RecordedApply;
import io.tokenform.apply.journal.RecordedChange;
import io.tokenform.apply.journal.Result;
import io.tokenform.sandbox.RecordedRequest;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The built distribution is asked to end in the middle of an apply, as a person or a pod would. */
@Timeout(900)
class InterruptsIT {
  private static final int CHANGES = 60;
  private static final int SIGINT = 2;
  private static final Path TOKENFORM =
      Path.of("target", "tokenform", "bin", "tokenform").toAbsolutePath();

  @TempDir Path folder;

  private final List<RecordedRequest> patches = new CopyOnWriteArrayList<>();
  private final AtomicInteger number = new AtomicInteger();
  private final CountDownLatch answers = new CountDownLatch(1);
  private Sandbox sandbox;

  @BeforeEach
  void requireSignals() throws IOException {
    requireThatInterruptsCount();
    assumeThat(Stream.of("/bin/kill", "/usr/bin/kill").map(Path::of).anyMatch(Files::isExecutable))
        .as("there is a kill")
        .isTrue();
  }

  /**
   * A shell starts what runs in its background so that SIGINT is ignored, by all its children too.
   */
  private static void requireThatInterruptsCount() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (Files.isReadable(status)) {
      long ignored =
          Files.readAllLines(status).stream()
              .filter(line -> line.startsWith("SigIgn:"))
              .mapToLong(line -> Long.parseUnsignedLong(line.split("\\s+", -1)[1], 16))
              .findFirst()
              .orElse(0);
      assumeThat(ignored & (1L << (SIGINT - 1))).as("SIGINT is not ignored").isZero();
    }
  }

  @AfterEach
  void stopSandbox() {
    answers.countDown();
    if (sandbox != null) {
      sandbox.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void theFirstSignalWaitsForWhatIsInFlightAndTellsItAll(String signal) throws Exception {
    startSandbox(8);
    Process apply = start();
    awaitInFlight(apply, 12);

    signal(apply, signal);
    awaitOutput(apply, "interrupt again to stop");
    answers.countDown();

    assertThat(apply.waitFor(15, TimeUnit.MINUTES)).isTrue();
    assertThat(apply.exitValue()).as(output()).isEqualTo(130);
    assertThat(output())
        .contains("interrupted: waiting up to 20 s for calls in flight; interrupt again to stop")
        .contains("Apply incomplete: 12 applied, 0 failed, 48 not attempted.");
    assertThat(patches).hasSize(12).allMatch(RecordedRequest::acted);
    RecordedApply journal = JournalReader.read(journal());
    assertThat(journal.count(Result.APPLIED)).isEqualTo(12);
    assertThat(journal.open()).isZero();
    assertThat(journal.endedAt()).isPresent();
  }

  @Test
  void theSecondSignalEndsItAtOnceAndTheJournalTellsTheTruth() throws Exception {
    startSandbox(4);
    Process apply = start();
    awaitInFlight(apply, 8);

    signal(apply, "INT");
    awaitOutput(apply, "interrupt again");
    signal(apply, "INT");

    assertThat(apply.waitFor(15, TimeUnit.MINUTES)).isTrue();
    assertThat(apply.exitValue()).isEqualTo(130);
    assertThat(output()).contains("stopped at once").doesNotContain("Apply incomplete");
    RecordedApply journal = JournalReader.read(journal());
    // Had it waited for what is in flight until its patience ended, it would have said so.
    assertThat(journal.endedAt()).isEmpty();
    assertThat(journal.count(Result.APPLIED)).isBetween(1, 4);
    assertThat(journal.changes()).hasSizeGreaterThanOrEqualTo(8);
    assertThat(journal.open()).isGreaterThanOrEqualTo(4);
    // What is said not to have been sent was not; what was made is said to be, or is open.
    for (RecordedChange change : journal.changes()) {
      boolean made = !sandbox.token(change.change().liveId().orElseThrow()).permissions().isEmpty();
      if (change.result().isPresent()) {
        assertThat(change.result().get()).isEqualTo(made ? Result.APPLIED : Result.NOT_ATTEMPTED);
      }
    }
  }

  /** A sandbox that answers so many changes, and the next ones when the test says so. */
  private void startSandbox(int answered) throws IOException {
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
                .listener(
                    request -> {
                      if (request.method().equals("PATCH")) {
                        patches.add(request);
                        if (number.incrementAndGet() > answered) {
                          awaitAnswers();
                        }
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

  private void awaitAnswers() {
    try {
      assertThat(answers.await(15, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until so many changes have reached the cluster, of which the last have no answer. */
  private void awaitInFlight(Process apply, int sent) throws Exception {
    while (apply.isAlive() && patches.size() < sent) {
      Thread.sleep(5);
    }
    assertThat(apply.isAlive()).as(output()).isTrue();
  }

  private void awaitOutput(Process apply, String text) throws Exception {
    while (apply.isAlive() && !output().contains(text)) {
      Thread.sleep(5);
    }
    assertThat(output()).contains(text);
  }

  private static void signal(Process process, String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor(15, TimeUnit.MINUTES)).isTrue();
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
