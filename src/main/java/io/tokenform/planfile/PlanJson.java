package io.tokenform.planfile;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenform.access.Permission;
import io.tokenform.access.SecretShapes;
import io.tokenform.access.Sha256;
import io.tokenform.access.Token;
import io.tokenform.access.TokenName;
import io.tokenform.finding.Diagnostic;
import io.tokenform.live.ClusterJson;
import io.tokenform.live.JsonDocument;
import io.tokenform.plan.AccessByDatabase;
import io.tokenform.plan.Change;
import io.tokenform.plan.Effect;
import io.tokenform.plan.GuardrailVerdict;
import io.tokenform.plan.HeldExpectation;
import io.tokenform.plan.Kind;
import io.tokenform.plan.Plan;
import io.tokenform.plan.RoleOrigins;
import io.tokenform.plan.TokenChange;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plan as JSON, which {@code schemas/plan.schema.json} describes: what {@link PlanFile} keeps and
 * reads. It is printable ASCII; the same plan gives the same bytes.
 */
public final class PlanJson {
  /** The version of the document's form. */
  static final int VERSION = 2;

  /** The version of the form of a document that says why there is nothing. */
  private static final int FAILURE_VERSION = 1;

  private final JsonGenerator json;

  private PlanJson(JsonGenerator json) {
    this.json = json;
  }

  /** Writes a part of the document. */
  private interface Part {
    void writeTo(PlanJson document) throws IOException;
  }

  /** A plan's document without its checksum; it ends in a line break. */
  static String withoutChecksum(SavedPlan saved) {
    return document(out -> out.plan(saved));
  }

  /**
   * The document that stands in for a plan that could not be made.
   *
   * @param message what went wrong
   * @param hint what to do about it, where that is known
   * @param findings what is wrong with the policy, where that is the reason
   */
  public static String failure(String message, Optional<String> hint, List<Diagnostic> findings) {
    return document(
        out -> {
          out.json.writeNumberField("version", FAILURE_VERSION);
          writeFailure(out.json, message, hint, findings);
        });
  }

  /** Writes the fields {@code error} and {@code findings} into the open object. */
  public static void writeFailure(
      JsonGenerator json, String message, Optional<String> hint, List<Diagnostic> findings)
      throws IOException {
    json.writeObjectFieldStart("error");
    json.writeStringField("message", SecretShapes.mask(message));
    if (hint.isPresent()) {
      json.writeStringField("hint", SecretShapes.mask(hint.get()));
    }
    json.writeEndObject();
    FindingJson.writeAll(json, findings);
  }

  private static String document(Part part) {
    return JsonDocument.of(
        out -> {
          out.writeStartObject();
          part.writeTo(new PlanJson(out));
          out.writeEndObject();
        });
  }

