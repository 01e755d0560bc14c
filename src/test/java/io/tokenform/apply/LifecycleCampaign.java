package io.tokenform.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Label;
import io.tokenform.access.LiveDescription;
import io.tokenform.access.Masking;
import io.tokenform.access.Secret;
import io.tokenform.access.SinkName;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.apply.journal.ApplyResult;
import io.tokenform.apply.journal.JournalHeader;
import io.tokenform.apply.journal.Journals;
import io.tokenform.apply.journal.LockWait;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.ClientOptions;
import io.tokenform.cluster.HttpManagementApi;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.cluster.RetryPolicy;
import io.tokenform.finding.Allowance;
import io.tokenform.live.Live;
import io.tokenform.plan.Due;
import io.tokenform.plan.Plan;
import io.tokenform.plan.PlanOptions;
import io.tokenform.plan.Selection;
import io.tokenform.plan.WaveOrder;
import io.tokenform.plan.planner.Planner;
import io.tokenform.planfile.Digests;
import io.tokenform.policy.Guardrails;
import io.tokenform.policy.SinkDefinition;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import io.tokenform.sandbox.fault.Faults;
import io.tokenform.sink.ScriptedFolders;
import io.tokenform.sink.ScriptedFolders.Turn;
import io.tokenform.sink.SinkSurroundings;
import io.tokenform.testing.Apis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Random lives of tokens against random faults of the cluster and of the sinks, through the real
 * client, the real sandbox and the real sinks. The sandbox knows every secret, so at each of its
 * requests it is checked, and not believed, that what the sink holds works; and in the end that
 * every token of the policy is there once, with its own secret in the sink.
 */
final class LifecycleCampaign {
  private static final int WORLDS_AT_A_TIME = 8;

