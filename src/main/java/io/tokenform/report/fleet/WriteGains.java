package io.tokenform.report.fleet;

import io.tokenform.access.Permission;
import io.tokenform.fleet.ClusterPlan;
import io.tokenform.fleet.FleetPlan;
import io.tokenform.plan.Change;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.report.Importance;
import io.tokenform.report.MarkdownSection;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.MarkdownText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which tokens gain write access on which clusters, each gain once: the sections of clusters are
 * folded, and one that differs from forty others in such a gain must not be found by chance.
 */
final class WriteGains {
  /** How many clusters a row names. */
  private static final int MOST_NAMES = 10;

  private WriteGains() {}

  /**
   * A gain, as a reader sees it.
   *
   * @param coversAll whether it is about all databases
   */
  private record Gain(String text, boolean coversAll) {
    static Gain of(Change change) {
      List<Permission> write =
          change.accessGained().stream()
              .filter(permission -> Importance.Gain.of(permission) == Importance.Gain.WRITE)
              .toList();
      List<String> names =
          write.stream()
              .map(
                  permission ->
                      MarkdownText.name(permission.action().name())
                          + " on "
                          + MarkdownText.name(permission.resource()))
              .toList();
      return new Gain(
          MarkdownText.name(change.name()) + " gains " + MarkdownText.list(names, ", "),
          write.stream().anyMatch(Permission::coversAllDatabases));
    }
  }

  /** The list; first what is about all databases, then what the fewest clusters have. */
  static MarkdownSection of(FleetPlan fleet) {
    Map<Gain, List<ClusterName>> gains = new LinkedHashMap<>();
    for (ClusterPlan cluster : fleet.clusters()) {
      cluster.plan().stream()
          .flatMap(saved -> saved.plan().changes().stream())
          .filter(change -> Importance.Gain.of(change) == Importance.Gain.WRITE)
          .map(Gain::of)
          .distinct()
          .forEach(
              gain -> gains.computeIfAbsent(gain, key -> new ArrayList<>()).add(cluster.name()));
    }
    List<String> rows =
        gains.entrySet().stream()
            .sorted(
                Comparator.comparing(
                        (Map.Entry<Gain, List<ClusterName>> gain) -> gain.getKey().coversAll())
                    .reversed()
                    .thenComparing(gain -> gain.getValue().size()))
            .map(gain -> "- " + gain.getKey().text() + ": " + clusters(gain.getValue()) + "\n")
            .toList();
    return new MarkdownSection(
        "gain",
        "what is about all databases first",
        "\n### Gains write access\n\n",
        rows,
        List.of(),
        0,
        rows.size());
  }

  private static String clusters(List<ClusterName> clusters) {
    String names =
        clusters.stream()
            .limit(MOST_NAMES)
            .map(name -> MarkdownText.name(name.value()))
            .collect(Collectors.joining(", "));
    int more = clusters.size() - MOST_NAMES;
    return more > 0 ? names + " " + Counts.more(more) : names;
  }
}
