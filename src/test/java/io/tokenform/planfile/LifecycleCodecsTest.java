package io.tokenform.planfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.SinkName;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.finding.Allowance;
import io.tokenform.finding.SourceText;
import io.tokenform.live.Live;
import io.tokenform.plan.Due;
import io.tokenform.plan.Kind;
import io.tokenform.plan.PendingFates;
import io.tokenform.plan.Plan;
import io.tokenform.plan.PlanOptions;
import io.tokenform.plan.Selection;
import io.tokenform.plan.WaveOrder;
import io.tokenform.plan.planner.Planner;
import io.tokenform.policy.Guardrails;
import io.tokenform.policy.PolicyParser;
import io.tokenform.policy.SinkDefinition;
import io.tokenform.testing.Apis;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Plans with changes of each kind, in files. */
class LifecycleCodecsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Permission WRITE = Permission.write("orders");

  private static final String POLICY =
      """
      version: 1
      tokens:
        checkout:
          description: Checkout
          permissions: {write: [orders]}
          deliver: vault
          expires: 120d
          rotate: {every: 90d, settle: 30s}
        edge:
          description: Edge
          permissions: {write: [orders]}
          deliver: files
          expires: "2027-01-01T00:00:00Z"
        grafana:
          description: Grafana
          permissions: {write: [orders]}
        old:
          description: Old
          state: revoked
          reason: INC-42
      """;

  private static Token token(int number, String description) {
    return new Token(
        TokenId.parse("00000000-0000-4000-8000-%012d".formatted(number)),
        description,
        Permissions.of(WRITE),
        Optional.of(NOW.minus(Duration.ofDays(400))),
        Optional.empty(),
        Optional.empty());
  }

  private static Token powerless(int number, String description) {
    Token token = token(number, description);
    return new Token(
        token.id(),
        description,
        Permissions.NONE,
        token.createdAt(),
        Optional.empty(),
        Optional.empty());
  }

  private static SavedPlan saved() throws Exception {
    return saved(List.of("vault", "kv", "put", "{name}"));
  }

  private static SavedPlan saved(List<String> command) throws Exception {
    TreeMap<SinkName, SinkDefinition> sinks = new TreeMap<>();
    sinks.put(
        new SinkName("vault"),
        new SinkDefinition.Command(
            command, List.of("vault", "token", "lookup"), Duration.ofSeconds(60)));
    sinks.put(new SinkName("files"), new SinkDefinition.Directory("/run/secrets"));
    Plan plan =
        Planner.plan(
            PolicyParser.parse(new SourceText("tokens.yaml", POLICY)),
            new Live(
                Apis.clustered(ClusterUrl.parse("https://cluster.example.com")),
                List.of(
                    token(1, "Checkout"),
                    token(2, "Checkout (tokenform: retiring until 2025-12-01T00:00:00Z)"),
                    powerless(3, "Checkout (tokenform: retired until 2025-12-01T00:00:00Z)"),
                    token(7, "Checkout (tokenform: retired until 2025-12-01T00:00:00Z)"),
                    token(4, "Old"),
                    token(5, "Grafana (tokenform: pending 3f9a1c3f9a1c)"),
                    token(6, "Grafana (tokenform: retiring until 2026-02-01T00:00:00Z)")),
                List.of("orders")),
            new PlanOptions(
                    WaveOrder.GRANT_FIRST,
                    Selection.ALL,
                    Guardrails.NONE,
                    Set.of(Allowance.parse("revoke:old")),
                    NOW)
                .with(Due.INCLUDE, sinks, (nonce, id) -> PendingFates.Fate.DELIVERED));
    return new SavedPlan("1.0.0", NOW, "sha256:" + "0".repeat(64), plan);
  }

  @Test
  void changesOfEachKindAreReadAsTheyWereWritten() throws Exception {
    SavedPlan saved = saved();
    assertThat(saved.plan().changes().stream().map(change -> change.kind()))
        .contains(Kind.CREATE, Kind.ROTATE, Kind.RETIRE, Kind.REVOKE, Kind.CLEAN_UP);

    String file = PlanFile.write(saved);
    SavedPlan read = PlanFile.read(file.getBytes(StandardCharsets.UTF_8));

    assertThat(read.plan().changes()).hasToString(saved.plan().changes().toString());
    assertThat(read.digest()).isEqualTo(saved.digest());
    assertThat(PlanFile.write(read)).isEqualTo(file);
  }

  @Test
  void theSchemaDescribesThem() throws Exception {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("schemas/plan.schema.json")));

    assertThat(schema.validate(PlanFile.write(saved()), InputFormat.JSON)).isEmpty();
  }

  @Test
  void theDigestCoversTheSinks() throws Exception {
    assertThat(saved(List.of("vault", "kv", "put", "{name}")).digest()).isEqualTo(saved().digest());
    assertThat(saved(List.of("vault", "kv", "put", "{cluster}")).digest())
        .isNotEqualTo(saved().digest());
  }

  @Test
  void aPlanThatSaysOneThingAndDoesAnotherIsRefused() throws Exception {
    String file = PlanFile.write(saved());
    for (String[] change :
        List.of(
            new String[] {"\"deliver\" : \"vault\"", "\"deliver\" : \"other\""},
            new String[] {"\"{name}\"", "\"{cluster}\""},
            new String[] {"\"overlap\" : \"7d\"", "\"overlap\" : \"0s\""},
            new String[] {"\"because\" : \"older than every\"", "\"because\" : \"asked for\""},
            new String[] {"\"reason\" : \"INC-42\"", "\"reason\" : \"INC-43\""})) {
      assertThat(file).contains(change[0]);
      assertThatThrownBy(
              () ->
                  PlanFile.read(
                      file.replace(change[0], change[1]).getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(InvalidPlanException.class);
    }
  }
}
