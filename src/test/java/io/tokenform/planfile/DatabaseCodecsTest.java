package io.tokenform.planfile;

import static io.tokenform.plan.PlanWorld.QUIET;
import static io.tokenform.plan.PlanWorld.database;
import static io.tokenform.plan.PlanWorld.id;
import static io.tokenform.plan.PlanWorld.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.apply.journal.JournalJson;
import io.tokenform.cluster.Endpoints;
import io.tokenform.plan.Change;
import io.tokenform.plan.Kind;
import io.tokenform.plan.Plan;
import io.tokenform.plan.PlanWorld;
import io.tokenform.plan.Update;
import io.tokenform.plan.Wave;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatabaseCodecsTest {
  private static final String ALL =
      QUIET
          + "tokens:\n  a: {id: "
          + id(1)
          + ", permissions: {read: [sales]}}\n"
          + """
          databases:
            fresh:
              retention: 30d
              maxColumnsPerTable: 7
              partitionTemplate:
                - {type: tag, value: room}
                - {type: time, value: "%Y-%m"}
                - {type: bucket, value: {tagName: sensor, numberOfBuckets: 10}}
            sales: {renamed: orders, maxTables: 7}
            logs: {retention: 1d, maxTables: 3}
            metrics: {state: deleted}
            same: {retention: 90d}
          """;

  private static Plan plan() throws Exception {
    return plan("90d");
  }

  private static Plan plan(String retention) throws Exception {
    return new PlanWorld()
        .with(token(1, "A", Permission.read("orders")))
        .withDatabases(
            database("orders", "90d"),
            database("logs", retention),
            database("metrics", "90d"),
            database("same", "90d"))
        .allowing("data-loss")
        .plan(ALL);
  }

  private static SavedPlan saved(Plan plan) {
    return new SavedPlan("0.1.0", Instant.EPOCH, "sha256:" + "0".repeat(64), plan);
  }

  @Test
  void eachKindIsReadAsItWasWritten() throws Exception {
    Plan plan = plan();
    for (Kind kind : Kind.values()) {
      assertThat(plan.count(kind))
          .as(kind.toString())
          .isEqualTo(kind.isOfDatabases() || kind == Kind.UPDATE ? 1 : 0);
    }

    SavedPlan read = PlanFile.read(PlanFile.write(saved(plan)).getBytes(StandardCharsets.UTF_8));

    // Places are read without the texts of their files.
    assertThat(PlanFile.write(read)).isEqualTo(PlanFile.write(saved(plan)));
    assertThat(read.digest()).isEqualTo(Digests.of(plan));
    assertThat(read.plan().databases()).isEqualTo(plan.databases());
    assertThat(read.plan().changes())
        .extracting(change -> change.steps())
        .isEqualTo(plan.changes().stream().map(change -> change.steps()).toList());
  }

  @Test
  void aTemplateIsWrittenAsTheApiHasIt() throws Exception {
    JsonNode created = null;
    for (JsonNode change :
        new ObjectMapper().readTree(PlanFile.write(saved(plan()))).path("changes")) {
      created = change.has("partitionTemplate") ? change : created;
    }

    assertThat(created).isNotNull();
    assertThat(created.path("partitionTemplate").toString())
        .isEqualTo(
            """
            [{"type":"tag","value":"room"},{"type":"time","value":"%Y-%m"},\
            {"type":"bucket","value":{"tagName":"sensor","numberOfBuckets":10}}]""");
  }

  @Test
  void theDigestKnowsOnWhatAChangeRests() throws Exception {
    assertThat(Digests.of(plan("91d"))).isNotEqualTo(Digests.of(plan("90d")));
    assertThat(Digests.of(plan("90d"))).isEqualTo(Digests.of(plan("90d")));
  }

  @Test
  void inTheMiddleOfAPlanNobodyMayDoMoreThanUnderNewNames() throws Exception {
    Plan plan =
        new PlanWorld()
            .with(token(1, "A", Permission.read("orders")))
            .plan(QUIET + "tokens:\n  a: {id: " + id(1) + ", permissions: {read: [logs]}}\n");
    Permissions before = Permissions.of(Permission.read("orders"));

    assertThat(PlanFile.read(file(plan, before)).plan().changes()).hasSize(1);
    for (Permissions other :
        List.of(before.union(Permissions.of(Permission.write("elsewhere"))), Permissions.NONE)) {
      byte[] file = file(plan, other);
      assertThatThrownBy(() -> PlanFile.read(file)).isInstanceOf(InvalidPlanException.class);
    }
  }

  /** The plan, whose one token may do this in the middle of it. */
  private static byte[] file(Plan plan, Permissions meanwhile) {
    Update change = (Update) plan.changes().get(0);
    Update other =
        Update.of(
            Endpoints.of(plan.cluster()),
            change.address(),
            change.token(),
            change.id(),
            change.where(),
            change.description(),
            change.before(),
            change.after(),
            change.roles(),
            Optional.of(meanwhile));
    Plan altered =
        new Plan(
            plan.cluster(),
            plan.order(),
            List.of(other),
            plan.unchanged(),
            plan.unselected(),
            plan.leftAlone(),
            plan.unmanaged(),
            plan.activeTokens(),
            plan.inactiveTokens(),
            plan.dueLeftOut(),
            plan.findings(),
            plan.allowed(),
            plan.guardrails(),
            plan.expectations());
    return PlanFile.write(saved(altered)).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aPlanWithoutDatabasesSaysNothingOfThem() throws Exception {
    Plan plan =
        new PlanWorld()
            .with(token(1, "A"))
            .plan(QUIET + "tokens:\n  a: {id: " + id(1) + ", permissions: {read: [logs]}}\n");

    String text = PlanFile.write(saved(plan));

    assertThat(text).doesNotContain("-database\"", "\"databases\"", "data-loss");
    assertThat(new ObjectMapper().readTree(text).path("summary").has("update")).isTrue();
  }

  @Test
  void theSummaryCountsWhatLosesDataByItself() throws Exception {
    JsonNode summary = new ObjectMapper().readTree(PlanFile.write(saved(plan()))).path("summary");
    JsonNode other =
        new ObjectMapper().readTree(PlanFile.write(saved(plan("infinite")))).path("summary");
    JsonNode none =
        new ObjectMapper()
            .readTree(
                PlanFile.write(
                    saved(
                        new PlanWorld()
                            .withDatabases(database("logs", "90d"))
                            .plan(QUIET + "tokens: {}\ndatabases: {logs: {retention: 91d}}\n"))))
            .path("summary");

    // The update of "logs" and the deletion of "metrics"; "fresh" is made, and "sales" renamed.
    assertThat(summary.path("losesData").asInt()).isEqualTo(2);
    assertThat(summary.path("neutral").asInt()).isEqualTo(2);
    assertThat(other).isEqualTo(summary);
    assertThat(none.has("losesData")).isFalse();
    assertThat(none.path("neutral").asInt()).isEqualTo(1);
  }

  @Test
  void theSchemasDescribeThem() throws Exception {
    assertThat(schema("plan").validate(PlanFile.write(saved(plan())), InputFormat.JSON)).isEmpty();
    for (Change change : plan().changes()) {
      String line = JournalJson.started(change, Instant.EPOCH);
      assertThat(schema("journal").validate(line, InputFormat.JSON)).as(line).isEmpty();
    }
  }

  private static Schema schema(String name) throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(Path.of("schemas/" + name + ".schema.json")));
  }

  /** A creation that needs a name which a database gets in the same plan has another wave. */
  @Test
  void aCreationThatWaitsForARenameIsReadAsSuchAOne() throws Exception {
    String policy =
        QUIET
            + """
            tokens:
              edge: {description: Edge, permissions: {read: [%s]}, deliver: vault}
            databases:
              sales: {renamed: orders}
            """;
    PlanWorld world =
        new PlanWorld().withDatabases(database("orders", "90d"), database("logs", "90d"));
    Plan waiting = world.plan(policy.formatted("sales"));
    Plan usual = world.plan(policy.formatted("logs"));
    assertThat(waves(waiting)).containsExactly(Wave.RENAMES, Wave.EXCHANGES);
    assertThat(waves(usual)).containsExactly(Wave.GRANTS, Wave.RENAMES);

    for (Plan plan : List.of(waiting, usual)) {
      byte[] file = PlanFile.write(saved(plan)).getBytes(StandardCharsets.UTF_8);
      SavedPlan read = PlanFile.read(file);

      assertThat(waves(read.plan())).isEqualTo(waves(plan));
      assertThat(read.plan().waves()).isEqualTo(plan.waves());
      assertThat(read.digest()).isEqualTo(Digests.of(plan));
      assertThat(Digests.of(read.plan())).isEqualTo(Digests.of(plan));
    }
  }

  private static List<Wave> waves(Plan plan) {
    return plan.changes().stream().map(change -> change.wave()).toList();
  }
}
