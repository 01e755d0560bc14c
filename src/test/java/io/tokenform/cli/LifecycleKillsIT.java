package io.tokenform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Label;
import io.tokenform.access.LiveDescription;
import io.tokenform.access.Secret;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import io.tokenform.sandbox.fault.Faults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The built distribution makes 60 tokens for the first time and 60 successors, with a slow sink,
 * and is killed at random moments. At each of them what the sink holds works. One more apply, and
 * every token of the policy is there once, with its own secret in the sink.
 */
@Timeout(900)
class LifecycleKillsIT {
  private static final int KILLS = Integer.getInteger("kills", 50);
  private static final long SEED = Long.getLong("kills.seed", 1);
  private static final int EACH = 60;

  /** One waits for a new JVM while the other one works. */
  private static final int AT_A_TIME = 2;

  /**
   * So many requests a whole run takes: three for a creation, four for a rotation, and the looks.
   */
  private static final int REQUESTS = 7 * EACH + 30;

  private static final Path TOKENFORM =
      Path.of("target", "tokenform", "bin", "tokenform").toAbsolutePath();

  @TempDir Path folder;

  private final AtomicInteger halfWay = new AtomicInteger();

  @Test
  void afterEachKillWhatTheSinkHoldsWorksAndOneMoreApplyMendsTheRest() throws Exception {
    System.out.printf("Lifecycle kills: %d kills from kills.seed=%d%n", KILLS, SEED);
    ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
    try {
      List<Future<?>> rounds = new ArrayList<>();
      for (int i = 0; i < KILLS; i++) {
        long seed = SEED * 1_000 + i;
        rounds.add(threads.submit(() -> round(seed)));
      }
      for (Future<?> round : rounds) {
        round.get();
      }
    } finally {
      threads.shutdownNow();
    }
    System.out.printf(
        "Lifecycle kills: %d of %d applies were killed half-way%n", halfWay.get(), KILLS);
    if (KILLS >= 20) {
      assertThat(halfWay.get()).isGreaterThan(KILLS / 2);
    }
  }

  private Void round(long seed) throws Exception {
    try (Round round = new Round(seed)) {
      round.run();
      return null;
    } catch (AssertionError | Exception e) {
      throw new AssertionError("round " + seed + ": " + e.getMessage(), e);
    }
  }

  /** One kill, in a sandbox and a folder of its own. */
  private final class Round implements AutoCloseable {
    private final Random random;
    private final Path where;
    private final Path secrets;
    private final Sandbox sandbox;
    private final int deadline;
    private final AtomicInteger requests = new AtomicInteger();
    private final List<Secret> made = new CopyOnWriteArrayList<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final Set<TokenId> held = new HashSet<>();
    private volatile Process apply;
    private volatile boolean isStarted;

    Round(long seed) throws IOException {
      random = new Random(seed);
      deadline = random.nextInt(REQUESTS);
      where = Files.createDirectory(folder.resolve(Long.toString(seed)));
      secrets = Files.createDirectory(where.resolve("secrets"));
      StringBuilder tokens = new StringBuilder();
      StringBuilder policy = new StringBuilder();
      for (int i = 0; i < 2 * EACH; i++) {
        policy.append(
            "  %s: {description: Token %03d, permissions: {write: [orders]}, deliver: files, expires: 120d, rotate: {every: 90d, overlap: 7d}}\n"
                .formatted(name(i), i));
        if (i % 2 == 0) {
          String secret = "apiv1_%040x".formatted(0x5ec0000 + i);
          made.add(Secret.of(secret));
          Files.writeString(secrets.resolve(name(i)), secret);
          tokens
              .append(tokens.isEmpty() ? "" : ",\n")
              .append(
                  """
                  {"id": "%s", "description": "Token %03d", "createdAt": "2024-01-01T00:00:00Z",
                   "permissions": [{"action": "write", "resource": "orders"}], "accessToken": "%s"}"""
                      .formatted(new UUID(0x4000, 0x8000000000000000L + i), i, secret));
        }
      }
      sandbox =
          Sandbox.start(
              SandboxOptions.builder()
                  .seedJson("{\"databases\": [\"orders\"], \"tokens\": [" + tokens + "]}")
                  .faults(Faults.parse(List.of("delay=1ms..5ms"), seed))
                  .secrets(made::add)
                  .listener(request -> answered())
                  .build());
      isStarted = true;
      Files.writeString(
          where.resolve("tokens.yaml"),
          "version: 1\ncluster: {product: clustered, url: \"%s\"}\ntokens:\n%s"
              .formatted(sandbox.url(), policy));
      Files.writeString(
          where.resolve("slow.yaml"),
          """
          version: 1
          sinks:
            files:
              command:
                - /bin/sh
                - -c
                - 'sleep 0.02; cat > "$0/.$1" && sleep 0.02 && mv "$0/.$1" "$0/$1"'
                - %s
                - "{name}"
          """
              .formatted(secrets));
      Files.writeString(
          where.resolve("platform.yaml"),
          "version: 1\nsinks:\n  files: {directory: %s}\n".formatted(secrets));
    }

