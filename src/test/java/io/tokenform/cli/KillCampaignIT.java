package io.tokenform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.apply.journal.JournalReader;
import io.tokenform.apply.journal.RecordedApply;
import io.tokenform.apply.journal.RecordedChange;
import io.tokenform.apply.journal.Result;
import io.tokenform.sandbox.RecordedRequest;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import io.tokenform.sandbox.fault.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hc.core5.http.impl.bootstrap.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The built distribution applies 200 changes and is killed at random moments. Each time its journal
 * and the sandbox agree, another apply finishes the work, and rolling back both restores the start.
 */
class KillCampaignIT {
  private static final int KILLS = Integer.getInteger("kills", 50);
  private static final long SEED = Long.getLong("kills.seed", 1);
  private static final int CHANGES = 200;

  private static final Path TOKENFORM =
      Path.of("target", "tokenform", "bin", "tokenform").toAbsolutePath();

  /** Twenty rounds of ten take about this long, so that most kills meet an apply at work. */
  private static final int LONGEST_LIFE_MILLIS = 250;

  @TempDir Path folder;

  private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
  private Sandbox sandbox;

  @BeforeEach
  void startSandbox() throws IOException {
    StringBuilder seed =
        new StringBuilder("{\"databases\": [\"logs\", \"metrics\"], \"tokens\": [");
    StringBuilder policy = new StringBuilder();
    for (int i = 0; i < CHANGES; i++) {
      UUID id = new UUID(0x4000, 0x8000000000000000L + i);
      seed.append(i == 0 ? "" : ",");
      seed.append(
          "{\"id\": \"%s\", \"description\": \"token %d\", \"permissions\": [".formatted(id, i));
      seed.append("{\"action\": \"read\", \"resource\": \"metrics\"}]}");
      // All three waves, so that a kill can meet each of them.
      String permissions = List.of("[logs, metrics]", "[logs]", "[]").get(i % 3);
      policy.append(
          "  token-%03d: {id: %s, permissions: {read: %s}}\n".formatted(i, id, permissions));
    }
    sandbox =
        Sandbox.start(
            SandboxOptions.builder()
                .seedJson(seed.append("]}").toString())
                .faults(Faults.parse(List.of("delay=2ms..12ms,on=PATCH"), SEED))
                .listener(requests::add)
                .build());
    Files.writeString(
        folder.resolve("tokens.yaml"),
        """
        version: 1
        cluster:
          product: clustered
          url: %s
        guardrails: {lockout: off}
        tokens:
        %s\
        """
            .formatted(sandbox.url(), policy));
  }

  @AfterEach
  void stopSandbox() {
    sandbox.close();
  }

  @Test
  void afterEachKillTheJournalAgreesAndTheWayOnAndTheWayBackAreOpen() throws Exception {
    System.out.printf("Kill campaign: %d kills from kills.seed=%d%n", KILLS, SEED);
    Random random = new Random(SEED);
    List<Token> start = sandbox.tokens();
    int halfWay = 0;
    for (int i = 0; i < KILLS; i++) {
      requests.clear();
      List<Path> killed = killedApply(random);
      List<Token> middle = sandbox.tokens();
      long applied = changed(start, middle);
      halfWay += applied > 0 && applied < CHANGES ? 1 : 0;
      assertJournalAgrees(killed, start, middle);

      assertThat(run("apply", "--auto-approve", "--quiet")).isZero();
      assertThat(run("plan", "--detailed-exitcode")).isZero();

      List<Path> newestFirst = new ArrayList<>(journals());
      newestFirst.sort(Comparator.reverseOrder());
      for (Path journal : newestFirst) {
        assertThat(
                run(
                    "rollback",
                    journal.toString(),
                    "--auto-approve",
                    "--quiet",
                    "--allow",
                    "lockout"))
            .isZero();
      }
      assertThat(sandbox.tokens()).isEqualTo(start);
      for (Path journal : journals()) {
        Files.delete(journal);
      }
    }
    System.out.printf("Kill campaign: %d of %d applies were killed half-way%n", halfWay, KILLS);
    if (KILLS >= 20) {
      assertThat(halfWay).isGreaterThan(KILLS / 4);
    }
  }

