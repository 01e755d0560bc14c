package io.tokenform.report.fleet;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenform.access.Permission;
import io.tokenform.access.SecretShapes;
import io.tokenform.expect.Verdict;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Nearest;
import io.tokenform.fleet.ClusterAnswer;
import io.tokenform.live.JsonDocument;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.report.live.WhoCanReport;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Csv;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import io.tokenform.report.text.Table;
import io.tokenform.report.text.Wrapping;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Who can do something with a database on any cluster of a fleet, for people, as JSON, or as
 * comma-separated values. A cluster that gave no answer is there too: nobody knows who can there.
 *
 * @param clusters in the order of the fleet
 */
public record FleetWhoCan(Permission wanted, List<ClusterAnswer<Found>> clusters) {
  /** The version of the document's form. */
  private static final int VERSION = 1;

  public FleetWhoCan {
    Objects.requireNonNull(wanted, "wanted");
    clusters = List.copyOf(clusters);
  }

  /**
   * What one cluster answered.
   *
   * @param databases those that it has; absent where the question is about all
   */
  public record Found(WhoCanReport report, Optional<List<String>> databases) {
    public Found {
      Objects.requireNonNull(report, "report");
      databases = databases.map(List::copyOf);
    }
  }

  /** The clusters that answered, with what they did, in their order. */
  private Map<ClusterName, Found> answers() {
    Map<ClusterName, Found> answers = new LinkedHashMap<>();
    clusters.forEach(
        cluster -> cluster.found().ifPresent(found -> answers.put(cluster.name(), found)));
    return answers;
  }

