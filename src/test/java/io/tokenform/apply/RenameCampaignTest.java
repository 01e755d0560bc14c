package io.tokenform.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.apply.journal.JournalException;
import io.tokenform.apply.journal.Journals;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.ClientOptions;
import io.tokenform.cluster.HttpManagementApi;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.cluster.RetryPolicy;
import io.tokenform.finding.Allowance;
import io.tokenform.finding.SourceText;
import io.tokenform.live.Live;
import io.tokenform.plan.Plan;
import io.tokenform.plan.PlanOptions;
import io.tokenform.plan.Selection;
import io.tokenform.plan.WaveOrder;
import io.tokenform.plan.planner.Planner;
import io.tokenform.policy.Guardrails;
import io.tokenform.policy.Policy;
import io.tokenform.policy.PolicyParser;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import io.tokenform.sandbox.fault.Faults;
import io.tokenform.testing.Apis;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database with five users is renamed by applies that die after any call, over a connection that
 * fails in all ways: at every moment each user may use the data under one of the two names.
 */
class RenameCampaignTest {
  private static final long SEED = Long.getLong("campaign.seed", 19);
  private static final int WORLDS = Integer.getInteger("campaign.worlds", 25);

  private static final TokenId READER = TokenId.parse("11111111-0000-4000-8000-000000000001");
  private static final TokenId WRITER = TokenId.parse("22222222-0000-4000-8000-000000000002");

  /** It reads one database, and shall read all of them. */
  private static final TokenId EVERYWHERE = TokenId.parse("33333333-0000-4000-8000-000000000003");

  private static final TokenId EDGE = TokenId.parse("44444444-0000-4000-8000-000000000004");

  /** It has a successor, and is still in use somewhere. */
  private static final TokenId EDGE_BEFORE = TokenId.parse("55555555-0000-4000-8000-000000000005");

  private static final String START =
      """
      {"databases": ["logs", "orders"], "tokens": [
        {"id": "%s", "description": "Reader",
         "permissions": [{"action": "read", "resource": "orders"}]},
        {"id": "%s", "description": "Writer",
         "permissions": [{"action": "write", "resource": "orders"},
                         {"action": "read", "resource": "logs"}]},
        {"id": "%s", "description": "Everywhere",
         "permissions": [{"action": "read", "resource": "orders"},
                         {"action": "write", "resource": "orders"}]},
        {"id": "%s", "description": "Edge",
         "permissions": [{"action": "read", "resource": "orders"}]},
        {"id": "%s", "description": "Edge (tokenform: retiring until 2100-01-01T00:00:00Z)",
         "permissions": [{"action": "read", "resource": "orders"}]}]}
      """
          .formatted(READER, WRITER, EVERYWHERE, EDGE, EDGE_BEFORE);

  private static final String POLICY =
      """
      version: 1
      tokens:
        reader: {id: %s, permissions: {read: [sales]}}
        writer: {id: %s, permissions: {write: [sales], read: [lines]}}
        everywhere: {id: %s, permissions: {read: ["*"]}}
        edge: {description: Edge, permissions: {read: [sales]}}
      databases:
        sales: {renamed: orders, maxTables: 300}
        lines: {renamed: logs}
      """
          .formatted(READER, WRITER, EVERYWHERE);

  private static final List<String> FAULTS =
      List.of(
          "status=429,retry-after=0",
          "status=500",
          "status=503,acts",
          "status=504,acts",
          "reset",
          "reset,acts",
          "half",
          "content-type=text/html",
          "wrong",
          "ignored",
          "stale=5ms",
          "status=400",
          "status=404",
          "status=409",
          "status=401");

  private static final List<String> RATES = List.of("5%", "20%", "50%");

