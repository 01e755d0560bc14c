package io.tokenform.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tokenform.access.Checksum;
import io.tokenform.access.Masking;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.plan.Effect;
import io.tokenform.plan.Plan;
import io.tokenform.plan.PlanWorld;
import io.tokenform.planfile.InvalidPlanException;
import io.tokenform.planfile.PlanJson;
import io.tokenform.planfile.SavedPlan;
import io.tokenform.report.Plans;
import io.tokenform.report.fleet.FleetDocument;
import io.tokenform.report.fleet.FleetText;
import io.tokenform.report.fleet.Fleets;
import io.tokenform.report.text.Style;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Give -Dfleets.seed to repeat a run of the random fleets. */
class FleetPlanFileTest {
  private static final long SEED = Long.getLong("fleets.seed", System.nanoTime());

  private static final String SCHEMAS =
      "https://raw.githubusercontent.com/tokenform/tokenform/main/schemas/";

  private static final Checksum CHECKSUM = new Checksum("\"checksum\" : \"");

  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(
              SpecificationVersion.DRAFT_2020_12,
              builder ->
                  builder.schemas(Map.of(SCHEMAS + "plan.schema.json", schema("plan.schema.json"))))
          .getSchema(schema("fleet-plan.schema.json"));

  private static String schema(String name) {
    try {
      return Files.readString(Path.of("schemas", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final SavedPlan PLAN =
      new Plans().change("grafana", Plans.read("logs"), Plans.read("logs", "metrics")).plan();
  private static final SavedPlan OTHER =
      new Plans().change("grafana", Plans.read("logs"), Plans.read("metrics")).plan();

  private static final FleetPlan FLEET =
      new Fleets()
          .cluster("dev-eu", 1, PLAN)
          .failed(
              "prod-us",
              2,
              "the policy has an error",
              Diagnostic.error(
                      Code.SYNTAX, new Location(new SourceText("a.yaml", "a: b"), 1, 2, 3), "no")
                  .hint("yes"))
          .cluster("prod-eu", 2, OTHER)
          .fleet();

  @Test
  void whatIsReadIsWhatWasWritten() throws Exception {
    Map<String, String> files = FleetPlanFile.write(FLEET);

    FleetPlan back = read(files);

    assertThat(files.keySet())
        .containsExactly("dev-eu.plan.json", "prod-eu.plan.json", FleetPlanFile.MANIFEST);
    assertThat(FleetPlanFile.write(back)).isEqualTo(files);
    assertThat(back.digest()).isEqualTo(FLEET.digest());
    assertThat(back.clusters())
        .extracting(ClusterPlan::verdict)
        .containsExactly(Verdict.CHANGES, Verdict.FAILED, Verdict.CHANGES);
    assertThat(back.clusters().get(1).failure().orElseThrow().hint()).contains("run it again");
    assertThat(back.clusters().get(1).findings().get(0).where()).hasToString("a.yaml:1:2");
    assertThat(back.clusters().get(0).place()).isEqualTo(FLEET.clusters().get(0).place());
  }

  @Test
  void randomFleetsComeBackAndFollowTheSchema() throws Exception {
    for (long seed : LongStream.range(SEED, SEED + 20).toArray()) {
      FleetPlan fleet = Fleets.random(seed, 12, 6);
      Map<String, String> files = FleetPlanFile.write(fleet);
      assertThat(FleetPlanFile.write(read(files))).as("seed " + seed).isEqualTo(files);
      assertThat(SCHEMA.validate(files.get(FleetPlanFile.MANIFEST), InputFormat.JSON))
          .as("seed " + seed)
          .isEmpty();
      assertThat(SCHEMA.validate(new FleetDocument().render(fleet), InputFormat.JSON))
          .as("seed " + seed)
          .isEmpty();
    }
  }

  @Test
  void theCountsSayWhatLosesData() throws Exception {
    Plan plan =
        new PlanWorld()
            .withDatabases(PlanWorld.database("logs", "90d"), PlanWorld.database("old", "90d"))
            .allowing("data-loss")
            .plan(
                PlanWorld.QUIET
                    + "tokens: {}\ndatabases: {logs: {retention: 1d}, old: {maxTables: 7}}\n");
    FleetPlan fleet =
        new Fleets()
            .cluster("dev-eu", 1, PLAN)
            .cluster("prod-eu", 2, new SavedPlan("1.2.3", Instant.EPOCH, PLAN.policyDigest(), plan))
            .fleet();

    String document = new FleetDocument().render(fleet);

    assertThat(SCHEMA.validate(document, InputFormat.JSON)).isEmpty();
    assertThat(document).contains("\"neutral\" : 1,\n", "\"losesData\" : 1,\n");
    assertThat(new FleetDocument().render(FLEET)).doesNotContain("losesData");
    assertThat(fleet.counts().losingData()).isEqualTo(1);
    assertThat(fleet.counts().of(Effect.NEUTRAL)).isEqualTo(1);
    assertThat(
            new FleetText(Style.PLAIN, new Masking(), OptionalInt.empty(), false)
                .renderAlone(fleet))
        .contains(" Effects: widens 1, neutral 1, loses data 1.");
  }

  @Test
  void aShareComesBackAsOneAndHasTheDigestOfItsPlans() throws Exception {
    FleetPlan share =
        new FleetPlan(
            FLEET.toolVersion(),
            FLEET.createdAt(),
            Optional.of(new FleetShare(Shard.parse("1/4"), 2)),
            FLEET.clusters());
    Map<String, String> files = FleetPlanFile.write(share);

    assertThat(read(files).share()).isEqualTo(share.share());
    assertThat(share.digest()).isEqualTo(FLEET.digest());
    assertThat(share.withEach(cluster -> cluster)).isEqualTo(share);
    assertThat(SCHEMA.validate(files.get(FleetPlanFile.MANIFEST), InputFormat.JSON)).isEmpty();
    assertThat(SCHEMA.validate(new FleetDocument().render(share), InputFormat.JSON)).isEmpty();
    assertThat(files.get(FleetPlanFile.MANIFEST)).contains("\"shard\" : \"1/4\"");
  }

  @Test
  void theSchemaRefusesWhatNobodyWrites() {
    String manifest = FleetPlanFile.write(FLEET).get(FleetPlanFile.MANIFEST);
    assertThat(SCHEMA.validate(manifest, InputFormat.JSON)).isEmpty();
    Map<String, String> edits =
        Map.of(
            "\"name\" : \"dev-eu\"", "\"name\" : \"../dev-eu\"",
            "\"file\" : \"dev-eu", "\"file\" : \"/dev-eu",
            "\"wave\" : 1", "\"wave\" : 0",
            "\"verdict\" : \"changes\"", "\"verdict\" : \"fine\"",
            "\"error\"", "\"mistake\"",
            "sha256:", "md5:");
    edits.forEach(
        (from, to) ->
            assertThat(SCHEMA.validate(manifest.replace(from, to), InputFormat.JSON))
                .as(to)
                .isNotEmpty());
  }

  @Test
  void aManifestThatWasChangedIsRefused() {
    refused(m -> m.replace("\"wave\" : 2", "\"wave\" : 1"), "has been changed since");
    refused(m -> m.substring(0, m.length() / 2), "is not JSON, or was cut");
    refused(m -> "", "is no plan of a fleet");
    refused(m -> "[]", "is no plan of a fleet");
    refused(m -> m.replace("\"version\" : 1,", "\"version\" : 2,"), "of version 2");
    // Whoever changes it can make the checksum too.
    refused(
        m -> CHECKSUM.sealed(m.replaceFirst("\"update\" : 2", "\"update\" : 3")),
        "what it says is not");
    refused(
        m -> CHECKSUM.sealed(m.replaceFirst("\"wave\" : 2", "\"wave\" : 3")),
        "what it says is not");
    refused(
        m -> CHECKSUM.sealed(m.replace("dev-eu.plan.json", "../dev-eu.plan.json")),
        "must be in dev-eu.plan.json");
    refused(
        m -> CHECKSUM.sealed(m.replace("\"prod-eu", "\"dev-eu")),
        "names the file dev-eu.plan.json twice");
    refused(
        m -> CHECKSUM.sealed(m.replace("\"name\" : \"dev-eu\"", "\"name\" : \"../x\"")),
        "is not exactly what tokenform writes");
    refused(
        m -> CHECKSUM.sealed(m.replace("{\n  \"version\"", "{\n\n  \"version\"")),
        "what it says is not");
  }

  @Test
  void aRunThatDidNotFinishLeavesNoPlan() {
    refused(
        m -> PlanJson.failure("the run did not finish", Optional.empty(), List.of()),
        "it says why no plan could be made: the run did not finish");
  }

  private interface Edit {
    String of(String manifest);
  }

  private static void refused(Edit edit, String why) {
    Map<String, String> files = new LinkedHashMap<>(FleetPlanFile.write(FLEET));
    files.compute(FleetPlanFile.MANIFEST, (name, text) -> edit.of(text));
    assertThatThrownBy(() -> read(files))
        .isInstanceOf(InvalidPlanException.class)
        .hasMessageStartingWith(FleetPlanFile.MANIFEST)
        .hasMessageContaining(why);
  }

  @Test
  void aPlanThatIsMissingOrAnotherOneIsRefused() {
    Map<String, String> missing = new LinkedHashMap<>(FleetPlanFile.write(FLEET));
    missing.remove("prod-eu.plan.json");
    assertThatThrownBy(() -> read(missing))
        .isInstanceOf(InvalidPlanException.class)
        .hasMessage("prod-eu.plan.json is missing, and fleet.json names it: the plan of prod-eu");

    Map<String, String> swapped = new LinkedHashMap<>(FleetPlanFile.write(FLEET));
    swapped.put("prod-eu.plan.json", swapped.get("dev-eu.plan.json"));
    assertThatThrownBy(() -> read(swapped))
        .isInstanceOf(InvalidPlanException.class)
        .hasMessageStartingWith("prod-eu.plan.json is another plan");

    Map<String, String> changed = new LinkedHashMap<>(FleetPlanFile.write(FLEET));
    changed.compute("dev-eu.plan.json", (name, text) -> text.replace("grafana", "grafane"));
    assertThatThrownBy(() -> read(changed))
        .isInstanceOf(InvalidPlanException.class)
        .hasMessageStartingWith("dev-eu.plan.json cannot be used: it has been changed");

    assertThatThrownBy(() -> read(Map.of()))
        .isInstanceOf(InvalidPlanException.class)
        .hasMessageContaining("there is no fleet.json");
  }

  @Test
  void aFolderHasNamesOfItsOwn() {
    assertThat(List.of("dev-eu.plan.json", FleetPlanFile.MANIFEST)).allMatch(FleetPlanFile::isOwn);
    assertThat(List.of(".plan.json", "plan.json", "fleet.yaml")).noneMatch(FleetPlanFile::isOwn);
  }

  @Test
  void theFilesOfAManifestAreKnownWhateverElseIsWrong() {
    String manifest = FleetPlanFile.write(FLEET).get(FleetPlanFile.MANIFEST);
    assertThat(named(manifest)).containsExactly("dev-eu.plan.json", "prod-eu.plan.json");
    assertThat(named(manifest.replace("\"wave\" : 2", "\"wave\" : 7"))).hasSize(2);
    assertThat(named(manifest.replace("\"name\" : \"dev-eu\"", "\"name\" : \"../dev-eu\"")))
        .containsExactly("prod-eu.plan.json");
    assertThat(named("{\"clusters\": [{\"name\": 1}]}")).isEmpty();
    assertThat(named("[")).isEmpty();
    assertThat(named("")).isEmpty();
  }

  private static List<String> named(String manifest) {
    return FleetPlanFile.named(manifest.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void thatThereIsNothingToPlanIsNoFailure() throws Exception {
    String nothing = FleetPlanFile.nothing("the share 0/9 has no cluster");
    Map<String, String> files = Map.of(FleetPlanFile.MANIFEST, nothing);
    assertThat(FleetPlanFile.read(folder(files))).isEmpty();
    FleetMerge.Part part = FleetPlanFile.readPart("x", folder(files));
    assertThat(part).isEqualTo(new FleetMerge.Part("x", Optional.empty(), Optional.empty()));
    assertThat(SCHEMA.validate(nothing, InputFormat.JSON)).isEmpty();
    assertThat(SCHEMA.validate(nothing.replace("[ ]", "[ 1 ]"), InputFormat.JSON)).isNotEmpty();
    refused(m -> nothing.replace("[ ]", "[ 1 ]"), "has been changed since");
    refused(m -> m.replaceFirst("\\{", "{ \"nothing\" : \"\","), "has been changed since");
  }

  @Test
  void aManifestIsMaskedBeforeItIsSealed() throws Exception {
    FleetPlan fleet =
        new Fleets()
            .cluster("dev-eu", 1, PLAN)
            .failed("prod-eu", 2, "the server says hunter2-of-prod")
            .fleet();
    Map<String, String> files =
        FleetPlanFile.write(fleet, text -> text.replace("hunter2-of-prod", "[secret]"));
    assertThat(files.get(FleetPlanFile.MANIFEST)).doesNotContain("hunter2");
    FleetPlan back = read(files);
    assertThat(back.clusters().get(1).failure().orElseThrow().message())
        .isEqualTo("the server says [secret]");
    assertThat(back.digest()).isEqualTo(fleet.digest());
  }

  private static FleetPlan read(Map<String, String> files)
      throws IOException, InvalidPlanException {
    return FleetPlanFile.read(folder(files)).orElseThrow();
  }

  private static FleetPlanFile.Folder folder(Map<String, String> files) {
    return file ->
        Optional.ofNullable(files.get(file)).map(text -> text.getBytes(StandardCharsets.UTF_8));
  }
}
