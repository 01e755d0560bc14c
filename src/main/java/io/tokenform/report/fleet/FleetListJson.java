package io.tokenform.report.fleet;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenform.access.Product;
import io.tokenform.cluster.settings.ConnectionSettings;
import io.tokenform.finding.Located;
import io.tokenform.live.JsonDocument;
import io.tokenform.policy.ClusterSection;
import io.tokenform.report.text.Printable;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The clusters of a fleet for a machine: one JSON document in printable ASCII, which {@code
 * schemas/fleet-list.schema.json} describes.
 */
public final class FleetListJson {
  /** The version of the document's form. */
  static final int VERSION = 1;

  private FleetListJson() {}

  /**
   * The document, which ends in a line break.
   *
   * @param path the fleet file
   */
  public static String render(String path, List<FleetRow> rows) {
    return JsonDocument.of(out -> write(path, rows, out));
  }

  private static void write(String path, List<FleetRow> rows, JsonGenerator out)
      throws IOException {
    out.writeStartObject();
    out.writeNumberField("version", VERSION);
    out.writeStringField("fleet", Printable.line(path));
    out.writeArrayFieldStart("clusters");
    for (FleetRow row : rows) {
      write(row, out);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void write(FleetRow row, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", row.cluster().name().value());
    out.writeNumberField("wave", row.wave());
    out.writeObjectFieldStart("labels");
    for (Map.Entry<String, String> label : row.cluster().place().labels().entrySet()) {
      out.writeStringField(label.getKey(), label.getValue());
    }
    out.writeEndObject();
    out.writeArrayFieldStart("files");
    for (String file : row.files()) {
      out.writeString(Printable.line(file));
    }
    out.writeEndArray();
    write(row.cluster().cluster(), out);
    out.writeObjectFieldStart("policy");
    out.writeBooleanField("valid", row.tokens().isPresent());
    if (row.tokens().isPresent()) {
      out.writeNumberField("tokens", row.tokens().getAsInt());
    } else {
      out.writeNumberField("errors", row.errors());
    }
    out.writeEndObject();
    if (row.tokenFrom().isPresent()) {
      out.writeStringField("tokenFrom", Printable.line(row.tokenFrom().get()));
    }
    if (row.answer().kind() != FleetRow.Answer.Kind.NOT_ASKED) {
      write(row.answer(), out);
    }
    out.writeEndObject();
  }

  private static void write(ClusterSection cluster, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("cluster");
    out.writeStringField("product", cluster.product().value().toString());
    if (cluster.accountId().isPresent()) {
      out.writeStringField("accountId", cluster.accountId().get().value().toString());
    }
    if (cluster.clusterId().isPresent()) {
      out.writeStringField("clusterId", cluster.clusterId().get().value().toString());
    }
    if (cluster.product().value() != Product.SANDBOX) {
      out.writeStringField(
          "url",
          cluster
              .url()
              .map(Located::value)
              .orElse(ConnectionSettings.CLOUD_DEDICATED_URL)
              .toString());
    }
    out.writeEndObject();
  }

  private static void write(FleetRow.Answer answer, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("answer");
    out.writeBooleanField("answers", answer.kind() == FleetRow.Answer.Kind.ANSWERS);
    out.writeStringField("fact", Printable.line(answer.fact()));
    if (answer.hint().isPresent()) {
      out.writeStringField("hint", Printable.line(answer.hint().get()));
    }
    out.writeEndObject();
  }
}
