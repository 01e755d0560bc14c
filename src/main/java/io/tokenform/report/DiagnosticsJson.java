package io.tokenform.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenform.finding.Diagnostic;
import io.tokenform.live.JsonDocument;
import io.tokenform.planfile.FindingJson;
import io.tokenform.report.text.Printable;
import java.io.IOException;
import java.util.List;

/**
 * Findings for a machine: one JSON document, which {@code schemas/diagnostics.schema.json}
 * describes.
 *
 * <p>It is printable ASCII, so it is harmless on a terminal too. Names of files are exact once the
 * JSON is read; messages and hints, which are for people, have been made harmless besides.
 */
public final class DiagnosticsJson {
  /** The version of the document's form. */
  static final int VERSION = 1;

  private DiagnosticsJson() {}

  /** The document, which ends in a line break. */
  public static String render(List<Diagnostic> findings) {
    return JsonDocument.of(out -> write(findings, out));
  }

  private static void write(List<Diagnostic> findings, JsonGenerator out) throws IOException {
    int errors = (int) findings.stream().filter(Diagnostic::isError).count();
    out.writeStartObject();
    out.writeNumberField("version", VERSION);
    int denied = (int) findings.stream().filter(Diagnostic::isDenied).count();
    out.writeBooleanField("valid", errors + denied == 0);
    out.writeNumberField("errors", errors);
    if (denied > 0) {
      out.writeNumberField("denied", denied);
    }
    out.writeNumberField("warnings", findings.size() - errors - denied);
    out.writeArrayFieldStart("findings");
    for (Diagnostic finding : findings) {
      FindingJson.write(out, finding, Printable::line);
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
