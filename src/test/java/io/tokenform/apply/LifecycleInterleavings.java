package io.tokenform.apply;

import static io.tokenform.testing.ScriptedServer.answer;
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
import io.tokenform.access.TokenListing;
import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.apply.journal.ApplyResult;
import io.tokenform.apply.journal.Journals;
import io.tokenform.apply.journal.LockWait;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.AttemptListener;
import io.tokenform.cluster.DatabaseCreation;
import io.tokenform.cluster.DatabaseUpdate;
import io.tokenform.cluster.HttpManagementApi;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.cluster.NewToken;
import io.tokenform.cluster.TokenCreation;
import io.tokenform.cluster.TokenUpdate;
import io.tokenform.finding.SourceText;
import io.tokenform.live.Live;
import io.tokenform.plan.Due;
import io.tokenform.plan.Plan;
import io.tokenform.plan.PlanOptions;
import io.tokenform.plan.Selection;
import io.tokenform.plan.WaveOrder;
import io.tokenform.plan.planner.Planner;
import io.tokenform.policy.Guardrails;
import io.tokenform.policy.Policy;
import io.tokenform.policy.PolicyParser;
import io.tokenform.policy.SinkDefinition;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import io.tokenform.sink.ScriptedFolders;
import io.tokenform.sink.ScriptedFolders.Turn;
import io.tokenform.sink.SinkSurroundings;
import io.tokenform.testing.Apis;
import io.tokenform.testing.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Two applies of one policy at once, from two folders, through the real planner, engine, client,
 * sandbox and sink: each call of either, and each delivery, is held, and they are let go in every
 * possible order. One of them may have one misfortune, at every possible point: it dies, the answer
 * to its POST is lost, or its sink fails. Then one more apply comes alone.
 *
 * <p>An order that leads to a situation from which all ways on were tried already is not followed
 * further: what happens next depends on the cluster, the sink, and what each apply has seen.
 */
final class LifecycleInterleavings {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final SinkName SINK = new SinkName("files");
  private static final String NAME = "checkout";
  private static final TokenId OLD = new TokenId(new UUID(0x4000L, 0x8000000000000000L));
  private static final String OLD_SECRET = "apiv1_0123456789abcdef0123456789abcdef";

  private static final String POLICY =
      """
      version: 1
      tokens:
        checkout: {description: Checkout, permissions: {write: [orders]}, deliver: files,
                   expires: 120d, rotate: {every: 90d, overlap: 7d}}
      """;

  private static final String ROTATION =
      """
      {"id": "%s", "description": "Checkout", "accessToken": "%s",
       "permissions": [{"action": "write", "resource": "orders"}],
       "createdAt": "2025-10-01T00:00:00Z"}\
      """
          .formatted(OLD, OLD_SECRET);

  private final Path folder;
  private final boolean isRotation;
  private final boolean areTies;
  private final boolean hasMisfortune;
  private final Policy policy;
  private final Set<String> seen = new HashSet<>();

  /** How many orders were tried. */
  int orders;

  /** How many of them left it to another apply to make the token. */
  int bothGaveWay;

  /**
   * @param isRotation whether there is a token in use that has to get a successor; else there is
   *     none yet
   * @param areTies whether all tokens are made in the same instant
   */
  LifecycleInterleavings(Path folder, boolean isRotation, boolean areTies, boolean hasMisfortune)
      throws Exception {
    this.folder = folder;
    this.isRotation = isRotation;
    this.areTies = areTies;
    this.hasMisfortune = hasMisfortune;
    this.policy = PolicyParser.parse(new SourceText("tokens.yaml", POLICY));
  }

  /** Tries all of them. */
  void explore() throws Exception {
    List<Integer> prefix = new ArrayList<>();
    while (prefix != null) {
      orders++;
      Race race = new Race(prefix, new NoChance());
      try {
        race.run();
      } catch (AssertionError | Exception e) {
        throw new AssertionError(e.getMessage() + "\nin the order " + race.trace, e);
      }
      prefix = next(race.choices, race.widths);
    }
  }

  /** Tries some orders, each drawn anew. */
  void sample(int count, long seed) throws Exception {
    for (int i = 0; i < count; i++) {
      orders++;
      Race race = new Race(List.of(), new Random(seed + i));
      try {
        race.run();
      } catch (AssertionError | Exception e) {
        throw new AssertionError(
            e.getMessage() + "\nwith the seed " + (seed + i) + " in the order " + race.trace, e);
      }
    }
  }

