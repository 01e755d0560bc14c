package io.tokenform.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenform.live.JsonDocument;
import io.tokenform.report.text.Printable;
import java.io.IOException;

/**
 * A checkup for a machine: one JSON document in printable ASCII, which {@code
 * schemas/doctor.schema.json} describes.
 */
public final class CheckupJson {
  /** The version of the document's form. */
  static final int VERSION = 1;

  private CheckupJson() {}

  /** The document, which ends in a line break. */
  public static String render(Checkup checkup) {
    return JsonDocument.of(out -> write(checkup, out));
  }

  private static void write(Checkup checkup, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeNumberField("version", VERSION);
    writeFields(checkup, out);
    out.writeEndObject();
  }

  /** Writes what was found out into the open object. */
  public static void writeFields(Checkup checkup, JsonGenerator out) throws IOException {
    out.writeBooleanField("healthy", checkup.isHealthy());
    out.writeArrayFieldStart("settings");
    for (Checkup.Setting setting : checkup.settings()) {
      out.writeStartObject();
      out.writeStringField("name", setting.name());
      out.writeStringField("value", Printable.line(setting.value()));
      out.writeStringField("origin", Printable.line(setting.origin()));
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("checks");
    for (Checkup.Check check : checkup.checks()) {
      out.writeStartObject();
      write(check, out);
      out.writeEndObject();
    }
    out.writeEndArray();
    if (!checkup.sinks().isEmpty()) {
      out.writeArrayFieldStart("sinks");
      for (Checkup.Sink sink : checkup.sinks()) {
        out.writeStartObject();
        out.writeStringField("kind", sink.kind());
        write(sink.check(), out);
        out.writeEndObject();
      }
      out.writeEndArray();
    }
  }

  private static void write(Checkup.Check check, JsonGenerator out) throws IOException {
    out.writeStringField("name", check.name());
    out.writeBooleanField("passed", check.passed());
    out.writeStringField("fact", Printable.line(check.fact()));
    if (check.hint().isPresent()) {
      out.writeStringField("hint", Printable.line(check.hint().get()));
    }
  }
}
