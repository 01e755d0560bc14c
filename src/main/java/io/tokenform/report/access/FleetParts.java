package io.tokenform.report.access;

import io.tokenform.access.SecretShapes;
import io.tokenform.policy.placement.Place;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Printable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/** The parts of the page that only a report over a fleet has: its clusters, and their numbers. */
final class FleetParts {
  private final AccessReport report;
  private final FleetScope fleet;

  private FleetParts(AccessReport report, FleetScope fleet) {
    this.report = report;
    this.fleet = fleet;
  }

  /** As the template names them. */
  static Map<String, Object> of(AccessReport report, FleetScope fleet) {
    FleetParts parts = new FleetParts(report, fleet);
    List<Column> columns = parts.columns();
    Map<String, Object> texts = new HashMap<>();
    texts.put("file", Printable.line(SecretShapes.mask(fleet.file())));
    texts.put("scope", parts.scope());
    texts.put("moments", moments(report.moments()));
    texts.put("unread", parts.unread());
    texts.put("columns", columns.stream().map(Column::heading).toList());
    texts.put("rows", report.clusters().stream().map(one -> row(one, columns)).toList());
    texts.put(
        "blanks", fleet.unread().stream().map(one -> new Blank(one, columns.size())).toList());
    texts.put("sources", report.clusters().stream().map(FleetParts::source).toList());
    return texts;
  }

  /** How many clusters are in the report, and of how many. */
  private String scope() {
    int read = report.clusters().size();
    return read == fleet.clusters() && read > 1
        ? "all " + Counts.number(read)
        : Counts.number(read) + " of " + Counts.number(fleet.clusters());
  }

  /** The first moment, and the last one where that is another. */
  static List<Map<String, Object>> moments(List<Instant> moments) {
    if (moments.isEmpty()) {
      return List.of();
    }
    String last = moments.get(moments.size() - 1).toString();
    return List.of(
        Map.of(
            "first",
            moments.get(0).toString(),
            "last",
            moments.size() == 1 ? List.of() : List.of(last)));
  }

  /** The clusters that are not in the report, with a heading; nothing where there is none. */
  private List<Map<String, Object>> unread() {
    if (fleet.unread().isEmpty()) {
      return List.of();
    }
    int count = fleet.unread().size();
    return List.of(
        Map.of(
            "heading",
            Counts.of(count, "cluster", "clusters") + " could not be read",
            "what",
            count == 1 ? "its tokens" : "their tokens",
            "clusters",
            fleet.unread().stream()
                .map(
                    one ->
                        Map.of(
                            "name",
                            one.name().value(),
                            "reason",
                            Printable.line(SecretShapes.mask(one.reason())),
                            "hints",
                            one.hint().map(SecretShapes::mask).map(Printable::line).stream()
                                .toList()))
                .toList()));
  }

  /**
   * A number that each cluster has.
   *
   * @param filter what the page shows when somebody presses it, beside the cluster
   * @param isFinding whether an auditor looks at it first, where it is not 0
   * @param number absent where it is not known of a cluster
   */
  private record Column(
      String heading,
      String filter,
      boolean isFinding,
      Function<ClusterAccess, OptionalInt> number) {}

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("Active tokens", "", false, of(Glance::tokens)));
    columns.add(new Column("Write all (*)", "&access=write-all", true, of(Glance::allWriters)));
    columns.add(new Column("Expire in 30 days", "&only=expiring", false, of(Glance::expiring)));
    if (report.hasPolicy()) {
      columns.add(
          new Column(
              "Not in the policy", "&only=unmanaged", true, one -> one.glance().unmanaged()));
      columns.add(
          new Column(
              "More than the policy",
              "&only=beyond",
              true,
              one -> OptionalInt.of(one.beyondPolicy())));
    }
    columns.add(new Column("Name a gone database", "&only=dangling", true, of(Glance::dangling)));
    if (report.hasPast()) {
      columns.add(
          new Column(
              "By no known apply",
              "&only=unexplained",
              true,
              one -> known(one.origin().past().isPresent(), one.unexplained())));
    }
    if (report.hasSince()) {
      for (AccessChange.Kind kind : AccessChange.Kind.values()) {
        if (kind != AccessChange.Kind.BOTH || report.changed(kind) > 0) {
          columns.add(
              new Column(
                  capital(AccessHtml.words(kind)),
                  "&change=" + kind,
                  false,
                  one -> known(one.origin().since().isPresent(), one.changed(kind))));
        }
      }
    }
    return columns;
  }

  private static Function<ClusterAccess, OptionalInt> of(Function<Glance, Integer> number) {
    return cluster -> OptionalInt.of(number.apply(cluster.glance()));
  }

  private static OptionalInt known(boolean isKnown, int number) {
    return isKnown ? OptionalInt.of(number) : OptionalInt.empty();
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  /** A cluster in the table of clusters. */
  private record Row(String name, String labels, List<Cell> cells) {}

  /**
   * A number of it.
   *
   * @param link the same, where there is something to show
   */
  private record Cell(List<Link> link, String plain, String kind) {}

  private record Link(String filter, String count) {}

  /** A cluster that could not be read, in the same table. */
  private record Blank(String name, int width) {
    Blank(UnreadCluster cluster, int width) {
      this(cluster.name().value(), width);
    }
  }

  private static Row row(ClusterAccess cluster, List<Column> columns) {
    Place place = cluster.origin().place().orElseThrow();
    String name = place.name().value();
    List<Cell> cells = new ArrayList<>();
    for (Column column : columns) {
      OptionalInt number = column.number().apply(cluster);
      int count = number.orElse(0);
      cells.add(
          count > 0
              ? new Cell(
                  List.of(new Link("cluster=" + name + column.filter(), Counts.number(count))),
                  "",
                  column.isFinding() ? "bad" : "")
              : new Cell(List.of(), number.isPresent() ? "0" : "not known", ""));
    }
    List<String> labels = new ArrayList<>();
    place.labels().forEach((key, value) -> labels.add(key + "=" + value));
    return new Row(name, String.join(", ", labels), cells);
  }

  private static Map<String, Object> source(ClusterAccess cluster) {
    Origin origin = cluster.origin();
    Map<String, Object> source = new HashMap<>(AccessHtml.source(origin));
    source.put("name", origin.cluster().orElseThrow().value());
    return source;
  }
}
