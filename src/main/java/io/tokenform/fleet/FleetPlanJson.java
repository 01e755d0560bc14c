package io.tokenform.fleet;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenform.access.Sha256;
import io.tokenform.live.JsonDocument;
import io.tokenform.plan.Effect;
import io.tokenform.plan.Kind;
import io.tokenform.planfile.PlanFile;
import io.tokenform.planfile.PlanJson;
import io.tokenform.planfile.SavedPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The plan of a fleet as JSON, which {@code schemas/fleet-plan.schema.json} describes: as one
 * document with all plans in it, or as the manifest of a folder in which each plan has its file. It
 * is printable ASCII; the same plan gives the same bytes.
 */
public final class FleetPlanJson {
  /** The version of both forms. */
  static final int VERSION = 1;

  /** The field that says why there is nothing to plan. */
  static final String NOTHING = "nothing";

  /** How deep a plan stands in the document. */
  private static final String INDENT = "      ";

  private final JsonGenerator json;
  private final PlanPart plans;

  private FleetPlanJson(JsonGenerator json, PlanPart plans) {
    this.json = json;
    this.plans = plans;
  }

  /** Writes a plan, or where it is, into the object of its cluster. */
  private interface PlanPart {
    void write(JsonGenerator json, ClusterPlan cluster, SavedPlan saved) throws IOException;
  }

  /**
   * One document with the plans in it, which ends in a line break. The checksum in a plan is that
   * of its own file.
   */
  public static String document(FleetPlan fleet) {
    return JsonDocument.of(
        json -> {
          json.writeStartObject();
          new FleetPlanJson(json, FleetPlanJson::writeWhole).fleet(fleet);
          json.writeEndObject();
        });
  }

  /**
   * The document, and the manifest, where there is nothing to plan.
   *
   * @param why for people
   */
  static String nothing(String why) {
    return JsonDocument.of(
        json -> {
          json.writeStartObject();
          json.writeNumberField("version", VERSION);
          json.writeArrayFieldStart("clusters");
          json.writeEndArray();
          json.writeStringField(NOTHING, why);
          json.writeEndObject();
        });
  }

  private static void writeWhole(JsonGenerator json, ClusterPlan cluster, SavedPlan saved)
      throws IOException {
    json.writeFieldName("plan");
    // No text in JSON holds a line break.
    json.writeRawValue(PlanFile.write(saved).stripTrailing().replace("\n", "\n" + INDENT));
  }

  /**
   * The manifest of a folder, without its checksum.
   *
   * @param files the content of each plan's file, by its name
   */
  static String withoutChecksum(FleetPlan fleet, Map<String, String> files) {
    return JsonDocument.of(
        json -> {
          json.writeStartObject();
          new FleetPlanJson(
                  json,
                  (out, cluster, saved) -> {
                    String file = FleetPlanFile.file(cluster.name());
                    out.writeStringField("file", file);
                    out.writeStringField("fileDigest", digest(files.get(file)));
                  })
              .fleet(fleet);
          json.writeStringField("checksum", Sha256.ZERO);
          json.writeEndObject();
        });
  }

  private static String digest(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private void fleet(FleetPlan fleet) throws IOException {
    json.writeNumberField("version", VERSION);
    json.writeStringField("toolVersion", fleet.toolVersion());
    json.writeStringField("createdAt", fleet.createdAt().toString());
    json.writeStringField("digest", fleet.digest());
    if (fleet.share().isPresent()) {
      json.writeObjectFieldStart("share");
      json.writeStringField("shard", fleet.share().get().shard().toString());
      json.writeNumberField("waves", fleet.share().get().waves());
      json.writeEndObject();
    }
    json.writeObjectFieldStart("summary");
    json.writeNumberField("clusters", fleet.clusters().size());
    json.writeObjectFieldStart("verdicts");
    for (Verdict verdict : Verdict.values()) {
      json.writeNumberField(verdict.toString(), fleet.count(verdict));
    }
    json.writeEndObject();
    counts(fleet.counts());
    json.writeEndObject();
    json.writeArrayFieldStart("clusters");
    for (ClusterPlan cluster : fleet.clusters()) {
      cluster(cluster);
    }
    json.writeEndArray();
  }

  private void counts(ChangeCounts counts) throws IOException {
    json.writeObjectFieldStart("counts");
    json.writeNumberField("changes", counts.changes());
    for (Kind kind : Kind.values()) {
      if (!kind.isOfDatabases() || counts.of(kind) > 0) {
        json.writeNumberField(kind.toString(), counts.of(kind));
      }
    }
    for (Effect effect : Effect.values()) {
      json.writeNumberField(effect.toString(), counts.of(effect));
    }
    if (counts.losingData() > 0) {
      json.writeNumberField("losesData", counts.losingData());
    }
    json.writeNumberField("irreversible", counts.irreversible());
    json.writeNumberField("missing", counts.missing());
    json.writeEndObject();
  }

  private void cluster(ClusterPlan cluster) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", cluster.name().value());
    json.writeNumberField("wave", cluster.wave());
    json.writeObjectFieldStart("labels");
    for (Map.Entry<String, String> label : cluster.place().labels().entrySet()) {
      json.writeStringField(label.getKey(), label.getValue());
    }
    json.writeEndObject();
    json.writeStringField("verdict", cluster.verdict().toString());
    if (cluster.plan().isPresent()) {
      SavedPlan saved = cluster.plan().get();
      json.writeStringField("digest", saved.digest());
      counts(cluster.counts());
      plans.write(json, cluster, saved);
    }
    if (cluster.failure().isPresent()) {
      ClusterPlan.Failed failure = cluster.failure().get();
      PlanJson.writeFailure(json, failure.message(), failure.hint(), failure.findings());
    }
    json.writeEndObject();
  }
}