  private List<ClusterName> those(Predicate<Found> which) {
    return answers().entrySet().stream()
        .filter(answer -> which.test(answer.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** On which clusters those who can are not those who are expected to, if that is so. */
  public Optional<String> breach() {
    List<ClusterName> unexpected = those(found -> Verdict.anyFails(found.report().verdicts()));
    return unexpected.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the expectation fails on "
                + Counts.of(unexpected.size(), "cluster", "clusters")
                + ": "
                + FleetWords.names(unexpected));
  }

  /** What was found of the expectation, by clusters in their order. */
  public Map<ClusterName, List<Diagnostic>> findings() {
    Map<ClusterName, List<Diagnostic>> findings = new LinkedHashMap<>();
    answers().forEach((name, found) -> findings.put(name, found.report().findings()));
    return findings;
  }

  /** Whether clusters answered, and none of them has the database. */
  public boolean isUnknown() {
    return !answers().isEmpty() && those(this::lacks).size() == answers().size();
  }

  private boolean lacks(Found found) {
    return found.databases().filter(all -> !all.contains(wanted.resource())).isPresent();
  }

  /** What may have been meant by a database that no cluster has. */
  public Optional<String> nearest() {
    NavigableSet<String> all = new TreeSet<>();
    answers().values().forEach(found -> found.databases().ifPresent(all::addAll));
    return Nearest.hint(wanted.resource(), all);
  }

  /** A count, a line for each token, and of which clusters there is none, or none known. */
  public String text(Style style, OptionalInt width) {
    List<ClusterName> with = those(found -> !found.report().answer().holders().isEmpty());
    int count =
        answers().values().stream()
            .mapToInt(found -> found.report().answer().holders().size())
            .sum();
    StringBuilder out = new StringBuilder();
    if (count == 0) {
      out.append(
          Wrapping.of(
              "No active token of "
                  + Counts.of(answers().size(), "cluster", "clusters")
                  + " can "
                  + WhoCanReport.what(wanted)
                  + "\n",
              width));
    } else {
      String headline =
          Counts.of(count, "active token", "active tokens")
              + " of "
              + Counts.of(with.size(), "cluster", "clusters")
              + " can "
              + WhoCanReport.what(wanted);
      out.append(Wrapping.of(style.bold(headline) + "\n", width)).append('\n');
      out.append(table().render(style, width));
    }
    List<String> others = others(with);
    out.append(others.isEmpty() ? "" : "\n");
    others.forEach(line -> out.append(Wrapping.of(line + "\n", width)));
    return out.toString();
  }

  private Table table() {
    boolean withNames = has(WhoCanReport::withNames);
    boolean withStatus = has(WhoCanReport::hasLabels);
    Table table = new Table().column("CLUSTER", Table.Fit.WHOLE);
    WhoCanReport.columns(table, withNames, withStatus);
    answers()
        .forEach(
            (name, found) ->
                found
                    .report()
                    .rows(withNames, withStatus)
                    .forEach(row -> table.row(with(name, row))));
    return table;
  }

  private boolean has(Predicate<WhoCanReport> what) {
    return answers().values().stream().map(Found::report).anyMatch(what);
  }

  private static String[] with(ClusterName cluster, List<String> cells) {
    return Stream.concat(Stream.of(cluster.value()), cells.stream()).toArray(String[]::new);
  }

  private List<String> others(List<ClusterName> with) {
    List<String> lines = new ArrayList<>();
    List<ClusterName> without = those(found -> found.report().answer().holders().isEmpty());
    if (!with.isEmpty() && !without.isEmpty()) {
      lines.add(
          "No active token of "
              + Counts.of(without.size(), "cluster", "clusters")
              + " can: "
              + FleetWords.names(without));
    }
    answers()
        .forEach(
            (name, found) -> {
              List<String> unreadable = found.report().unreadableNames();
              if (!unreadable.isEmpty()) {
                lines.add(
                    Counts.of(unreadable.size(), "token", "tokens")
                        + " of "
                        + name
                        + " cannot be read, and may do so, too: "
                        + String.join(", ", unreadable));
              }
            });
    List<ClusterName> failed = ClusterAnswer.failed(clusters);
    if (!failed.isEmpty()) {
      lines.add(
          "Not known of "
              + Counts.of(failed.size(), "cluster, which gave", "clusters, which gave")
              + " no answer: "
              + FleetWords.names(failed));
    }
    return lines;
  }

  /** Comma-separated values with a heading; a cluster that gave no answer has a row, too. */
  public String csv() {
    boolean withStatus = has(WhoCanReport::hasLabels);
    Csv csv = new Csv();
    List<String> heading = WhoCanReport.csvHeading(withStatus);
    csv.row(Stream.concat(Stream.of("cluster"), heading.stream()).toArray(String[]::new));
    for (ClusterAnswer<Found> cluster : clusters) {
      cluster
          .found()
          .ifPresent(
              found ->
                  found
                      .report()
                      .csvRows(withStatus)
                      .forEach(row -> csv.row(with(cluster.name(), row))));
      cluster
          .failure()
          .ifPresent(
              failure -> {
                List<String> cells =
                    new ArrayList<>(List.of("", "not known: " + Printable.line(failure.message())));
                while (cells.size() < heading.size()) {
                  cells.add("");
                }
                csv.row(with(cluster.name(), cells));
              });
    }
    return csv.toString();
  }

  /** One JSON document, which {@code schemas/fleet-who-can.schema.json} describes. */
  public String json() {
    return JsonDocument.of(
        out -> {
          out.writeStartObject();
          out.writeNumberField("version", VERSION);
          WhoCanReport.writeQuestion(wanted, out);
          out.writeArrayFieldStart("clusters");
          for (ClusterAnswer<Found> cluster : clusters) {
            write(cluster, out);
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private void write(ClusterAnswer<Found> cluster, JsonGenerator out) throws IOException {
    out.writeStartObject();
    FleetCheckup.writePlace(cluster.place(), out);
    if (cluster.found().isPresent()) {
      Found found = cluster.found().get();
      if (found.databases().isPresent()) {
        out.writeBooleanField("hasDatabase", !lacks(found));
      }
      found.report().writeAnswer(out);
    } else {
      ClusterAnswer.Failure failure = cluster.failure().orElseThrow();
      out.writeObjectFieldStart("error");
      out.writeStringField("message", Printable.line(SecretShapes.mask(failure.message())));
      if (failure.hint().isPresent()) {
        out.writeStringField("hint", Printable.line(SecretShapes.mask(failure.hint().get())));
      }
      out.writeEndObject();
    }
    out.writeEndObject();
  }
}
