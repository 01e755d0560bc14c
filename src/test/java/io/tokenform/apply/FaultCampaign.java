package io.tokenform.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Secret;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.apply.journal.ApplyResult;
import io.tokenform.apply.journal.JournalException;
import io.tokenform.apply.journal.JournalHeader;
import io.tokenform.apply.journal.JournalReader;
import io.tokenform.apply.journal.Journals;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.apply.journal.RecordedApply;
import io.tokenform.apply.journal.RecordedChange;
import io.tokenform.apply.journal.Result;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.ClientOptions;
import io.tokenform.cluster.HttpManagementApi;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.cluster.RetryPolicy;
import io.tokenform.finding.Allowance;
import io.tokenform.finding.SourceText;
import io.tokenform.live.Live;
import io.tokenform.plan.Change;
import io.tokenform.plan.Plan;
import io.tokenform.plan.PlanOptions;
import io.tokenform.plan.Selection;
import io.tokenform.plan.WaveOrder;
import io.tokenform.plan.planner.Planner;
import io.tokenform.planfile.Digests;
import io.tokenform.policy.Guardrails;
import io.tokenform.policy.Policy;
import io.tokenform.policy.PolicyParser;
import io.tokenform.sandbox.RecordedRequest;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import io.tokenform.sandbox.fault.Faults;
import io.tokenform.testing.Apis;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Random clusters and policies against random faults, through the real client and the real sandbox.
 * What an apply says of itself has to agree with what the sandbox saw, and one more apply without
 * faults finishes the work; rolling both back restores the start.
 */