  /** Waits that take no time worth speaking of. */
  private static final RetryPolicy RETRIES =
      new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(2));

  private static final SinkName FILES = new SinkName("files");
  private static final SinkName COMMAND = new SinkName("command");

  /** A label is given to the second. */
  private static final Duration LABEL_PRECISION = Duration.ofSeconds(1);

  private final Path folder;
  private final Map<String, Integer> results = new ConcurrentSkipListMap<>();

  /**
   * @param folder where the worlds keep their files
   */
  LifecycleCampaign(Path folder) {
    this.folder = folder;
  }

  /**
   * Runs the worlds of these seeds and answers how often each kind of change had each outcome.
   *
   * @throws AssertionError if one does not hold what is promised; it names the seed
   */
  Map<String, Integer> run(long firstSeed, int worlds) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(WORLDS_AT_A_TIME);
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (long seed = firstSeed; seed < firstSeed + worlds; seed++) {
        long worldSeed = seed;
        runs.add(threads.submit(() -> run(worldSeed)));
      }
      List<String> broken = new ArrayList<>();
      for (Future<?> run : runs) {
        try {
          run.get();
        } catch (ExecutionException e) {
          broken.add(e.getCause().getMessage());
        }
      }
      assertThat(broken).as("worlds in which a promise is broken").isEmpty();
    } finally {
      threads.shutdownNow();
    }
    return results;
  }

  private Void run(long seed) throws Exception {
    Path where = Files.createDirectory(folder.resolve(Long.toString(seed)));
    LifecycleWorld world = new LifecycleWorld(new Random(seed));
    Run run = new Run(world, where);
    try {
      run.live();
      return null;
    } catch (AssertionError | Exception e) {
      throw new AssertionError(
          "campaign.seed="
              + seed
              + " with the faults "
              + world.faults()
              + ": "
              + e.getMessage()
              + "\n"
              + world.policyText()
              + String.join("\n", run.story),
          e);
    }
  }

  /** One world, from its first apply to the end of the last old token. */
  private final class Run {
    private final LifecycleWorld world;
    private final Path where;
    private final Path sinkFolder;
    private final MovableClock clock = new MovableClock(LifecycleWorld.NOW);
    private final List<String> story = new CopyOnWriteArrayList<>();
    private final List<Secret> secrets = new CopyOnWriteArrayList<>();
    private final Watch watch;
    private Path journals;
    private Sandbox sandbox;
    private boolean sinksWork;

    Run(LifecycleWorld world, Path where) throws IOException {
      this.world = world;
      this.where = where;
      this.sinkFolder = Files.createDirectory(where.resolve("secrets"));
      this.journals = where.resolve("journals");
      this.watch = new Watch(world, sinkFolder, clock);
      for (Map.Entry<String, String> held : world.heldAtFirst().entrySet()) {
        Files.writeString(sinkFolder.resolve(held.getKey()), held.getValue());
      }
      world.seedSecrets().forEach(secret -> secrets.add(Secret.of(secret)));
    }

    void live() throws Exception {
      List<Token> start;
      start(Faults.NONE);
      start = sandbox.tokens();
      sandbox.close();

      start(Faults.parse(world.faults(), world.faultSeed()));
      for (Duration pause : world.pauses()) {
        apply(true);
        clock.move(pause);
      }
      sandbox.close();

      start(Faults.NONE);
      sinksWork = true;
      if (world.isSecondElsewhere()) {
        journals = where.resolve("elsewhere");
      }
      // So old are leftovers that no journal here tells of, before anybody may touch them.
      clock.move(Duration.ofMinutes(20));
      for (int i = 0; i < 2 && plan(api()).hasChanges(); i++) {
        apply(false);
      }
      assertThat(plan(api()).changes()).as("what a third apply would do").isEmpty();
      assertInUse();
      assertOthersUntouched(start);

      // The old ones come to their end, and the sink never notices.
      clock.move(LifecycleWorld.LONGEST_OVERLAP.plusHours(1));
      apply(false);
      clock.move(LifecycleWorld.LONGEST_PARK.plusHours(1));
      apply(false);
      assertInUse();
      assertOthersUntouched(start);
      assertThat(overdue()).as("old ones whose time is over").isEmpty();
      sandbox.close();
      assertNoSecretLeaks();
    }

    private void start(Faults faults) {
      sandbox =
          Sandbox.start(
              SandboxOptions.builder()
                  .seedJson(world.seedJson())
                  .stateFile(where.resolve("sandbox.json"))
                  .clock(clock)
                  .faults(faults)
                  .secrets(secrets::add)
                  .listener(
                      request -> {
                        story.add(
                            request.method()
                                + " "
                                + request.path().replaceAll(".*/", "")
                                + " "
                                + request.body()
                                + " -> "
                                + request.status()
                                + request.fault().map(fault -> " " + fault).orElse(""));
                        watch.look();
                      })
                  .build());
      watch.over(sandbox);
    }

    private ManagementApi api() {
      return new HttpManagementApi(
          address(),
          sandbox.managementToken(),
          new ClientOptions(Duration.ofSeconds(5), ClientOptions.DEFAULT_LONGEST_ANSWER, RETRIES)
              .withParallelism(world.parallelism()));
    }

    private ClusterAddress address() {
      return Apis.clustered(ClusterUrl.parse(sandbox.url().toString()));
    }

    private Plan plan(ManagementApi api) throws ApiException {
      try (api) {
        return Planner.plan(
            world.policy(),
            new Live(address(), api.listTokens(), api.listDatabases().names()),
            new PlanOptions(
                    WaveOrder.GRANT_FIRST, Selection.ALL, Guardrails.NONE, ALLOWED, clock.instant())
                .with(Due.INCLUDE, sinkDefinitions(), new Journals(journals, clock).fates()));
      }
    }

    private void apply(boolean mayFail) throws Exception {
      Plan plan;
      try {
        plan = plan(api());
      } catch (ApiException e) {
        story.add("no plan: " + e.getMessage());
        return;
      }
      story.add("plan at " + clock.instant() + ": " + describe(plan));
      assertThat(plan.findings())
          .as("findings")
          .noneMatch(finding -> finding.message().contains("active tokens have the description"));
      ApplyResult result;
      try (ManagementApi api = api()) {
        result =
            new Applier(
                    api,
                    new ApplyOptions(
                        world.parallelism(),
                        world.faultSeed() % 3 == 0,
                        LockWait.NONE,
                        clock,
                        Optional.of(deliveries())),
                    outcome -> {})
                .apply(plan, new Journals(journals, clock), header(plan));
      } catch (ApiException | StalePlanException e) {
        if (!mayFail) {
          throw e;
        }
        story.add("no apply: " + e.getMessage());
        return;
      }
      for (Outcome outcome : result.outcomes()) {
        String kind = outcome.change().kind() + " " + outcome.result();
        results.merge(kind, 1, Integer::sum);
        story.add(kind + " " + outcome.change().address() + " " + outcome.reason().orElse(""));
      }
      watch.look();
      watch.raise();
      if (!mayFail) {
        assertThat(result.isComplete()).as("an apply without faults").isTrue();
      }
    }

    private String describe(Plan plan) {
      return plan.changes().stream()
          .map(change -> change.kind() + " " + change.address())
          .collect(Collectors.joining(", "));
    }

    private Deliveries deliveries() {
      Random random = new Random(world.faultSeed() + story.size());
      Random turns = new Random(world.faultSeed());
      return new Deliveries(
          ScriptedFolders.sinks(
              new SinkSurroundings(
                  Map.of("PATH", System.getenv("PATH")), where, new Masking(), Set.of()),
              new ScriptedFolders.Script() {
                @Override
                public Turn turn(String fileName) {
                  Turn turn;
                  synchronized (turns) {
                    turn = sinksWork ? Turn.STORES : world.turn(turns);
                  }
                  story.add("sink " + fileName + " " + turn);
                  return turn;
                }

                @Override
                public void stored(String fileName) {
                  watch.look();
                }
              }),
          "cluster",
          random::nextInt,
          pause -> {
            clock.move(pause);
            // What is stale lags behind in real time.
            Thread.sleep(Math.min(10, pause.toMillis()));
          });
    }

    private SortedMap<SinkName, SinkDefinition> sinkDefinitions() {
      SortedMap<SinkName, SinkDefinition> sinks = new TreeMap<>();
      sinks.put(FILES, new SinkDefinition.Directory(sinkFolder.toString()));
      sinks.put(COMMAND, world.command(sinkFolder, sinksWork));
      return sinks;
    }

    private JournalHeader header(Plan plan) {
      return new JournalHeader(
          clock.instant(),
          "0.1.0",
          "somebody",
          Optional.empty(),
          Digests.of(plan),
          plan.cluster(),
          plan.order(),
          plan.changes().size(),
          Optional.empty());
    }

    private List<Token> named(String description) {
      return sandbox.tokens().stream()
          .filter(token -> token.isActive(clock.instant()))
          .filter(token -> LiveDescription.parse(token.description()).text().equals(description))
          .toList();
    }

    /** The old ones whose time was over before the last apply. */
    private List<Token> overdue() {
      return world.names().stream()
          .flatMap(name -> named(world.description(name)).stream())
          .filter(
              token ->
                  LiveDescription.parse(token.description())
                      .label()
                      .flatMap(LifecycleCampaign::until)
                      .filter(until -> !until.isAfter(clock.instant()))
                      .isPresent())
          .toList();
    }

    /** Every token of the policy is there exactly once, and the sink has its secret. */
    private void assertInUse() throws IOException {
      for (String name : world.names()) {
        List<Token> tokens = named(world.description(name));
        List<Token> inUse =
            tokens.stream()
                .filter(token -> LiveDescription.parse(token.description()).label().isEmpty())
                .toList();
        assertThat(inUse).as("in use of " + name).hasSize(1);
        assertThat(inUse.get(0).permissions()).as(name).isEqualTo(world.permissions(name));
        Secret held = Secret.of(Files.readString(sinkFolder.resolve(name)));
        assertThat(sandbox.tokenOf(held)).as("held of " + name).hasValue(inUse.get(0).id());
        assertThat(tokens)
            .as("all of " + name)
            .noneMatch(
                token ->
                    LiveDescription.parse(token.description())
                        .label()
                        .filter(Label.Pending.class::isInstance)
                        .isPresent());
      }
      for (TokenId id : world.ended()) {
        assertThat(sandbox.token(id).isRevoked()).as("revoked " + id).isTrue();
      }
    }

    private void assertOthersUntouched(List<Token> start) {
      for (Token token : start) {
        if (world.isOutsideThePlan(token.id())) {
          assertThat(sandbox.token(token.id())).as("outside the plan").isEqualTo(token);
        }
      }
      Set<String> known =
          world.names().stream().map(world::description).collect(Collectors.toSet());
      Set<TokenId> before = start.stream().map(Token::id).collect(Collectors.toSet());
      assertThat(sandbox.tokens())
          .filteredOn(token -> !before.contains(token.id()))
          .as("what was made")
          .allMatch(token -> known.contains(LiveDescription.parse(token.description()).text()));
    }

    private void assertNoSecretLeaks() throws IOException {
      List<Path> files;
      try (Stream<Path> all = Files.walk(where)) {
        files =
            all.filter(Files::isRegularFile)
                .filter(file -> !file.startsWith(sinkFolder))
                .filter(file -> !file.getFileName().toString().startsWith("sandbox.json"))
                .toList();
      }
      for (Path file : files) {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        for (Secret secret : secrets) {
          assertThat(text.contains(secret.reveal())).as("a secret in " + file).isFalse();
        }
      }
    }
  }

  private static Optional<Instant> until(Label label) {
    return label instanceof Label.Retiring retiring
        ? Optional.of(retiring.until())
        : Optional.of(label)
            .filter(Label.Retired.class::isInstance)
            .map(other -> ((Label.Retired) other).until());
  }

  private static final Set<Allowance> ALLOWED =
      Stream.of(
              "lockout",
              "wildcard-write",
              "revoke",
              "missing-token",
              "pending-token",
              "parked-token")
          .map(Allowance::parse)
          .collect(Collectors.toSet());

  /** Looks at the sink and the cluster whenever something may have changed. */
  private static final class Watch {
    private final LifecycleWorld world;
    private final Path sinkFolder;
    private final MovableClock clock;
    private final Map<TokenId, Delivered> delivered = new HashMap<>();
    private final Map<String, TokenId> latest = new HashMap<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private volatile Sandbox sandbox;

    /** A token whose secret the sink had, and since when it has another one. */
    private record Delivered(String name, Optional<Instant> replacedAt) {}

    Watch(LifecycleWorld world, Path sinkFolder, MovableClock clock) {
      this.world = world;
      this.sinkFolder = sinkFolder;
      this.clock = clock;
    }

    void over(Sandbox other) {
      sandbox = other;
    }

    synchronized void look() {
      if (sandbox == null) {
        return;
      }
      for (String name : world.names()) {
        Optional<String> held = held(name);
        if (held.isPresent() && !works(name, held.get()) && held.equals(held(name))) {
          problems.add(
              "at "
                  + clock.instant()
                  + " the sink holds a secret of "
                  + name
                  + " that does not work: "
                  + sandbox.tokenOf(Secret.of(held.get())).map(sandbox::token));
        }
      }
      delivered.forEach(this::lookAtOld);
    }

    private boolean works(String name, String held) {
      Secret secret = Secret.of(held);
      Optional<TokenId> id = sandbox.tokenOf(secret);
      if (id.isEmpty()) {
        return false;
      }
      if (!id.get().equals(latest.get(name))) {
        TokenId before = latest.put(name, id.get());
        if (before != null) {
          delivered.put(before, new Delivered(name, Optional.of(clock.instant())));
        }
        delivered.put(id.get(), new Delivered(name, Optional.empty()));
      }
      Token token = sandbox.token(id.get());
      // Nobody can keep a token from expiring.
      return token.isExpired(clock.instant())
          || (sandbox.works(secret) && !token.permissions().isEmpty());
    }

    private void lookAtOld(TokenId id, Delivered what) {
      Token token = sandbox.token(id);
      boolean isOver = token.isRevoked() || token.permissions().isEmpty();
      boolean isTooEarly =
          what.replacedAt()
              .map(
                  since ->
                      clock
                          .instant()
                          .isBefore(since.plus(world.overlap(what.name())).minus(LABEL_PRECISION)))
              .orElse(true);
      if (isOver && isTooEarly && !token.isExpired(clock.instant())) {
        problems.add(
            "at " + clock.instant() + " too early an end: " + token + ", delivered " + what);
      }
    }

    private Optional<String> held(String name) {
      try {
        return Optional.of(Files.readString(sinkFolder.resolve(name)));
      } catch (IOException e) {
        return Optional.empty();
      }
    }

    void raise() {
      assertThat(problems).isEmpty();
    }
  }
}
