package io.tokenform.report.fleet;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenform.live.JsonDocument;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.policy.placement.Place;
import io.tokenform.report.Checkup;
import io.tokenform.report.CheckupJson;
import io.tokenform.report.CheckupText;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What {@code doctor} found out about the clusters of a fleet.
 *
 * @param clusters in the order of the fleet
 */
public record FleetCheckup(List<Examined> clusters) {
  /** The version of the document's form. */
  private static final int VERSION = 1;

  public FleetCheckup {
    clusters = List.copyOf(clusters);
  }

  /** A cluster, and what was found out about it. */
  public record Examined(Place place, Checkup checkup) {
    public Examined {
      Objects.requireNonNull(place, "place");
      Objects.requireNonNull(checkup, "checkup");
    }
  }

  /** Whether all of them are. */
  public boolean isHealthy() {
    return ill().isEmpty();
  }

  private List<ClusterName> ill() {
    return clusters.stream()
        .filter(cluster -> !cluster.checkup().isHealthy())
        .map(cluster -> cluster.place().name())
        .toList();
  }

  /** Each cluster under its name, and a summary, as lines that each end in a line break. */
  public String text(Style style) {
    CheckupText text = new CheckupText(style);
    StringBuilder out = new StringBuilder();
    for (Examined cluster : clusters) {
      String name = "== " + cluster.place().name() + FleetWords.labels(cluster.place());
      out.append(style.bold(Printable.line(name))).append('\n');
      out.append(text.facts(cluster.checkup()));
      if (!cluster.checkup().isHealthy()) {
        out.append(CheckupText.verdict(cluster.checkup())).append('\n');
      }
      out.append('\n');
    }
    return out.append(summary()).append('\n').toString();
  }

  private String summary() {
    List<ClusterName> ill = ill();
    int well = clusters.size() - ill.size();
    String count = Counts.of(clusters.size(), "cluster", "clusters");
    return ill.isEmpty()
        ? count + ": all is well."
        : count
            + ": "
            + (well == 0
                ? "none is well."
                : Counts.of(well, "is well", "are well")
                    + ", "
                    + Counts.of(ill.size(), "is not", "are not")
                    + ": "
                    + FleetWords.names(ill)
                    + ".");
  }

  /**
   * One JSON document in printable ASCII, which {@code schemas/fleet-doctor.schema.json} describes.
   */
  public String json() {
    return JsonDocument.of(
        out -> {
          out.writeStartObject();
          out.writeNumberField("version", VERSION);
          out.writeBooleanField("healthy", isHealthy());
          out.writeArrayFieldStart("clusters");
          for (Examined cluster : clusters) {
            write(cluster, out);
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private static void write(Examined cluster, JsonGenerator out) throws IOException {
    out.writeStartObject();
    writePlace(cluster.place(), out);
    CheckupJson.writeFields(cluster.checkup(), out);
    out.writeEndObject();
  }

  /** Writes a cluster's name and its labels into the open object. */
  static void writePlace(Place place, JsonGenerator out) throws IOException {
    out.writeStringField("name", place.name().value());
    out.writeObjectFieldStart("labels");
    for (Map.Entry<String, String> label : place.labels().entrySet()) {
      out.writeStringField(label.getKey(), label.getValue());
    }
    out.writeEndObject();
  }
}
