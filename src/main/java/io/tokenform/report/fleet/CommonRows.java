package io.tokenform.report.fleet;

import io.tokenform.plan.Plan;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.report.MarkdownSection;
import io.tokenform.report.PlanFindings;
import io.tokenform.report.PlanSections;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.MarkdownText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rows that several clusters of a fleet have in common, as the changes of a shared role: each
 * of them once, with the names of the clusters in a column of its own. The ids of live tokens, in
 * which such rows differ, are not there.
 *
 * @param rows changes and databases; no findings
 * @param changes the clusters of each change, in the order of the rows
 * @param databases the clusters of each database, in the order of the rows
 */
record CommonRows(
    PlanSections rows, List<List<ClusterName>> changes, List<List<ClusterName>> databases) {
  static final CommonRows NONE =
      new CommonRows(PlanSections.of(PlanFindings.unfolded(List.of())), List.of(), List.of());

  private static final String END_OF_ROW = " |\n";

  CommonRows {
    changes = List.copyOf(changes);
    databases = List.copyOf(databases);
  }

  /**
   * The rows that clusters have in common, and the clusters without these rows.
   *
   * @param sections those that have anything left to show
   */
  record Split(CommonRows common, List<FleetSection> sections) {}

  /**
   * Takes what several clusters have in common out of their sections.
   *
   * @param whole with all rows
   * @param clusters how many clusters the fleet has
   */
  static Split of(List<FleetSection> whole, int clusters) {
    Map<ClusterName, PlanSections> bare = new HashMap<>();
    for (FleetSection section : whole) {
      Optional<Plan> plan = section.cluster().plan().map(saved -> saved.plan());
      plan.ifPresent(of -> bare.put(section.cluster().name(), PlanSections.withoutIds(of)));
    }
    Found changes = new Found(whole, bare, PlanSections::changes);
    Found databases = new Found(whole, bare, PlanSections::databases);
    CommonRows common =
        new CommonRows(
            new PlanSections(
                NONE.rows.findings(),
                changes.section("change", "Changes", clusters),
                databases.section("database", "Access by database", clusters)),
            changes.clusters(),
            databases.clusters());
    List<FleetSection> rest =
        whole.stream()
            .map(
                section ->
                    section.withRest(
                        new PlanSections(
                            section.rows().findings(),
                            changes.rest(section),
                            databases.rest(section))))
            .filter(FleetSection::hasOwn)
            .toList();
    return new Split(common, rest);
  }

  /** A row without ids; where a cluster has the same row several times, which of them. */
  private record Key(String row, int number) {
    static List<Key> of(List<String> rows) {
      Map<String, Integer> counts = new HashMap<>();
      return rows.stream().map(row -> new Key(row, counts.merge(row, 1, Integer::sum))).toList();
    }
  }

  /** The rows of one kind of section of all clusters. */
  private static final class Found {
    private final Function<PlanSections, MarkdownSection> kind;
    private final Map<ClusterName, List<Key>> keys = new HashMap<>();

    /** Those in common, what gains access first. */
    private final Map<Key, Set<ClusterName>> common = new LinkedHashMap<>();

    private final Set<Key> gaining = new HashSet<>();
    private String head = "";

    Found(
        List<FleetSection> sections,
        Map<ClusterName, PlanSections> bare,
        Function<PlanSections, MarkdownSection> kind) {
      this.kind = kind;
      Map<Key, Set<ClusterName>> gains = new LinkedHashMap<>();
      Map<Key, Set<ClusterName>> others = new LinkedHashMap<>();
      for (FleetSection section : sections) {
        ClusterName name = section.cluster().name();
        PlanSections rows = bare.get(name);
        List<Key> all = rows == null ? List.of() : Key.of(kind.apply(rows).rows());
        keys.put(name, all);
        for (int i = 0; i < all.size(); i++) {
          boolean isGain = i < kind.apply(rows).gains();
          (isGain ? gains : others)
              .computeIfAbsent(all.get(i), key -> new LinkedHashSet<>())
              .add(name);
          head = kind.apply(rows).head();
        }
      }
      gains.values().removeIf(clusters -> clusters.size() < 2);
      others.values().removeIf(clusters -> clusters.size() < 2);
      common.putAll(gains);
      others.forEach(common::putIfAbsent);
      gaining.addAll(gains.keySet());
    }

    List<List<ClusterName>> clusters() {
      return common.values().stream().map(List::copyOf).toList();
    }

    MarkdownSection section(String one, String what, int clusters) {
      List<String> rows =
          common.entrySet().stream()
              .map(row -> withColumn(row.getKey().row(), names(row.getValue(), clusters)))
              .toList();
      return new MarkdownSection(
          one, "what gains access first", head(what), rows, List.of(), gaining.size(), rows.size());
    }

    /** The heading, and the lines that say which columns there are. */
    private String head(String what) {
      List<String> lines = head.lines().toList();
      return lines.isEmpty()
          ? ""
          : "\n### "
              + what
              + " in several clusters\n\n"
              + withColumn(lines.get(lines.size() - 2) + "\n", "Clusters")
              + withColumn(lines.get(lines.size() - 1) + "\n", "---");
    }

    private static String withColumn(String row, String cell) {
      return row.substring(0, row.length() - END_OF_ROW.length()) + " | " + cell + END_OF_ROW;
    }

    /** All of them: who gains access where is never left out. */
    private static String names(Set<ClusterName> names, int clusters) {
      return names.size() == clusters
          ? "all " + Counts.number(clusters)
          : names.stream()
              .map(name -> MarkdownText.name(name.value()))
              .collect(Collectors.joining(", "));
    }

    /** What a cluster has besides. */
    MarkdownSection rest(FleetSection section) {
      MarkdownSection whole = kind.apply(section.rows());
      List<Key> all = keys.get(section.cluster().name());
      List<String> rows = new ArrayList<>();
      int gains = 0;
      for (int i = 0; i < all.size(); i++) {
        if (!common.getOrDefault(all.get(i), Set.of()).contains(section.cluster().name())) {
          rows.add(whole.rows().get(i));
          gains += i < whole.gains() ? 1 : 0;
        }
      }
      return new MarkdownSection(
          whole.one(), whole.order(), whole.head(), rows, List.of(), gains, rows.size());
    }
  }

  /** The same with these of its rows. */
  CommonRows with(PlanSections kept) {
    return new CommonRows(kept, changes, databases);
  }

  /** How many changes that gain access are not shown, for each cluster that has such. */
  Map<ClusterName, Integer> hiddenChanges() {
    return hidden(rows.changes(), changes);
  }

  /** The same of databases to which somebody gains access. */
  Map<ClusterName, Integer> hiddenDatabases() {
    return hidden(rows.databases(), databases);
  }

  private static Map<ClusterName, Integer> hidden(
      MarkdownSection section, List<List<ClusterName>> clusters) {
    Map<ClusterName, Integer> hidden = new HashMap<>();
    for (int i = section.kept(); i < section.gains(); i++) {
      clusters.get(i).forEach(name -> hidden.merge(name, 1, Integer::sum));
    }
    return hidden;
  }
}