final class FaultCampaign {
  /** Most of a world's time is waiting, for the disk and for sandboxes that close. */
  private static final int WORLDS_AT_A_TIME = 8;

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** Waits that take no time worth speaking of. */
  private static final RetryPolicy RETRIES =
      new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(2));

  /** Faults that a client can see through, and the share of requests that they hit. */
  private static final List<String> FAULTS =
      List.of(
          "status=429,retry-after=0",
          "status=429",
          "status=500",
          "status=503",
          "status=503,acts",
          "status=504,acts",
          "reset",
          "reset,acts",
          "half",
          "content-type=text/html",
          "delay=1ms..3ms",
          "wrong",
          "ignored",
          "stale=5ms",
          "status=400",
          "status=404",
          "status=409",
          "status=401",
          "status=403");

  private static final List<String> RATES = List.of("5%", "20%", "50%", "90%");

  private final Path folder;
  private final Map<Result, Integer> results = new ConcurrentSkipListMap<>();

  /**
   * @param folder where the worlds keep their files
   */
  FaultCampaign(Path folder) {
    this.folder = folder;
  }

  /** A sandbox, what it was asked, and the policy for it. */
  private record World(
      String seedJson, Policy policy, List<String> faults, long faultSeed, int parallelism) {}

  /**
   * Runs the worlds of these seeds and answers how often each kind of outcome came up.
   *
   * @throws AssertionError if one does not hold what is promised; it names the seed
   */
  Map<Result, Integer> run(long firstSeed, int worlds) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(WORLDS_AT_A_TIME);
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (long seed = firstSeed; seed < firstSeed + worlds; seed++) {
        long worldSeed = seed;
        runs.add(threads.submit(() -> run(worldSeed)));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause().getMessage(), e.getCause());
    } finally {
      threads.shutdownNow();
    }
    return results;
  }

  private Void run(long seed) throws Exception {
    World world = world(new Random(seed));
    try {
      run(world, folder.resolve(Long.toString(seed)));
      return null;
    } catch (AssertionError | Exception e) {
      throw new AssertionError("campaign.seed=" + seed + " with the faults " + world.faults(), e);
    }
  }

  private void run(World world, Path journals) throws Exception {
    List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    Faults faults = Faults.parse(world.faults(), world.faultSeed());
    Path state = journals.resolve("sandbox.json");
    List<Token> start;
    List<Token> middle;
    Plan plan;
    try (Sandbox sandbox =
            Sandbox.start(
                SandboxOptions.builder().seedJson(world.seedJson()).stateFile(state).build());
        ManagementApi api = api(sandbox, world)) {
      start = sandbox.tokens();
      plan = plan(world, sandbox, api);
    }
    Optional<ApplyResult> first;
    try (Sandbox sandbox =
            Sandbox.start(
                SandboxOptions.builder()
                    .seedJson(world.seedJson())
                    .stateFile(state)
                    .faults(faults)
                    .listener(requests::add)
                    .build());
        ManagementApi api = api(sandbox, world)) {
      first = apply(plan, api, world, journals.resolve("first"));
      middle = sandbox.tokens();
    }
    first.ifPresent(result -> assertAgreement(result, start, middle, requests));
    first.ifPresent(
        result -> result.outcomes().forEach(o -> results.merge(o.result(), 1, Integer::sum)));
    assertNothingElseIsTouched(plan, start, middle);

    try (Sandbox sandbox =
            Sandbox.start(
                SandboxOptions.builder().seedJson(world.seedJson()).stateFile(state).build());
        ManagementApi api = api(sandbox, world)) {
      Plan rest = plan(world, sandbox, api);
      Optional<ApplyResult> second = apply(rest, api, world, journals.resolve("second"));
      assertThat(second).hasValueSatisfying(result -> assertThat(result.isComplete()).isTrue());
      assertThat(plan(world, sandbox, api).changes()).isEmpty();
      assertNothingElseIsTouched(plan, start, sandbox.tokens());

      // And back again, the second first.
      rollBack(second, api, sandbox, journals.resolve("third"));
      rollBack(first, api, sandbox, journals.resolve("fourth"));
      assertThat(sandbox.tokens()).isEqualTo(start);
    }
  }

  private static void rollBack(
      Optional<ApplyResult> applied, ManagementApi api, Sandbox sandbox, Path journals)
      throws Exception {
    Optional<Path> journal = applied.flatMap(ApplyResult::journal);
    if (journal.isEmpty()) {
      return;
    }
    Rollback rollback =
        Rollback.of(JournalReader.read(journal.get()), api.listTokens(), false, Instant.EPOCH);
    assertThat(rollback.drifted()).isEmpty();
    Plan plan = Planner.plan(rollback.policy(), live(sandbox, api), options(WaveOrder.GRANT_FIRST));
    ApplyResult result =
        new Applier(api, new ApplyOptions(4, false), outcome -> {})
            .apply(plan, new Journals(journals, Clock.systemUTC()), header(plan));
    assertThat(result.isComplete()).isTrue();
  }

  /** What was told of each change is what the sandbox saw, and the journal says the same. */
  private static void assertAgreement(
      ApplyResult result, List<Token> start, List<Token> now, List<RecordedRequest> requests) {
    Map<TokenId, Token> before = byId(start);
    Map<TokenId, Token> after = byId(now);
    for (Outcome outcome : result.outcomes()) {
      Change change = outcome.change();
      List<RecordedRequest> patches =
          requests.stream()
              .filter(request -> request.method().equals("PATCH"))
              .filter(request -> request.path().endsWith(change.liveId().orElseThrow().toString()))
              .toList();
      boolean acted = patches.stream().anyMatch(RecordedRequest::acted);
      boolean isAsBefore =
          after
              .get(change.liveId().orElseThrow())
              .equals(before.get(change.liveId().orElseThrow()));
      switch (outcome.result()) {
        case APPLIED -> {
          assertThat(acted).as(change.address() + " applied").isTrue();
          assertThat(
                  Makers.of(change)
                      .isDone(Listing.of(after.values(), Instant.EPOCH), change.liveId()))
              .isTrue();
        }
        case NOT_ATTEMPTED -> assertThat(patches).as(change.address() + " not attempted").isEmpty();
        case FAILED -> {
          if (!outcome.mayHaveHappened()) {
            assertThat(acted).as(change.address() + " failed").isFalse();
            assertThat(isAsBefore).isTrue();
          }
        }
        case UNKNOWN -> assertThat(patches).as(change.address() + " unknown").isNotEmpty();
        case DRIFTED -> throw new AssertionError("nobody else has changed " + change.address());
      }
      // A definite answer ends a call: the last one, if there is any.
      List<Integer> statuses = patches.stream().map(RecordedRequest::status).toList();
      assertThat(statuses.subList(0, Math.max(0, statuses.size() - 1)))
          .as("what went before the last request for " + change.address())
          .allMatch(status -> !isDefinite(status) || wasUnreadable(patches, statuses, status));
    }
    assertJournalAgrees(result);
  }

  private static boolean isDefinite(int status) {
    return status == 200
        || (status >= 400 && status < 500 && status != 408 && status != 425 && status != 429);
  }

  /** A 200 of which half was sent is no answer. */
  private static boolean wasUnreadable(
      List<RecordedRequest> patches, List<Integer> statuses, int status) {
    return status == 200
        && patches.subList(0, statuses.size() - 1).stream()
            .filter(request -> request.status() == 200)
            .allMatch(request -> request.fault().equals(Optional.of("half")));
  }

  private static void assertJournalAgrees(ApplyResult result) {
    if (result.journal().isEmpty()) {
      return;
    }
    RecordedApply recorded;
    try {
      recorded = JournalReader.read(result.journal().get());
    } catch (JournalException e) {
      throw new AssertionError(e);
    }
    assertThat(recorded.endedAt()).isPresent();
    Map<TokenId, RecordedChange> changes =
        recorded.changes().stream()
            .collect(
                Collectors.toMap(
                    recordedChange -> recordedChange.change().liveId().orElseThrow(),
                    change -> change));
    for (Outcome outcome : result.outcomes()) {
      RecordedChange change = changes.get(outcome.change().liveId().orElseThrow());
      if (change == null) {
        assertThat(outcome.result()).isEqualTo(Result.NOT_ATTEMPTED);
      } else {
        assertThat(change.result()).hasValue(outcome.result());
        assertThat(change.reason()).isEqualTo(outcome.reason());
        assertThat(change.change().ofToken().orElseThrow().before())
            .isEqualTo(outcome.change().ofToken().orElseThrow().before());
        assertThat(change.change().ofToken().orElseThrow().after())
            .isEqualTo(outcome.change().ofToken().orElseThrow().after());
      }
    }
  }

  private static void assertNothingElseIsTouched(Plan plan, List<Token> start, List<Token> now) {
    Set<TokenId> touched =
        plan.changes().stream()
            .flatMap(change -> change.liveId().stream())
            .collect(Collectors.toSet());
    assertThat(now.stream().filter(token -> !touched.contains(token.id())).toList())
        .isEqualTo(start.stream().filter(token -> !touched.contains(token.id())).toList());
  }

  private static Map<TokenId, Token> byId(List<Token> tokens) {
    return tokens.stream().collect(Collectors.toMap(Token::id, token -> token));
  }

  /** Carries the plan out; nothing if the faults left no listing to begin with. */
  private static Optional<ApplyResult> apply(
      Plan plan, ManagementApi api, World world, Path journals) throws Exception {
    try {
      return Optional.of(
          new Applier(
                  api,
                  new ApplyOptions(world.parallelism(), world.faultSeed() % 3 == 0),
                  outcome -> {})
              .apply(plan, new Journals(journals, Clock.systemUTC()), header(plan)));
    } catch (ApiException e) {
      return Optional.empty();
    }
  }

  private static Plan plan(World world, Sandbox sandbox, ManagementApi api) throws ApiException {
    WaveOrder order = world.faultSeed() % 2 == 0 ? WaveOrder.GRANT_FIRST : WaveOrder.REVOKE_FIRST;
    return Planner.plan(world.policy(), live(sandbox, api), options(order));
  }

  private static Live live(Sandbox sandbox, ManagementApi api) throws ApiException {
    return new Live(address(sandbox), api.listTokens(), api.listDatabases().names());
  }

  private static PlanOptions options(WaveOrder order) {
    return new PlanOptions(
        order,
        Selection.ALL,
        Guardrails.NONE,
        Set.of(Allowance.parse("lockout"), Allowance.parse("wildcard-write")),
        NOW);
  }

  private static JournalHeader header(Plan plan) {
    return new JournalHeader(
        NOW,
        "0.1.0",
        "somebody",
        Optional.empty(),
        Digests.of(plan),
        plan.cluster(),
        plan.order(),
        plan.changes().size(),
        Optional.empty());
  }

  private static ClusterAddress address(Sandbox sandbox) {
    return Apis.clustered(ClusterUrl.parse(sandbox.url().toString()));
  }

  private static ManagementApi api(Sandbox sandbox, World world) {
    return new HttpManagementApi(
        address(sandbox),
        Secret.of(Sandbox.PUBLIC_MANAGEMENT_TOKEN),
        new ClientOptions(TIMEOUT, ClientOptions.DEFAULT_LONGEST_ANSWER, RETRIES)
            .withParallelism(world.parallelism()));
  }

  private static World world(Random random) throws Exception {
    int count = 1 + random.nextInt(12);
    List<String> tokens = new ArrayList<>();
    StringBuilder policy = new StringBuilder("version: 1\ntokens:\n");
    boolean isEmpty = true;
    for (int i = 0; i < count; i++) {
      UUID id = new UUID(random.nextLong(), random.nextLong());
      tokens.add(
          "{\"id\": \"%s\", \"description\": \"token %d\", \"permissions\": %s}"
              .formatted(id, i, json(permissions(random))));
      if (random.nextInt(5) > 0) {
        isEmpty = false;
        policy.append("  token-%d:\n    id: %s\n".formatted(i, id));
        if (random.nextInt(4) == 0) {
          policy.append("    description: renamed %d\n".formatted(i));
        }
        policy.append("    permissions: %s\n".formatted(json(permissions(random))));
        policy.append(
            "    mode: %s\n".formatted(random.nextInt(4) == 0 ? "additive" : "authoritative"));
      }
    }
    String seedJson =
        "{\"databases\": [\"metrics\", \"logs\", \"orders\"], \"tokens\": [%s]}"
            .formatted(String.join(", ", tokens));
    List<String> faults = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      String on = random.nextInt(3) == 0 ? "" : random.nextInt(4) == 0 ? ",on=GET" : ",on=PATCH";
      String fault = FAULTS.get(random.nextInt(FAULTS.size()));
      // These are about one kind of request anyway.
      String about =
          fault.startsWith("stale")
              ? ",on=GET"
              : fault.equals("wrong") || fault.equals("ignored") ? ",on=PATCH" : on;
      faults.add(fault + about + ",rate=" + RATES.get(random.nextInt(RATES.size())) + ",skip=1");
    }
    return new World(
        seedJson,
        PolicyParser.parse(
            new SourceText(
                "tokens.yaml", isEmpty ? "version: 1\ntokens: {}\n" : policy.toString())),
        faults,
        random.nextInt(1_000_000),
        1 + random.nextInt(8));
  }

  private static Permissions permissions(Random random) {
    List<Permission> permissions = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      String database = List.of("metrics", "logs", "orders", "*").get(random.nextInt(4));
      permissions.add(
          random.nextBoolean() ? Permission.read(database) : Permission.write(database));
    }
    return Permissions.of(permissions);
  }

  private static String json(Permissions permissions) {
    return permissions.stream()
        .map(
            permission ->
                "{\"action\": \"%s\", \"resource\": \"%s\"}"
                    .formatted(permission.action().name(), permission.resource()))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