  /** The next order, in which the last choice that can be is another one; null after the last. */
  private static List<Integer> next(List<Integer> choices, List<Integer> widths) {
    for (int i = choices.size() - 1; i >= 0; i--) {
      if (choices.get(i) + 1 < widths.get(i)) {
        List<Integer> prefix = new ArrayList<>(choices.subList(0, i));
        prefix.add(choices.get(i) + 1);
        return prefix;
      }
    }
    return null;
  }

  /** How an apply ended. */
  private enum End {
    NOTHING_TO_DO,
    COMPLETE,
    INCOMPLETE,
    DENIED,
    STALE,
    DEAD
  }

  /** What may happen to a call that is held. */
  private enum Way {
    GOES,
    FAILS,
    DIES
  }

  /** Takes what comes first, so that the orders follow one another. */
  private static final class NoChance extends Random {
    private static final long serialVersionUID = 1L;

    @Override
    public int nextInt(int bound) {
      return 0;
    }
  }

  private record Option(Contender contender, Way way) {}

  /** Both applies in one order of their calls. */
  private final class Race {
    private final List<Integer> prefix;
    private final Random chance;
    final List<Integer> choices = new ArrayList<>();
    final List<Integer> widths = new ArrayList<>();
    final List<String> trace = new ArrayList<>();
    private final MovableClock clock = new MovableClock(NOW);
    private final Path where;
    private final Path secrets;
    private final Set<TokenId> delivered = new HashSet<>();
    private Sandbox sandbox;
    private ManagementApi deaf;
    private boolean isSpoilt;

    /**
     * @param chance draws what the prefix does not say
     */
    Race(List<Integer> prefix, Random chance) throws IOException {
      this.prefix = prefix;
      this.chance = chance;
      this.where = Files.createTempDirectory(folder, "race");
      this.secrets = Files.createDirectory(where.resolve("secrets"));
      if (isRotation) {
        Files.writeString(secrets.resolve(NAME), OLD_SECRET);
      }
    }

    void run() throws Exception {
      AtomicInteger ids = new AtomicInteger();
      try (ScriptedServer lossy =
              ScriptedServer.playing(
                  (number, request, wire) ->
                      wire.send(answer(503, "Content-Type: application/json", "{}")));
          ManagementApi api = Apis.api(lossy);
          Sandbox started =
              Sandbox.start(
                  SandboxOptions.builder()
                      .seedJson(
                          "{\"databases\": [\"orders\"], \"tokens\": ["
                              + (isRotation ? ROTATION : "")
                              + "]}")
                      .clock(clock)
                      .ids(
                          () -> {
                            if (!areTies) {
                              clock.move(Duration.ofMillis(1));
                            }
                            return new TokenId(
                                new UUID(0x4000L, 0x8000000000000001L + ids.getAndIncrement()));
                          })
                      .build())) {
        sandbox = started;
        deaf = api;
        race();
        lastApply();
      }
    }

    private void race() throws Exception {
      List<Contender> contenders = List.of(new Contender("A", this), new Contender("B", this));
      while (true) {
        List<Option> options = options(contenders);
        check();
        if (options.isEmpty()) {
          break;
        }
        boolean isNew = choices.size() < prefix.size() || seen.add(situation(contenders));
        int choice =
            choices.size() < prefix.size()
                ? prefix.get(choices.size())
                : chance.nextInt(options.size());
        choices.add(choice);
        widths.add(isNew ? options.size() : 1);
        Option option = options.get(choice);
        isSpoilt |= option.way() != Way.GOES;
        trace.add(option.contender().name + " " + option.contender().held() + " " + option.way());
        option.contender().release(option.way());
      }
      for (Contender contender : contenders) {
        contender.join();
      }
      trace.add(contenders.stream().map(contender -> contender.end).toList().toString());
      if (!isSpoilt) {
        long complete = contenders.stream().filter(each -> each.end == End.COMPLETE).count();
        assertThat(complete).as("that made it").isLessThanOrEqualTo(1);
        bothGaveWay += complete == 0 ? 1 : 0;
        assertThat(complete == 1 || areTies).as("that somebody made it").isTrue();
        if (complete == 1) {
          assertMade();
        }
      }
    }

