package io.tokenform.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenform.apply.journal.Doubt;
import io.tokenform.apply.journal.RecordedApply;
import io.tokenform.apply.journal.RecordedChange;
import io.tokenform.apply.journal.Result;
import io.tokenform.live.ClusterJson;
import io.tokenform.live.JsonDocument;
import io.tokenform.planfile.ChangeJson;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Journals for machines: one JSON document in printable ASCII. */
public final class JournalsJson {
  private final JsonGenerator json;

  private JournalsJson(JsonGenerator json) {
    this.json = json;
  }

  /** All applies, without their changes. */
  public static String list(List<JournalText.Listed> applies) {
    return document(
        out -> {
          out.json.writeStartObject();
          out.json.writeArrayFieldStart("journals");
          for (JournalText.Listed one : applies) {
            out.json.writeStartObject();
            out.optional("fleetCluster", one.cluster());
            out.head(one.apply(), one.doubt());
            out.json.writeEndObject();
          }
          out.json.writeEndArray();
          out.json.writeEndObject();
        });
  }

  /**
   * One apply with its changes.
   *
   * @param doubt why it is not rolled back
   */
  public static String show(RecordedApply apply, Optional<Doubt> doubt) {
    return document(
        out -> {
          out.json.writeStartObject();
          out.head(apply, doubt);
          out.json.writeArrayFieldStart("changes");
          for (RecordedChange change : apply.changes()) {
            out.change(change);
          }
          out.json.writeEndArray();
          out.json.writeEndObject();
        });
  }

  /** Writes a document. */
  private interface Part {
    void writeTo(JournalsJson out) throws IOException;
  }

  private static String document(Part part) {
    return JsonDocument.of(json -> part.writeTo(new JournalsJson(json)));
  }

  private void head(RecordedApply apply, Optional<Doubt> doubt) throws IOException {
    json.writeStringField("journal", apply.name());
    json.writeStringField("begun", apply.header().startedAt().toString());
    if (apply.endedAt().isPresent()) {
      json.writeStringField("ended", apply.endedAt().get().toString());
    }
    json.writeStringField("user", apply.header().user());
    if (apply.header().host().isPresent()) {
      json.writeStringField("host", apply.header().host().get());
    }
    json.writeStringField("toolVersion", apply.header().toolVersion());
    json.writeStringField("plan", apply.header().planDigest());
    ClusterJson.write(json, apply.header().cluster());
    if (apply.header().rollsBack().isPresent()) {
      json.writeStringField("rollsBack", apply.header().rollsBack().get());
    }
    optional("commit", apply.header().cause().commit());
    optional("pullRequest", apply.header().cause().change());
    optional("run", apply.header().cause().run());
    optional("reason", apply.header().cause().reason());
    if (doubt.isPresent()) {
      json.writeStringField("rollbackRefused", doubt.get().reason());
    }
    if (apply.stop().isPresent()) {
      json.writeStringField("stop", apply.stop().get());
    }
    json.writeObjectFieldStart("counts");
    json.writeNumberField("changes", apply.header().changes());
    for (Result result : Result.values()) {
      if (result != Result.NOT_ATTEMPTED) {
        json.writeNumberField(result.toString(), apply.count(result));
      }
    }
    json.writeNumberField("notAttempted", apply.notAttempted());
    json.writeNumberField("withoutAnswer", apply.open());
    json.writeEndObject();
  }

  private void optional(String name, Optional<String> value) throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    }
  }

  private void change(RecordedChange change) throws IOException {
    json.writeStartObject();
    ChangeJson.write(json, change.change());
    json.writeNumberField("attempts", change.attempts());
    if (change.result().isPresent()) {
      json.writeStringField("result", change.result().get().toString());
    }
    if (change.reason().isPresent()) {
      json.writeStringField("reason", change.reason().get());
    }
    json.writeBooleanField("mayHaveHappened", change.mayHaveHappened());
    json.writeEndObject();
  }
}