  /** Starts an apply, kills it at some moment, and answers its journal, if it got so far. */
  private List<Path> killedApply(Random random) throws Exception {
    Process apply = start("apply", "--auto-approve", "--quiet");
    boolean early = random.nextInt(10) == 0;
    if (!early) {
      while (apply.isAlive() && requests.stream().noneMatch(KillCampaignIT::isPatch)) {
        Thread.sleep(1);
      }
    }
    Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
    apply.destroyForcibly();
    assertThat(apply.waitFor(15, TimeUnit.MINUTES)).isTrue();
    awaitQuiet();
    return journals();
  }

  /** Waits for the requests that were on their way when the client died. */
  private void awaitQuiet() throws InterruptedException {
    int before;
    do {
      before = requests.size();
      Thread.sleep(50);
    } while (requests.size() > before || isServing());
  }

  /** Whether a thread of the sandbox still has a connection; the dead client's are all closed. */
  private static boolean isServing() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Stream::of)
        .anyMatch(
            frame -> frame.getClassName().equals(HttpServer.class.getPackageName() + ".Worker"));
  }

  private void assertJournalAgrees(List<Path> journals, List<Token> start, List<Token> now)
      throws Exception {
    Set<String> patched =
        requests.stream()
            .filter(KillCampaignIT::isPatch)
            .map(request -> request.path().replaceAll(".*/", ""))
            .collect(Collectors.toSet());
    if (journals.isEmpty()) {
      assertThat(patched).isEmpty();
      return;
    }
    assertThat(journals).hasSize(1);
    if (Files.size(journals.get(0)) == 0) {
      assertThat(patched).isEmpty();
      return;
    }
    RecordedApply recorded = JournalReader.read(journals.get(0));
    Map<TokenId, RecordedChange> changes =
        recorded.changes().stream()
            .collect(
                Collectors.toMap(
                    recordedChange -> recordedChange.change().liveId().orElseThrow(),
                    change -> change));
    Map<TokenId, Token> before =
        start.stream().collect(Collectors.toMap(Token::id, token -> token));
    assertThat(changes.keySet().stream().map(TokenId::toString)).containsAll(patched);
    for (Token token : now) {
      RecordedChange change = changes.get(token.id());
      if (change == null) {
        assertThat(token).isEqualTo(before.get(token.id()));
      } else if (change.result().isPresent()) {
        assertThat(change.result()).hasValue(Result.APPLIED);
        assertThat(token.permissions())
            .isEqualTo(change.change().ofToken().orElseThrow().after().permissions().orElseThrow());
      }
    }
  }

  private static long changed(List<Token> start, List<Token> now) {
    return IntStream.range(0, start.size()).filter(i -> !start.get(i).equals(now.get(i))).count();
  }

  private static boolean isPatch(RecordedRequest request) {
    return request.method().equals("PATCH");
  }

  private List<Path> journals() throws IOException {
    Path journals = folder.resolve(".tokenform/journal");
    if (!Files.isDirectory(journals)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(journals)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
    }
  }

  /**
   * What comes after a kill runs in this JVM, which is warm: the same code, in a tenth of the time.
   */
  private int run(String... arguments) {
    return Cli.in(folder)
        .agreedTo(folder.resolve("configuration"), sandbox.url())
        .withManagementToken()
        .at(Clock.systemUTC())
        .run(arguments)
        .exit();
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(TOKENFORM.toString()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("INFLUX_DB_MANAGEMENT_TOKEN", Sandbox.PUBLIC_MANAGEMENT_TOKEN);
    builder.environment().put("INFLUX_DB_INSTANCE_URL", sandbox.url().toString());
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    return builder.start();
  }
}
