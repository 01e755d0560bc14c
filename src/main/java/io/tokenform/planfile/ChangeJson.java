package io.tokenform.planfile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tokenform.access.Address;
import io.tokenform.access.ClusterAddress;
import io.tokenform.cluster.Endpoints;
import io.tokenform.cluster.Request;
import io.tokenform.finding.Location;
import io.tokenform.plan.Change;
import io.tokenform.plan.Kind;
import io.tokenform.plan.Parts;
import io.tokenform.plan.RoleOrigins;
import io.tokenform.plan.Step;
import io.tokenform.plan.TokenChange;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Changes in plans and in journals: what all kinds have in common, and the codec of each. */
public final class ChangeJson {
  /** One for each kind of change. */
  private static final Parts<ChangeCodec<?>> KINDS =
      new Parts<>(
          List.of(
              new CreateCodec(),
              new UpdateCodec(),
              new RotateCodec(),
              new RetireCodec(),
              new RevokeCodec(),
              new CleanUpCodec(),
              new CreateDatabaseCodec(),
              new UpdateDatabaseCodec(),
              new RenameDatabaseCodec(),
              new DeleteDatabaseCodec()));

  private ChangeJson() {}

  /** Writes what a change is and what it does to what, into the object that is open. */
  public static void write(JsonGenerator json, Change change) throws IOException {
    json.writeStringField("address", change.address().toString());
    json.writeStringField(change.ofToken().isPresent() ? "token" : "database", change.name());
    json.writeStringField("type", change.kind().toString());
    json.writeStringField("effect", change.effect().toString());
    json.writeBooleanField("irreversible", change.isIrreversible());
    json.writeStringField("wave", change.wave().toString());
    if (change.liveId().isPresent()) {
      json.writeStringField("id", change.liveId().get().toString());
    }
    if (change.ofToken().isPresent()) {
      TokenChange token = change.ofToken().get();
      json.writeStringField("description", token.description());
      ManagedFieldsJson.write(json, "before", token.before());
      ManagedFieldsJson.write(json, "after", token.after());
    }
    KINDS.of(change).writeAny(json, change);
  }

  /** Writes what a change sends, step by step. */
  public static void writeSteps(JsonGenerator json, Change change) throws IOException {
    json.writeArrayFieldStart("steps");
    for (Step step : change.steps()) {
      if (step.request().isPresent()) {
        write(json, step.request().get());
      } else {
        json.writeStartObject();
        json.writeStringField("delivery", step.text());
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, Request request) throws IOException {
    json.writeStartObject();
    json.writeStringField("method", request.method().name());
    json.writeStringField("path", request.path());
    if (request.body().isPresent()) {
      json.writeStringField("body", request.body().get());
    }
    json.writeEndObject();
  }

  /** The type of a change that this tokenform does not know, if it is none that it knows. */
  public static Optional<String> unknownType(JsonNode node) {
    return Optional.of(node.path("type").asText()).filter(type -> Kind.named(type).isEmpty());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param where the place that asks for it, or that tells of it
   * @param roles where its permissions come from, as far as that is known
   * @throws IllegalArgumentException if it is something else
   */
  public static Change read(
      JsonNode node, Location where, RoleOrigins roles, ClusterAddress cluster) {
    String type = node.path("type").asText();
    Kind kind =
        Kind.named(type)
            .orElseThrow(() -> new IllegalArgumentException("no kind of change is " + type));
    Address address = Address.parse(node.path("address").asText());
    return KINDS
        .of(kind)
        .read(node, new ChangeCodec.Head(address, node, where, roles, Endpoints.of(cluster)));
  }
}
