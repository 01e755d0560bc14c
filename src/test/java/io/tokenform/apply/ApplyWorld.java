package io.tokenform.apply;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.TokenId;
import io.tokenform.apply.journal.JournalHeader;
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
import io.tokenform.planfile.Digests;
import io.tokenform.policy.Guardrails;
import io.tokenform.policy.PolicyParser;
import io.tokenform.sandbox.RecordedRequest;
import io.tokenform.sandbox.RequestListener;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import io.tokenform.sandbox.fault.Faults;
import io.tokenform.testing.Apis;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A sandbox with as many tokens as a plan has changes, a third of them in each wave; what goes
 * wrong begins with the apply.
 */
public final class ApplyWorld implements AutoCloseable {
  public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /** Gives up soon, so that a test of failures takes no time. */
  public static final RetryPolicy HASTY =
      new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(60));

  private static final List<String> WAVES =
      List.of(
          "grants-%03d: {id: %s, permissions: {read: [metrics, logs]}}",
          "trades-%03d: {id: %s, permissions: {write: [metrics]}}",
          "yields-%03d: {id: %s, permissions: {}}");

  private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
  private final Sandbox sandbox;
  private final String policy;

  public ApplyWorld(int perWave, String... faults) {
    this(perWave, request -> {}, faults);
  }

  /**
   * @param perWave how many changes each of the three waves has
   * @param listener hears of each request after it was noted
   * @param faults rules of the sandbox's
   */
  public ApplyWorld(int perWave, RequestListener listener, String... faults) {
    StringBuilder seed = new StringBuilder();
    StringBuilder text = new StringBuilder("version: 1\ntokens:\n");
    for (int wave = 0; wave < WAVES.size(); wave++) {
      for (int i = 0; i < perWave; i++) {
        TokenId id = id(wave + 1, i);
        seed.append(seed.isEmpty() ? "" : ", ");
        seed.append(
            """
            {"id": "%s", "description": "token %d of wave %d",
             "permissions": [{"action": "read", "resource": "metrics"}]}\
            """
                .formatted(id, i, wave + 1));
        text.append("  ").append(WAVES.get(wave).formatted(i, id)).append('\n');
      }
    }
    policy = text.toString();
    sandbox =
        Sandbox.start(
            SandboxOptions.builder()
                .seedJson("{\"databases\": [\"metrics\", \"logs\"], \"tokens\": [" + seed + "]}")
                .faults(Faults.parse(List.of(faults), 1))
                .listener(
                    request -> {
                      requests.add(request);
                      listener.answered(request);
                    })
                .build());
  }

  /** The id of a wave's token, waves from 1 and tokens from 0. */
  public static TokenId id(int wave, int number) {
    return new TokenId(new UUID(0x4000L + wave, 0x8000000000000000L + number));
  }

  public Sandbox sandbox() {
    return sandbox;
  }

  public ClusterAddress address() {
    return Apis.clustered(ClusterUrl.parse(sandbox.url().toString()));
  }

  public ManagementApi api(RetryPolicy retries, int parallelism) {
    ClientOptions options = Apis.patient(retries).withParallelism(parallelism);
    return new HttpManagementApi(address(), sandbox.managementToken(), options);
  }

  /** Plans, and forgets the requests that it took. */
  public Plan plan() throws Exception {
    try (ManagementApi api = api(HASTY, 1)) {
      Plan plan = plan(policy, new Live(address(), api.listTokens(), api.listDatabases().names()));
      requests.clear();
      return plan;
    }
  }

  public static Plan plan(String policy, Live live) throws Exception {
    return Planner.plan(
        PolicyParser.parse(new SourceText("tokens.yaml", policy)),
        live,
        new PlanOptions(
            WaveOrder.GRANT_FIRST,
            Selection.ALL,
            Guardrails.NONE,
            Set.of(Allowance.parse("lockout")),
            NOW));
  }

  public static JournalHeader header(Plan plan) {
    return new JournalHeader(
        NOW,
        "0.1.0",
        "somebody",
        Optional.of("somewhere"),
        Digests.of(plan),
        plan.cluster(),
        plan.order(),
        plan.changes().size(),
        Optional.empty());
  }

  public List<RecordedRequest> requests() {
    return requests;
  }

  /** The requests that would change a token, in the order in which their answers were ready. */
  public List<RecordedRequest> patches() {
    return requests.stream().filter(request -> request.method().equals("PATCH")).toList();
  }

  /** How many of those really did. */
  public long acted() {
    return patches().stream().filter(RecordedRequest::acted).count();
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
