package io.tokenform.apply.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenform.access.SecretShapes;
import io.tokenform.cluster.Attempt;
import io.tokenform.live.ClusterJson;
import io.tokenform.plan.Change;
import io.tokenform.planfile.ChangeJson;
import io.tokenform.planfile.ManagedFieldsJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/** The lines of a journal: each one JSON object in printable ASCII, with its line break. */
public final class JournalJson {
  /** The version of the journal format. */
  static final int VERSION = 2;

  private static final JsonFactory FACTORY = new JsonFactory();

  private static final int LAST_PRINTABLE_ASCII = '~';

  private JournalJson() {}

  /** Writes the fields of a line. */
  private interface Fields {
    void writeTo(JsonGenerator json) throws IOException;
  }

  public static String header(JournalHeader header) {
    return line(
        "begun",
        header.startedAt(),
        json -> {
          json.writeNumberField("version", VERSION);
          json.writeStringField("toolVersion", header.toolVersion());
          json.writeStringField("user", header.user());
          optional(json, "host", header.host());
          json.writeNumberField("pid", ProcessHandle.current().pid());
          json.writeStringField("plan", header.planDigest());
          ClusterJson.write(json, header.cluster());
          json.writeStringField("order", header.order().toString());
          json.writeNumberField("changes", header.changes());
          optional(json, "rollsBack", header.rollsBack());
          optional(json, "commit", header.cause().commit());
          optional(json, "pullRequest", header.cause().change());
          optional(json, "run", header.cause().run());
          optional(json, "reason", header.cause().reason().map(SecretShapes::mask));
        });
  }

  public static String started(Change change, Instant at) {
    return line(
        "started",
        at,
        json -> {
          ChangeJson.write(json, change);
          ChangeJson.writeSteps(json, change);
        });
  }

  static String attempt(Change change, Attempt attempt, Instant at) {
    return line(
        "attempt",
        at,
        json -> {
          address(json, change);
          json.writeNumberField("number", attempt.number());
          if (attempt.status().isPresent()) {
            json.writeNumberField("status", attempt.status().getAsInt());
          }
          optional(json, "problem", attempt.problem().map(SecretShapes::mask));
          json.writeNumberField("tookMillis", attempt.took().toMillis());
          if (attempt.retryIn().isPresent()) {
            json.writeNumberField("retryInMillis", attempt.retryIn().get().toMillis());
          }
        });
  }

  static String step(Change change, MakingStep step, Instant at) {
    return line(
        "step",
        at,
        json -> {
          address(json, change);
          json.writeStringField("step", step.kind().toString());
          json.writeStringField("nonce", step.nonce().value());
          optional(json, "id", step.id());
        });
  }

  static String outcome(Outcome outcome, Instant at) {
    return line(
        outcome.result().toString(),
        at,
        json -> {
          address(json, outcome.change());
          optional(json, "reason", outcome.reason().map(SecretShapes::mask));
          json.writeBooleanField("mayHaveHappened", outcome.mayHaveHappened());
          if (outcome.foundLive().isPresent()) {
            ManagedFieldsJson.write(
                json, "live", outcome.change().before().asOf(outcome.foundLive().get()));
          }
        });
  }

  private static void address(JsonGenerator json, Change change) throws IOException {
    json.writeStringField("address", change.address().toString());
  }

  static String footer(ApplyResult result, Instant at) {
    return line(
        "ended",
        at,
        json -> {
          for (Result kind : Result.values()) {
            json.writeNumberField(key(kind), result.count(kind));
          }
          optional(json, "stop", result.stop().map(Stop::message).map(SecretShapes::mask));
        });
  }

  /** The key of the count of one kind of outcome. */
  static String key(Result kind) {
    return kind == Result.NOT_ATTEMPTED ? "notAttempted" : kind.toString();
  }

  private static String line(String event, Instant at, Fields fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.setHighestNonEscapedChar(LAST_PRINTABLE_ASCII);
      json.writeStartObject();
      json.writeStringField("event", event);
      json.writeStringField("at", at.toString());
      fields.writeTo(json);
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return text.toString();
  }

  private static void optional(JsonGenerator json, String name, Optional<?> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get().toString());
    }
  }
}