    private static String name(int number) {
      return "token-%03d".formatted(number);
    }

    private void answered() {
      int number = requests.incrementAndGet();
      if (isStarted && number % 25 == 0) {
        check();
      }
    }

    void run() throws Exception {
      apply = start("apply", "--auto-approve", "--quiet", "--platform", "slow.yaml");
      while (apply.isAlive() && requests.get() <= deadline) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      TimeUnit.MILLISECONDS.sleep(random.nextInt(10));
      apply.destroyForcibly();
      assertThat(apply.waitFor(15, TimeUnit.MINUTES)).isTrue();
      awaitQuiet();
      check();
      assertThat(problems).isEmpty();
      long fresh =
          held.stream()
              .filter(id -> !id.value().toString().startsWith("00000000-0000-4000"))
              .count();
      halfWay.addAndGet(fresh > 0 && fresh < 2 * EACH ? 1 : 0);

      Cli.Run rest = cli().run("apply", "--auto-approve", "--platform", "platform.yaml");
      Cli.assertThat(rest).exited(0);
      check();
      assertThat(problems).isEmpty();
      assertInUse();
      Cli.Run clean = cli().run("plan", "--detailed-exitcode", "--platform", "platform.yaml");
      Cli.assertThat(clean).exited(0);
      assertNoSecretIsWritten(rest.out() + rest.err() + clean.out() + clean.err());
    }

    /** What the sink holds works, and what it has held still does. */
    private synchronized void check() {
      for (int i = 0; i < 2 * EACH; i++) {
        Optional<String> text = held(name(i));
        if (text.isPresent()) {
          Secret secret = Secret.of(text.get());
          Optional<TokenId> id = sandbox.tokenOf(secret);
          id.ifPresent(held::add);
          if (id.isEmpty()) {
            problems.add("the sink holds something else of " + name(i));
          }
        }
      }
      for (TokenId id : held) {
        Token token = sandbox.token(id);
        if (token.isRevoked() || token.permissions().isEmpty()) {
          problems.add(token + " was delivered and no longer works");
        }
      }
    }

    private Optional<String> held(String name) {
      try {
        return Optional.of(Files.readString(secrets.resolve(name)));
      } catch (IOException e) {
        return Optional.empty();
      }
    }

    private void assertInUse() {
      List<Token> all = sandbox.tokens().stream().filter(token -> !token.isRevoked()).toList();
      Set<String> inUse = new TreeSet<>();
      for (Token token : all) {
        LiveDescription description = LiveDescription.parse(token.description());
        if (description.label().isEmpty()) {
          assertThat(inUse.add(description.text())).as(description.text()).isTrue();
          String name = description.text().replace("Token ", "token-");
          assertThat(sandbox.tokenOf(Secret.of(held(name).orElseThrow()))).hasValue(token.id());
          assertThat(token.permissions().isEmpty()).isFalse();
        } else {
          assertThat(description.label().get()).isInstanceOf(Label.Retiring.class);
        }
      }
      assertThat(inUse).hasSize(2 * EACH);
    }

    private void assertNoSecretIsWritten(String printed) throws IOException {
      StringBuilder everything = new StringBuilder(printed);
      try (Stream<Path> files = Files.walk(where)) {
        for (Path file :
            files.filter(Files::isRegularFile).filter(each -> !each.startsWith(secrets)).toList()) {
          everything.append(Files.readString(file, StandardCharsets.UTF_8));
        }
      }
      String text = everything.toString();
      assertThat(made).noneMatch(secret -> text.contains(secret.reveal()));
    }

    /** Waits for what the dead one has sent to the cluster, and given to commands of the sink. */
    private void awaitQuiet() throws Exception {
      int before;
      do {
        before = requests.get();
        TimeUnit.MILLISECONDS.sleep(30);
      } while (requests.get() > before || hasCommands());
    }

    private boolean hasCommands() throws IOException {
      try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
        for (Path process : processes) {
          try {
            if (Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                .contains(secrets.toString())) {
              return true;
            }
          } catch (IOException e) {
            // It has ended.
          }
        }
      }
      return false;
    }

    private Cli cli() {
      return Cli.in(where)
          .agreedTo(where.resolve("configuration"), sandbox.url())
          .withManagementToken()
          .at(Clock.systemUTC());
    }

    private Process start(String... arguments) throws IOException {
      List<String> command = new ArrayList<>(List.of(TOKENFORM.toString()));
      command.addAll(List.of(arguments));
      ProcessBuilder builder = new ProcessBuilder(command).directory(where.toFile());
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder.environment().put("INFLUX_DB_MANAGEMENT_TOKEN", Sandbox.PUBLIC_MANAGEMENT_TOKEN);
      builder.environment().put("INFLUX_DB_INSTANCE_URL", sandbox.url().toString());
      builder.redirectErrorStream(true).redirectOutput(where.resolve("printed").toFile());
      return builder.start();
    }

    @Override
    public void close() {
      sandbox.close();
    }
  }
}