  private void plan(SavedPlan saved) throws IOException {
    Plan plan = saved.plan();
    json.writeNumberField("version", VERSION);
    json.writeStringField("toolVersion", saved.toolVersion());
    json.writeStringField("createdAt", saved.createdAt().toString());
    json.writeStringField("digest", saved.digest());
    json.writeStringField("policyDigest", saved.policyDigest());
    if (saved.snapshot().isPresent()) {
      json.writeObjectFieldStart("snapshot");
      json.writeStringField("takenAt", saved.snapshot().get().takenAt().toString());
      json.writeStringField("digest", saved.snapshot().get().digest());
      json.writeEndObject();
    }
    ClusterJson.write(json, plan.cluster());
    json.writeStringField("order", plan.order().toString());
    strings("waves", plan.waves());
    writeSummary(json, plan);
    json.writeArrayFieldStart("changes");
    for (Change change : plan.changes()) {
      change(change);
    }
    json.writeEndArray();
    byDatabase(plan);
    FindingJson.writeAll(json, plan.findings());
    guardrails(plan.guardrails());
    expectations(plan.expectations());
    strings("allowed", plan.allowed());
    strings("unchanged", plan.unchanged());
    strings("unselected", plan.unselected());
    strings("leftAlone", plan.leftAlone());
    if (!plan.databases().isEmpty()) {
      json.writeObjectFieldStart("databases");
      strings("unchanged", plan.databases().unchanged());
      strings("unselected", plan.databases().unselected());
      json.writeEndObject();
    }
    json.writeArrayFieldStart("unmanaged");
    for (Token token : plan.unmanaged()) {
      json.writeStartObject();
      json.writeStringField("id", token.id().toString());
      json.writeStringField("description", token.description());
      ManagedFieldsJson.writePermissions(json, "permissions", token.permissions());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("checksum", Sha256.ZERO);
  }

  /** Writes a plan's counts as the object {@code summary} of the open object. */
  private static void writeSummary(JsonGenerator json, Plan plan) throws IOException {
    json.writeObjectFieldStart("summary");
    json.writeNumberField("changes", plan.changes().size());
    boolean speaksOfDatabases = plan.speaksOfDatabases();
    for (Kind kind : Kind.values()) {
      if (kind.isOfDatabases() && !speaksOfDatabases) {
        // The plan of a policy without databases is what it was before there were any.
        continue;
      }
      json.writeNumberField(kind.toString(), plan.count(kind));
    }
    for (Effect effect : Effect.values()) {
      json.writeNumberField(effect.toString(), plan.count(effect));
    }
    if (plan.losingData() > 0) {
      json.writeNumberField("losesData", plan.losingData());
    }
    json.writeNumberField("unchanged", plan.unchanged().size());
    json.writeNumberField("unselected", plan.unselected().size());
    json.writeNumberField("leftAlone", plan.leftAlone().size());
    json.writeNumberField("dueLeftOut", plan.dueLeftOut());
    json.writeNumberField("unmanaged", plan.unmanaged().size());
    json.writeNumberField("activeTokens", plan.activeTokens());
    json.writeNumberField("inactiveTokens", plan.inactiveTokens());
    json.writeBooleanField("denied", plan.isDenied());
    json.writeBooleanField("hasErrors", plan.hasErrors());
    json.writeEndObject();
  }

  private void change(Change change) throws IOException {
    json.writeStartObject();
    ChangeJson.write(json, change);
    json.writeObjectFieldStart("source");
    FindingJson.writePlace(json, change.where());
    json.writeEndObject();
    ManagedFieldsJson.writePermissions(json, "gained", change.gained());
    ManagedFieldsJson.writePermissions(json, "lost", change.lost());
    ManagedFieldsJson.writePermissions(json, "accessGained", change.accessGained());
    ManagedFieldsJson.writePermissions(json, "accessLost", change.accessLost());
    json.writeArrayFieldStart("roles");
    RoleOrigins roles = change.ofToken().map(TokenChange::roles).orElse(RoleOrigins.NONE);
    for (Map.Entry<Permission, List<String>> origin : roles.rolesOf().entrySet()) {
      json.writeStartObject();
      json.writeStringField("action", origin.getKey().action().name());
      json.writeStringField("resource", origin.getKey().resource());
      strings("roles", origin.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
    ChangeJson.writeSteps(json, change);
    json.writeEndObject();
  }

  private void byDatabase(Plan plan) throws IOException {
    json.writeArrayFieldStart("byDatabase");
    for (Map.Entry<String, List<AccessByDatabase.Entry>> database :
        AccessByDatabase.of(plan).entrySet()) {
      for (AccessByDatabase.Entry entry : database.getValue()) {
        json.writeStartObject();
        json.writeStringField("database", database.getKey());
        json.writeStringField("change", entry.gained() ? "gains" : "loses");
        json.writeStringField("token", entry.token());
        json.writeStringField("action", entry.action().name());
        strings("kept", entry.kept());
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private void guardrails(List<GuardrailVerdict> guardrails) throws IOException {
    json.writeArrayFieldStart("guardrails");
    for (GuardrailVerdict guardrail : guardrails) {
      json.writeStartObject();
      json.writeStringField("rule", guardrail.rule().toString());
      json.writeStringField("level", guardrail.level().toString());
      json.writeStringField("source", guardrail.source().toString());
      if (guardrail.where().isPresent()) {
        json.writeObjectFieldStart("place");
        FindingJson.writePlace(json, guardrail.where().get());
        json.writeEndObject();
      }
      json.writeStringField("verdict", guardrail.verdict().toString());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Nothing at all where nothing is expected, as in the plans of before. */
  private void expectations(List<HeldExpectation> expectations) throws IOException {
    if (expectations.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("expectations");
    for (HeldExpectation expectation : expectations) {
      json.writeStartObject();
      json.writeStringField("source", expectation.source().toString());
      json.writeStringField("text", SecretShapes.mask(expectation.text()));
      json.writeObjectFieldStart("place");
      FindingJson.writePlace(json, expectation.where());
      json.writeEndObject();
      json.writeBooleanField("holds", expectation.holds());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void strings(String name, List<?> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (Object value : values) {
      json.writeString(value instanceof TokenName token ? token.value() : value.toString());
    }
    json.writeEndArray();
  }
}