  private static final RetryPolicy RETRIES =
      new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(2));

  @TempDir Path folder;

  /** What a killed process does not do any more. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void eachUserHasTheDataAtEveryMoment() throws Exception {
    int killed = 0;
    int failed = 0;
    int between = 0;
    for (int i = 0; i < WORLDS; i++) {
      World world = new World(SEED * 1000 + i, folder.resolve("world-" + i));
      world.run();
      killed += world.killed;
      failed += world.failed;
      between += world.between.get();
    }
    // The campaign has been where it is dangerous.
    assertThat(killed).isGreaterThan(WORLDS);
    assertThat(failed).isGreaterThan(WORLDS / 2);
    assertThat(between).isGreaterThan(WORLDS);
  }

  private static final class World {
    private final long seed;
    private final Path folder;
    private final Random random;
    private final WaveOrder order;
    private final List<String> gaps = new CopyOnWriteArrayList<>();
    private final AtomicReference<Sandbox> current = new AtomicReference<>();
    private final AtomicInteger between = new AtomicInteger();
    private int killed;
    private int failed;

    World(long seed, Path folder) {
      this.seed = seed;
      this.folder = folder;
      this.random = new Random(seed);
      this.order = random.nextBoolean() ? WaveOrder.GRANT_FIRST : WaveOrder.REVOKE_FIRST;
    }

    void run() throws Exception {
      Files.createDirectories(folder);
      for (int round = 0; round < 6; round++) {
        String fault =
            FAULTS.get(random.nextInt(FAULTS.size()))
                + ",rate="
                + RATES.get(random.nextInt(RATES.size()));
        try (Sandbox sandbox = sandbox(List.of(fault))) {
          apply(sandbox, random.nextInt(1, 9), round);
        }
      }
      try (Sandbox sandbox = sandbox(List.of())) {
        Plan plan = apply(sandbox, Integer.MAX_VALUE, 100);
        assertThat(plan(sandbox, api(sandbox)).changes()).as(what(plan)).isEmpty();
        assertThat(sandbox.token(READER).permissions())
            .isEqualTo(Permissions.of(Permission.read("sales")));
        assertThat(sandbox.token(WRITER).permissions())
            .isEqualTo(Permissions.of(Permission.read("lines"), Permission.write("sales")));
        assertThat(sandbox.token(EVERYWHERE).permissions())
            .isEqualTo(Permissions.of(Permission.read("*")));
        for (TokenId id : List.of(EDGE, EDGE_BEFORE)) {
          assertThat(sandbox.token(id).permissions())
              .isEqualTo(Permissions.of(Permission.read("sales")));
        }
        assertThat(names(sandbox)).containsExactlyInAnyOrder("lines", "sales");
      }
      assertThat(gaps).as("world " + seed).isEmpty();
    }

    private String what(Plan plan) {
      return "world " + seed + " after " + plan.changes();
    }

    private Sandbox sandbox(List<String> faults) {
      Sandbox sandbox =
          Sandbox.start(
              SandboxOptions.builder()
                  .seedJson(START)
                  .stateFile(folder.resolve("sandbox.json"))
                  .faults(Faults.parse(faults, random.nextLong()))
                  .listener(request -> look(request.method() + " " + request.path()))
                  .build());
      current.set(sandbox);
      return sandbox;
    }

    private static Set<String> names(Sandbox sandbox) {
      Set<String> names = new HashSet<>();
      sandbox.databases().forEach(database -> names.add(database.name().value()));
      return names;
    }

    /** Notes who cannot use the data now. */
    private void look(String request) {
      Sandbox sandbox = current.get();
      Set<String> names = names(sandbox);
      for (Token token : sandbox.tokens()) {
        boolean isReader = token.id().equals(READER);
        boolean isWriter = token.id().equals(WRITER);
        Permissions permissions = token.permissions();
        check(request, token, names, isWriter ? "write" : "read", "orders", "sales");
        if (isWriter) {
          check(request, token, names, "read", "logs", "lines");
        }
        if (isReader && permissions.size() == 2) {
          between.incrementAndGet();
        }
      }
    }

    private void check(
        String request, Token token, Set<String> names, String action, String old, String now) {
      boolean can =
          token.permissions().stream()
              .filter(permission -> permission.action().name().equals(action))
              .map(Permission::resource)
              .anyMatch(
                  name ->
                      name.equals(Permission.ALL_DATABASES)
                          || ((name.equals(old) || name.equals(now)) && names.contains(name)));
      if (!can) {
        gaps.add(
            "after "
                + request
                + " "
                + token.description()
                + " has "
                + token.permissions()
                + " and there are "
                + names);
      }
    }

    private static ManagementApi api(Sandbox sandbox) {
      ClientOptions options = Apis.patient(RETRIES).withParallelism(1);
      return new HttpManagementApi(
          Apis.clustered(ClusterUrl.parse(sandbox.url().toString())),
          sandbox.managementToken(),
          options);
    }

    private Plan plan(Sandbox sandbox, ManagementApi api) throws Exception {
      Policy policy = PolicyParser.parse(new SourceText("tokens.yaml", POLICY));
      return Planner.plan(
          policy,
          new Live(
              Apis.clustered(ClusterUrl.parse(sandbox.url().toString())),
              api.listTokens(),
              api.listDatabases()),
          new PlanOptions(
              order,
              Selection.ALL,
              Guardrails.NONE,
              Set.of(Allowance.parse("data-loss"), Allowance.parse("lockout")),
              Instant.EPOCH));
    }

    /** One apply that dies at its n-th call; it may well find something that stops it before. */
    private Plan apply(Sandbox sandbox, int callsToLive, int round) throws Exception {
      try (ManagementApi real = api(sandbox)) {
        Plan plan;
        try {
          plan = plan(sandbox, real);
        } catch (ApiException e) {
          failed++;
          return null;
        }
        if (plan.hasErrors() || plan.isDenied()) {
          // Of a listing that was wrong.
          failed++;
          return plan;
        }
        AtomicInteger left = new AtomicInteger(callsToLive);
        try {
          boolean isComplete =
              new Applier(mortal(real, left), new ApplyOptions(1, false), outcome -> {})
                  .apply(
                      plan,
                      new Journals(folder.resolve("journal-" + round), Clock.systemUTC()),
                      ApplyWorld.header(plan))
                  .isComplete();
          failed += isComplete ? 0 : 1;
        } catch (ApiException | StalePlanException | JournalException e) {
          failed++;
        } catch (Killed e) {
          killed++;
          return plan;
        }
        killed += left.get() < 0 ? 1 : 0;
        return plan;
      }
    }

    /** The same cluster for a process that dies at a call: half of the time that still arrives. */
    private ManagementApi mortal(ManagementApi real, AtomicInteger left) {
      return (ManagementApi)
          Proxy.newProxyInstance(
              ManagementApi.class.getClassLoader(),
              new Class<?>[] {ManagementApi.class},
              (proxy, method, arguments) -> {
                boolean isLast = false;
                if (List.of(method.getExceptionTypes()).contains(ApiException.class)) {
                  int rest = left.decrementAndGet();
                  isLast = rest == -1;
                  if (rest < -1 || (isLast && random.nextBoolean())) {
                    throw new Killed();
                  }
                }
                Object result;
                try {
                  result = method.invoke(real, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
                if (isLast) {
                  throw new Killed();
                }
                return result instanceof ManagementApi api ? mortal(api, left) : result;
              });
    }
  }
}
