package io.tokenform.apply.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenform.access.Masking;
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

/**
 * The lines of a journal: each one JSON object in printable ASCII, with its line break.
 *
 * <p>What may quote somebody is masked. What tells the line's event, change and time is not: it is
 * this apply's own, and a journal without it could not be read any more.
 */
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

  static String attempt(Change change, Attempt attempt, Instant at, Masking masking) {
    return line(
        "attempt",
        at,
        json -> address(json, change),
        masking,
        json -> {
          json.writeNumberField("number", attempt.number());
          if (attempt.status().isPresent()) {
            json.writeNumberField("status", attempt.status().getAsInt());
          }
          optional(json, "problem", attempt.problem().map(masking::mask));
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

  static String outcome(Outcome outcome, Instant at, Masking masking) {
    return line(
        outcome.result().toString(),
        at,
        json -> address(json, outcome.change()),
        masking,
        json -> {
          optional(json, "reason", outcome.reason().map(masking::mask));
          json.writeBooleanField("mayHaveHappened", outcome.mayHaveHappened());
          if (outcome.foundFields().isPresent()) {
            ManagedFieldsJson.write(json, "live", outcome.foundFields().get());
          }
        });
  }

  private static void address(JsonGenerator json, Change change) throws IOException {
    json.writeStringField("address", change.address().toString());
  }

  static String footer(ApplyResult result, Instant at, Masking masking) {
    return line(
        "ended",
        at,
        json -> {},
        masking,
        json -> {
          for (Result kind : Result.values()) {
            json.writeNumberField(key(kind), result.count(kind));
          }
          optional(json, "stop", result.stop().map(Stop::message).map(masking::mask));
        });
  }

  /** The key of the count of one kind of outcome. */
  static String key(Result kind) {
    return kind == Result.NOT_ATTEMPTED ? "notAttempted" : kind.toString();
  }

  private static String line(String event, Instant at, Fields own) {
    return line(event, at, own, new Masking(), json -> {});
  }

  /**
   * A line.
   *
   * @param own fields that hold what this apply says
   * @param foreign fields that may hold what others have said
   */
  private static String line(
      String event, Instant at, Fields own, Masking masking, Fields foreign) {
    StringWriter text = new StringWriter();
    int length;
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.setHighestNonEscapedChar(LAST_PRINTABLE_ASCII);
      json.writeStartObject();
      json.writeStringField("event", event);
      json.writeStringField("at", at.toString());
      own.writeTo(json);
      json.flush();
      length = text.getBuffer().length();
      foreign.writeTo(json);
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    String line = text.toString();
    return line.substring(0, length) + masking.maskJson(line.substring(length));
  }

  private static void optional(JsonGenerator json, String name, Optional<?> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get().toString());
    }
  }
}
