package io.tokenform.report.fleet;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenform.finding.Diagnostic;
import io.tokenform.fleet.ClusterPolicy;
import io.tokenform.fleet.FleetCheck;
import io.tokenform.live.JsonDocument;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What was found in the policies of a fleet, in short, and for a machine. */
public record FleetCheckReport(FleetCheck check, FleetDiagnostics findings) {
  /** The version of the document's form. */
  private static final int VERSION = 1;

  public FleetCheckReport {
    Objects.requireNonNull(check, "check");
    Objects.requireNonNull(findings, "findings");
  }

  public static FleetCheckReport of(FleetCheck check) {
    List<Diagnostic> ofFleet = new ArrayList<>(check.policies().sharedIds());
    ofFleet.addAll(check.policies().findingsOfFleet());
    return new FleetCheckReport(check, FleetDiagnostics.of(check.findings(), ofFleet));
  }

  /**
   * What is valid, where nothing is wrong.
   *
   * @param path the fleet file, as the user named it
   */
  public String summary(String path) {
    int clusters = check.policies().all().size();
    return Printable.line(path)
        + ": valid, "
        + Counts.of(clusters, "cluster", "clusters")
        + ", "
        + Counts.of(check.tokens(), "token", "tokens")
        + (clusters == 1 ? " on it" : " on them")
        + (check.expectations() == 0
            ? ""
            : ", " + Counts.of(check.expectations(), "expectation", "expectations"));
  }

  /** Of which clusters something is wrong, as one sentence without a full stop. */
  public Optional<String> obstacles() {
    List<String> parts = new ArrayList<>();
    add(parts, check.withErrors(), "has errors", "have errors");
    add(parts, check.denied(), "breaks an expectation", "break an expectation");
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
  }

  private static void add(
      List<String> parts, List<ClusterName> clusters, String one, String several) {
    if (!clusters.isEmpty()) {
      parts.add(
          (clusters.size() == 1 ? "the policy of " : "the policies of ")
              + Counts.of(clusters.size(), "cluster " + one, "clusters " + several)
              + ": "
              + FleetWords.names(clusters));
    }
  }

  /**
   * The document of one policy's findings, which {@code schemas/diagnostics.schema.json} describes,
   * with the clusters.
   */
  public String json() {
    return JsonDocument.of(this::write);
  }

  private void write(JsonGenerator out) throws IOException {
    List<Diagnostic> all = findings.findings();
    int errors = (int) all.stream().filter(Diagnostic::isError).count();
    int denied = (int) all.stream().filter(Diagnostic::isDenied).count();
    out.writeStartObject();
    out.writeNumberField("version", VERSION);
    out.writeBooleanField("valid", errors + denied == 0);
    out.writeNumberField("errors", errors);
    if (denied > 0) {
      out.writeNumberField("denied", denied);
    }
    out.writeNumberField("warnings", all.size() - errors - denied);
    out.writeArrayFieldStart("clusters");
    Set<ClusterName> isDenied = new HashSet<>(check.denied());
    for (ClusterPolicy cluster : check.policies().all()) {
      out.writeStartObject();
      out.writeStringField("name", cluster.name().value());
      out.writeBooleanField(
          "valid", cluster.policy().isPresent() && !isDenied.contains(cluster.name()));
      if (cluster.policy().isPresent()) {
        out.writeNumberField("tokens", cluster.policy().get().tokens().size());
      }
      out.writeEndObject();
    }
    out.writeEndArray();
    findings.write(out);
    out.writeEndObject();
  }
}
