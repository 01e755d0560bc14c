package io.tokenform.report.fleet;

import io.tokenform.finding.Diagnostic;
import io.tokenform.fleet.ChangeCounts;
import io.tokenform.fleet.ClusterPlan;
import io.tokenform.fleet.FleetPlan;
import io.tokenform.fleet.Verdict;
import io.tokenform.plan.Effect;
import io.tokenform.plan.Kind;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.policy.placement.Place;
import io.tokenform.report.Importance;
import io.tokenform.report.text.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the forms say of a fleet in the same words: nothing but our own, codes and numbers. */
final class FleetWords {
  /** Clusters beyond this many are counted and not named. */
  private static final int MOST_NAMES = 20;

  private FleetWords() {}

  /** How many clusters have which verdict, and how many changes there are. */
  static String summary(FleetPlan fleet) {
    List<String> verdicts = new ArrayList<>();
    add(verdicts, fleet.count(Verdict.CHANGES), "with changes");
    add(verdicts, fleet.count(Verdict.UNCHANGED), "unchanged");
    add(verdicts, fleet.count(Verdict.DENIED), "denied");
    add(verdicts, fleet.count(Verdict.ERRORS), "with errors");
    add(verdicts, fleet.count(Verdict.FAILED), "failed");
    ChangeCounts counts = fleet.counts();
    List<String> kinds = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      add(kinds, counts.of(kind), kind.toDo(counts.of(kind)));
    }
    StringBuilder out = new StringBuilder("Fleet: ");
    out.append(Counts.of(fleet.clusters().size(), "cluster", "clusters"))
        .append(", ")
        .append(String.join(", ", verdicts))
        .append('.');
    if (!kinds.isEmpty()) {
      out.append(" Changes: ").append(String.join(", ", kinds)).append('.');
      out.append(" Effects: ").append(effects(counts)).append('.');
    }
    String others = String.join(", ", others(counts));
    return out.append(others.isEmpty() ? "" : " Besides: " + others + ".").toString();
  }

  private static void add(List<String> parts, int count, String what) {
    if (count > 0) {
      parts.add(Counts.number(count) + " " + what);
    }
  }

  private static String effects(ChangeCounts counts) {
    List<String> parts = new ArrayList<>();
    for (Effect effect : Effect.values()) {
      if (counts.of(effect) > 0) {
        parts.add(effect.words() + " " + Counts.number(counts.of(effect)));
      }
    }
    if (counts.losingData() > 0) {
      parts.add("loses data " + Counts.number(counts.losingData()));
    }
    return String.join(", ", parts);
  }

  private static List<String> others(ChangeCounts counts) {
    List<String> others = new ArrayList<>();
    add(others, counts.irreversible(), "irreversible");
    add(others, counts.missing(), "missing");
    return others;
  }

  /** What came of a cluster, as a list for a cell or a heading; the gravest first. */
  static List<String> result(ClusterPlan cluster) {
    List<String> parts = new ArrayList<>();
    switch (cluster.verdict()) {
      case FAILED -> parts.add("failed");
      case ERRORS -> parts.add("errors: " + codes(cluster, Diagnostic::isError));
      case DENIED -> parts.add("denied: " + codes(cluster, Diagnostic::isDenied));
      case CHANGES, UNCHANGED -> {}
    }
    ChangeCounts counts = cluster.counts();
    if (counts.changes() > 0) {
      parts.add(Counts.of(counts.changes(), "change", "changes"));
    } else if (cluster.verdict() != Verdict.FAILED) {
      parts.add("no changes");
    }
    parts.addAll(others(counts));
    return parts;
  }

  private static String codes(ClusterPlan cluster, Predicate<Diagnostic> which) {
    return Importance.findings(cluster.findings()).stream()
        .filter(which)
        .map(finding -> finding.code().word())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** What can be told of a cluster in whichever columns a table of a fleet has. */
  enum Column {
    CREATES("Creates") {
      @Override
      int count(ChangeCounts counts) {
        return counts.of(Kind.CREATE);
      }
    },
    WIDENS("Widens") {
      @Override
      int count(ChangeCounts counts) {
        return counts.of(Effect.WIDENS);
      }
    },
    NARROWS("Narrows") {
      @Override
      int count(ChangeCounts counts) {
        return counts.of(Effect.NARROWS);
      }
    },
    BOTH("Both") {
      @Override
      int count(ChangeCounts counts) {
        return counts.of(Effect.BOTH);
      }
    },
    DATABASES("Databases") {
      @Override
      int count(ChangeCounts counts) {
        return counts.ofDatabases();
      }
    };

    private final String heading;

    Column(String heading) {
      this.heading = heading;
    }

    abstract int count(ChangeCounts counts);

    String heading() {
      return heading;
    }

    /** The number; nothing for none. */
    String cell(ClusterPlan cluster) {
      int number = count(cluster.counts());
      return number == 0 ? "" : Counts.number(number);
    }

    /** Those that say something, and always the three of a plain plan. */
    static List<Column> of(FleetPlan fleet) {
      ChangeCounts counts = fleet.counts();
      List<Column> columns = new ArrayList<>(List.of(CREATES, WIDENS, NARROWS));
      for (Column besides : List.of(BOTH, DATABASES)) {
        if (besides.count(counts) > 0) {
          columns.add(besides);
        }
      }
      return columns;
    }
  }

  /** Some clusters by their names, of which no output makes anything else. */
  static String names(List<ClusterName> clusters) {
    String listed =
        clusters.stream()
            .limit(MOST_NAMES)
            .map(ClusterName::value)
            .collect(Collectors.joining(", "));
    int more = clusters.size() - MOST_NAMES;
    return more > 0 ? listed + " " + Counts.more(more) : listed;
  }

  /** A cluster's wave and labels, as in {@code wave 2, env=prod}. */
  static String place(ClusterPlan cluster) {
    List<String> parts = new ArrayList<>();
    parts.add("wave " + Counts.number(cluster.wave()));
    cluster.place().labels().forEach((key, value) -> parts.add(key + "=" + value));
    return String.join(", ", parts);
  }

  /** A cluster's labels behind its name, as in {@code (env=prod, region=eu)}. */
  static String labels(Place place) {
    return place.labels().isEmpty()
        ? ""
        : place.labels().entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(", ", " (", ")"));
  }

  /** Why the plans cannot be applied as they stand. */
  static List<String> obstacles(FleetPlan fleet) {
    List<String> obstacles = new ArrayList<>();
    int failed = fleet.count(Verdict.FAILED);
    int errors = fleet.count(Verdict.ERRORS);
    int denied = fleet.count(Verdict.DENIED);
    if (failed > 0) {
      obstacles.add(Counts.of(failed, "cluster has", "clusters have") + " no plan");
    }
    if (errors > 0) {
      obstacles.add(Counts.of(errors, "plan has", "plans have") + " errors");
    }
    if (denied > 0) {
      obstacles.add(Counts.of(denied, "plan is", "plans are") + " denied");
    }
    return obstacles;
  }
}