    /** Waits until neither goes on by itself, and answers what can come next. */
    private List<Option> options(List<Contender> contenders) {
      for (Contender contender : contenders) {
        while (!contender.isOver && contender.held() == null) {
          LockSupport.parkNanos(50_000);
        }
      }
      List<Option> options = new ArrayList<>();
      for (Contender contender : contenders) {
        String held = contender.held();
        if (held == null) {
          continue;
        }
        options.add(new Option(contender, Way.GOES));
        // The other one is its mirror image.
        if (hasMisfortune && !isSpoilt && contender == contenders.get(0)) {
          options.add(new Option(contender, Way.DIES));
          if (held.startsWith("deliver") || held.startsWith("create")) {
            options.add(new Option(contender, Way.FAILS));
          }
        }
      }
      return options;
    }

    private String situation(List<Contender> contenders) {
      return contenders.stream().map(Contender::memory).collect(Collectors.joining("\n"))
          + "\n"
          + isSpoilt
          + delivered
          + state();
    }

    private String state() {
      return sandbox.tokens() + " " + held();
    }

    private Optional<TokenId> held() {
      try {
        return sandbox.tokenOf(Secret.of(Files.readString(secrets.resolve(NAME))));
      } catch (IOException e) {
        return Optional.empty();
      }
    }

    /** What the sink holds works, and nothing that it ever held was revoked. */
    private void check() {
      held().ifPresent(delivered::add);
      for (TokenId id : delivered) {
        Token token = sandbox.token(id);
        assertThat(token.isRevoked() || token.permissions().isEmpty())
            .as(token + " was delivered and no longer works")
            .isFalse();
      }
    }

    private void assertMade() {
      List<Token> inUse =
          sandbox.tokens().stream()
              .filter(token -> !token.isRevoked())
              .filter(token -> token.description().equals("Checkout"))
              .toList();
      assertThat(inUse).as("in use").hasSize(1);
      assertThat(held()).hasValue(inUse.get(0).id());
      assertThat(inUse.get(0).id()).isNotEqualTo(OLD);
      assertThat(sandbox.tokens())
          .as("being made")
          .noneMatch(
              token ->
                  !token.isRevoked()
                      && LiveDescription.parse(token.description())
                          .label()
                          .filter(Label.Pending.class::isInstance)
                          .isPresent());
    }

    private void lastApply() throws Exception {
      clock.move(Duration.ofMinutes(20));
      for (int i = 0; i < 2; i++) {
        try (ManagementApi api = api()) {
          trace.add("last: " + apply(api, where.resolve("last"), name -> Turn.STORES, 3));
        }
        check();
      }
      assertMade();
    }

    private ManagementApi api() {
      return new HttpManagementApi(
          address(), sandbox.managementToken(), Apis.patient(Apis.once()).withParallelism(1));
    }

    private ClusterAddress address() {
      return Apis.clustered(ClusterUrl.parse(sandbox.url().toString()));
    }

    private End apply(
        ManagementApi api, Path journals, ScriptedFolders.Script script, int randomSeed)
        throws Exception {
      Plan plan =
          Planner.plan(
              policy,
              new Live(address(), api.listTokens(), List.of("orders")),
              new PlanOptions(
                      WaveOrder.GRANT_FIRST,
                      Selection.ALL,
                      Guardrails.NONE,
                      Set.of(),
                      clock.instant())
                  .with(
                      Due.INCLUDE,
                      new TreeMap<>(Map.of(SINK, new SinkDefinition.Directory(secrets.toString()))),
                      new Journals(journals, clock).fates()));
      if (plan.isDenied() || plan.hasErrors()) {
        return End.DENIED;
      }
      if (!plan.hasChanges()) {
        return End.NOTHING_TO_DO;
      }
      Random random = new Random(randomSeed);
      Deliveries deliveries =
          new Deliveries(
              ScriptedFolders.sinks(
                  new SinkSurroundings(Map.of(), where, new Masking(), Set.of()), script),
              "cluster",
              random::nextInt,
              clock::move);
      try {
        ApplyResult result =
            new Applier(
                    api,
                    new ApplyOptions(1, false, LockWait.NONE, clock, Optional.of(deliveries)),
                    outcome -> {})
                .apply(plan, new Journals(journals, clock), ApplyWorld.header(plan));
        return result.isComplete() ? End.COMPLETE : End.INCOMPLETE;
      } catch (StalePlanException e) {
        return End.STALE;
      }
    }
  }

