package io.tokenform.report.fleet;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenform.fleet.FleetCluster;
import io.tokenform.fleet.FleetMatrix;
import io.tokenform.live.JsonDocument;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The jobs of a fleet as a matrix of GitHub Actions: JSON in printable ASCII on one line, as an
 * output of a step has to be, which {@code schemas/fleet-matrix.schema.json} describes.
 */
public final class FleetMatrixJson {
  private FleetMatrixJson() {}

  /** The document, which ends in a line break. */
  public static String render(List<FleetMatrix.Job> jobs) {
    return JsonDocument.ofOneLine(
        out -> {
          out.writeStartObject();
          out.writeArrayFieldStart("include");
          for (FleetMatrix.Job job : jobs) {
            write(job, out);
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private static void write(FleetMatrix.Job job, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", job.name());
    if (job.shard().isPresent()) {
      out.writeStringField("shard", job.shard().get().toString());
      out.writeArrayFieldStart("clusters");
      for (FleetCluster cluster : job.clusters()) {
        out.writeString(cluster.name().value());
      }
      out.writeEndArray();
    }
    if (job.wave().isPresent()) {
      out.writeNumberField("wave", job.wave().get());
    }
    if (job.shard().isEmpty()) {
      writeCluster(job.clusters().get(0), out);
    }
    out.writeStringField("arguments", job.arguments());
    out.writeEndObject();
  }

  private static void writeCluster(FleetCluster cluster, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("labels");
    for (Map.Entry<String, String> label : cluster.place().labels().entrySet()) {
      out.writeStringField(label.getKey(), label.getValue());
    }
    out.writeEndObject();
    // A workflow finds its secret by this name, and gives a job no other cluster's.
    out.writeStringField("variable", cluster.name().variable());
  }
}