  /** Thrown where an apply is dead, so that it sends nothing more. */
  private static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** One of the two applies, on a thread of its own. */
  private static final class Contender {
    private final String name;
    private final Race race;
    private final Thread thread;
    private final StringBuilder memory = new StringBuilder();
    private volatile boolean isOver;
    private volatile End end = End.DEAD;

    // Guarded by this.
    private String held;
    private Way way = Way.GOES;

    Contender(String name, Race race) {
      this.name = name;
      this.race = race;
      thread =
          new Thread(
              () -> {
                try (ManagementApi api =
                    new WatchedApi(new LossyApi(race.api()), call -> hold(call))) {
                  End reached =
                      race.apply(
                          api,
                          race.where.resolve(name),
                          file -> hold("deliver") == Way.FAILS ? Turn.FAILS : Turn.STORES,
                          name.charAt(0));
                  end = wasKilled() ? End.DEAD : reached;
                } catch (Death e) {
                  end = End.DEAD;
                } catch (Exception e) {
                  throw new AssertionError(e);
                } finally {
                  isOver = true;
                }
              },
              name);
      thread.setDaemon(true);
      thread.start();
    }

    private synchronized Way hold(String call) {
      if (way != Way.DIES) {
        held = call;
      }
      try {
        while (held != null) {
          wait();
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      if (way == Way.DIES) {
        throw new Death();
      }
      return way;
    }

    private synchronized boolean wasKilled() {
      return way == Way.DIES;
    }

    synchronized String held() {
      return held;
    }

    synchronized void release(Way how) {
      if (memory.isEmpty()) {
        // Its plan. What it decides after a later look shows in the call that it makes next.
        memory.append(race.state()).append(' ');
      }
      memory.append(held).append(' ').append(how);
      memory.append('\n');
      way = how;
      held = null;
      notifyAll();
    }

    String memory() {
      return memory + (isOver ? "over" : "");
    }

    void join() throws InterruptedException {
      thread.join();
    }

    /** The cluster, save that the answer to a creation may be lost. */
    private final class LossyApi implements ManagementApi {
      private final ManagementApi real;

      LossyApi(ManagementApi real) {
        this.real = real;
      }

      private boolean isLost() {
        synchronized (Contender.this) {
          return way == Way.FAILS;
        }
      }

      @Override
      public NewToken createToken(TokenCreation creation, AttemptListener attempts)
          throws ApiException {
        NewToken made = real.createToken(creation, attempts);
        return isLost() ? race.deaf.createToken(creation, attempts) : made;
      }

      @Override
      public TokenListing listTokens() throws ApiException {
        return real.listTokens();
      }

      @Override
      public DatabaseListing listDatabases() throws ApiException {
        return real.listDatabases();
      }

      @Override
      public Token getToken(TokenId id) throws ApiException {
        return real.getToken(id);
      }

      @Override
      public Token updateToken(TokenId id, TokenUpdate update, AttemptListener attempts)
          throws ApiException {
        return real.updateToken(id, update, attempts);
      }

      @Override
      public void forget(Secret secret) {
        real.forget(secret);
      }

      @Override
      public void revokeToken(TokenId id, AttemptListener attempts) throws ApiException {
        real.revokeToken(id, attempts);
      }

      @Override
      public Database createDatabase(DatabaseCreation creation, AttemptListener attempts)
          throws ApiException {
        return real.createDatabase(creation, attempts);
      }

      @Override
      public Database updateDatabase(
          DatabaseName name, DatabaseUpdate update, AttemptListener attempts) throws ApiException {
        return real.updateDatabase(name, update, attempts);
      }

      @Override
      public Database renameDatabase(DatabaseName name, DatabaseName to, AttemptListener attempts)
          throws ApiException {
        return real.renameDatabase(name, to, attempts);
      }

      @Override
      public void deleteDatabase(DatabaseName name, AttemptListener attempts) throws ApiException {
        real.deleteDatabase(name, attempts);
      }

      @Override
      public ManagementApi finishing() {
        return new LossyApi(real.finishing());
      }

      @Override
      public void stopChanges() {
        real.stopChanges();
      }

      @Override
      public void close() {
        real.close();
      }
    }
  }
}
