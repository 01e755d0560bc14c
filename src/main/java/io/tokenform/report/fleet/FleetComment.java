package io.tokenform.report.fleet;

import io.tokenform.access.Flag;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.fleet.ClusterPlan;
import io.tokenform.fleet.FleetPlan;
import io.tokenform.plan.CutComment;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.report.CommentOptions;
import io.tokenform.report.MarkdownSection;
import io.tokenform.report.PlanComment;
import io.tokenform.report.PlanFindings;
import io.tokenform.report.PlanMarkdown;
import io.tokenform.report.PlanSections;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Excerpt;
import io.tokenform.report.text.MarkdownText;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The plan of a fleet as the text of one comment, which has room for so much. */
final class FleetComment {
  /** Clusters without changes are listed in the table up to so many clusters. */
  private static final int SMALL_FLEET = 20;

  /** How much of what went wrong stands in the table, in characters. */
  private static final int LISTED_MESSAGE = 80;

  /** More than what the notice can gain in numbers. */
  private static final int NOTICE_DIGITS = 100;

  private final FleetPlan fleet;
  private final CommentOptions options;
  private final String digest;
  private final String summary;
  private final MarkdownSection table;
  private final MarkdownSection shared;

  /** Which tokens gain write access, which no order of the clusters and no folding hides. */
  private final String gained;

  private final List<FleetSection> sections;

  FleetComment(FleetPlan fleet, CommentOptions options) {
    this.fleet = fleet;
    this.options = options;
    // Each is made of all changes, and stands in every page that is tried.
    this.digest = fleet.digest();
    this.summary = FleetWords.summary(fleet);
    FleetFindings findings = FleetFindings.of(fleet, options.unfolded());
    Map<ClusterName, PlanFindings> alone = findings.alone();
    this.table = table();
    this.shared = shared(findings.shared());
    // For one cluster, its section has the same at its beginning.
    this.gained =
        fleet.changed() > 1 ? WriteGains.of(fleet).within(options.limit() / 8).text() : "";
    this.sections =
        fleet.clusters().stream()
            .sorted(FleetSection.mostImportantFirst())
            .map(
                cluster ->
                    new FleetSection(
                        cluster,
                        alone.getOrDefault(cluster.name(), PlanFindings.unfolded(List.of()))))
            .filter(FleetSection::hasContent)
            .toList();
  }

  /** The text; each line ends in a line break. */
  String text() {
    return page().text();
  }

  /** Which gains of access the text has no room for, by cluster. */
  Map<ClusterName, CutComment> cut() {
    Layout shown = page().layout();
    Map<ClusterName, Integer> changes = shown.common().hiddenChanges();
    Map<ClusterName, Integer> databases = shown.common().hiddenDatabases();
    for (FleetSection section : shown.sections()) {
      changes.merge(section.cluster().name(), section.rows().hiddenChanges(), Integer::sum);
      databases.merge(section.cluster().name(), section.rows().hiddenDatabases(), Integer::sum);
    }
    Map<ClusterName, CutComment> cut = new LinkedHashMap<>();
    for (ClusterPlan cluster : fleet.clusters()) {
      int hiddenChanges = changes.getOrDefault(cluster.name(), 0);
      int hiddenDatabases = databases.getOrDefault(cluster.name(), 0);
      boolean isJudged = cluster.plan().filter(saved -> !saved.plan().hasErrors()).isPresent();
      if (isJudged && hiddenChanges + hiddenDatabases > 0) {
        cut.put(
            cluster.name(),
            new CutComment(hiddenChanges, hiddenDatabases, options.limit(), Flag.ONLY));
      }
    }
    return cut;
  }

  /**
   * What a text shows.
   *
   * @param common what clusters have in common, where that does not stand in their sections
   * @param sections those that are shown and those that are left out
   * @param extras what stands behind the rows of each section
   */
  private record Layout(
      MarkdownSection table,
      MarkdownSection shared,
      CommonRows common,
      List<FleetSection> sections,
      FleetSection.Extras extras) {}

  private record Page(String text, Layout layout) {}

  private Page page() {
    Page plain = page(layout(CommonRows.NONE, sections, FleetSection.Extras.UNMANAGED));
    if (fits(plain)) {
      List<FleetSection> withDiff = sections.stream().map(FleetSection::withDiff).toList();
      Page whole = page(layout(CommonRows.NONE, withDiff, FleetSection.Extras.ALL));
      return fits(whole) ? whole : plain;
    }
    List<FleetSection> rows = sections.stream().map(FleetSection::rowsAlone).toList();
    Page rowsAlone = page(layout(CommonRows.NONE, rows, FleetSection.Extras.NONE));
    if (fits(rowsAlone)) {
      return rowsAlone;
    }
    CommonRows.Split split = CommonRows.of(rows, fleet.clusters().size());
    Page once = page(layout(split.common(), split.sections(), FleetSection.Extras.NONE));
    return fits(once) ? once : page(thatFits(split));
  }

  private Layout layout(CommonRows common, List<FleetSection> shown, FleetSection.Extras extras) {
    return new Layout(table, shared, common, shown, extras);
  }

  /** Every gain of access, if there is room for all of them, and what fits of the rest. */
  private Layout thatFits(CommonRows.Split split) {
    PlanSections common = split.common().rows();
    List<FleetSection> own = split.sections();
    Layout none =
        new Layout(
            table.within(options.limit() / 4),
            shared.within(options.limit() / 8),
            split.common().with(common.none()),
            own.stream().map(FleetSection::none).toList(),
            FleetSection.Extras.NONE);
    int room = Math.max(0, options.limit() - page(none).text().length() - NOTICE_DIGITS);
    int gains = own.stream().mapToInt(FleetSection::gains).sum();
    int spare = room - gains - common.gains();
    PlanSections kept =
        common.within(spare >= 0 ? common.gains() + spare / 2 : Math.min(room / 2, common.gains()));
    return new Layout(
        none.table(),
        none.shared(),
        split.common().with(kept),
        thatFit(own, room - kept.size()),
        FleetSection.Extras.NONE);
  }

  private boolean fits(Page page) {
    return page.text().length() <= options.limit();
  }

  /** The same of sections: each has its gains, and a fair share of the rest. */
  private static List<FleetSection> thatFit(List<FleetSection> whole, int room) {
    int gains = whole.stream().mapToInt(FleetSection::gains).sum();
    int[] rooms;
    if (gains > room) {
      rooms = shares(whole, FleetSection::gains, room);
    } else {
      rooms = shares(whole, section -> section.size() - section.gains(), room - gains);
      for (int i = 0; i < rooms.length; i++) {
        rooms[i] += whole.get(i).gains();
      }
    }
    return IntStream.range(0, rooms.length).mapToObj(i -> whole.get(i).within(rooms[i])).toList();
  }

  /**
   * A share of the room for each: what it needs, or as much as everybody else who does not get what
   * it needs.
   */
  private static int[] shares(
      List<FleetSection> sections, ToIntFunction<FleetSection> need, int room) {
    int[] shares = new int[sections.size()];
    int left = Math.max(0, room);
    int others = sections.size();
    List<Integer> smallestFirst =
        IntStream.range(0, shares.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> need.applyAsInt(sections.get(i))))
            .toList();
    for (int i : smallestFirst) {
      shares[i] = Math.min(need.applyAsInt(sections.get(i)), left / others);
      left -= shares[i];
      others--;
    }
    return shares;
  }

  private Page page(Layout shown) {
    StringBuilder out = new StringBuilder();
    out.append(PlanMarkdown.MARKER).append('\n');
    out.append("## tokenform plan\n\n");
    Optional<String> obstacle = obstacle(shown);
    obstacle.ifPresent(text -> out.append("**").append(text).append("**\n\n"));
    out.append("**").append(summary).append("**\n");
    notice(shown).ifPresent(out::append);
    out.append(shown.table().text()).append(unchanged()).append(gained);
    out.append(shown.shared().text());
    out.append(shown.common().rows().text());
    shown.sections().forEach(section -> out.append(section.text()));
    out.append("\n---\n\n");
    options.commit().ifPresent(commit -> out.append("Commit `").append(commit).append("`. "));
    Optional<String> folder = options.saved().map(PlanComment::argument);
    if (obstacle.isEmpty() && fleet.hasChanges() && folder.isPresent()) {
      String saved = Flag.OUT + " " + folder.get();
      String apply = "tokenform apply " + folder.get() + " " + Flag.EXPECT_DIGEST + " " + digest;
      out.append("Apply exactly these plans, saved with ").append(MarkdownText.command(saved));
      out.append(": ").append(MarkdownText.command(apply)).append(".\n");
    } else {
      out.append("The digest of these plans is `").append(digest).append("`.\n");
    }
    return new Page(out.toString(), shown);
  }

  /** Why the plans cannot be applied as they stand, or not on the strength of this text. */
  private Optional<String> obstacle(Layout shown) {
    List<String> obstacles = FleetWords.obstacles(fleet);
    if (!obstacles.isEmpty()) {
      return Optional.of(
          String.join(", ", obstacles) + ": the fleet cannot be applied as it stands.");
    }
    boolean hidesGains =
        (shown.common().rows().hideGains()
                && fleet.clusters().stream().noneMatch(FleetComment::wasAllowed))
            || shown.sections().stream()
                .anyMatch(section -> section.rows().hideGains() && !wasAllowed(section.cluster()));
    return hidesGains
        ? Optional.of(
            "Do not approve these plans on the basis of this comment: it does not show every gain.")
        : Optional.empty();
  }

  private static boolean wasAllowed(ClusterPlan cluster) {
    return cluster.plan().stream()
        .flatMap(saved -> saved.plan().allowed().stream())
        .anyMatch(allowance -> allowance.rule() == Guardrail.CUT_COMMENT);
  }

  /** What is left out, where anything is. */
  private Optional<String> notice(Layout shown) {
    List<FleetSection> each = shown.sections();
    PlanSections common = shown.common().rows();
    List<String> cuts =
        PlanSections.hiddenGains(
            common.hiddenChanges() + sum(each, section -> section.rows().hiddenChanges()),
            common.hiddenDatabases() + sum(each, section -> section.rows().hiddenDatabases()));
    shown.table().cut().ifPresent(cuts::add);
    if (!shown.shared().isWhole()) {
      cuts.add("findings of several clusters left out");
    }
    if (!common.isWhole()) {
      cuts.add("rows of several clusters left out");
    }
    int absent = sum(each, section -> section.isShown() ? 0 : 1);
    if (absent > 0) {
      cuts.add(Counts.of(absent, "section", "sections") + " left out");
    }
    int shortened = sum(each, section -> section.isShown() && !section.rows().isWhole() ? 1 : 0);
    if (shortened > 0) {
      cuts.add("rows of " + Counts.of(shortened, "cluster", "clusters") + " left out");
    }
    if (shown.extras() != FleetSection.Extras.ALL && fleet.hasChanges()) {
      cuts.add("diffs left out");
    }
    if (shown.extras() == FleetSection.Extras.NONE
        && fleet.clusters().stream().anyMatch(FleetComment::hasUnmanaged)) {
      cuts.add("lists of unmanaged tokens left out");
    }
    return cuts.isEmpty()
        ? Optional.empty()
        : Optional.of(PlanComment.shortened(String.join("; ", cuts), whereAllIs()));
  }

  private String whereAllIs() {
    return options
        .saved()
        .map(folder -> MarkdownText.command("tokenform show " + PlanComment.argument(folder)))
        .map(command -> "The saved plans have everything: " + command)
        .orElse("`tokenform plan` shows everything");
  }

  private static boolean hasUnmanaged(ClusterPlan cluster) {
    return cluster.plan().filter(saved -> !saved.plan().unmanaged().isEmpty()).isPresent();
  }

  private static int sum(List<FleetSection> sections, ToIntFunction<FleetSection> number) {
    return sections.stream().mapToInt(number).sum();
  }

  private MarkdownSection table() {
    List<FleetWords.Column> columns = FleetWords.Column.of(fleet);
    String headings =
        "| Cluster | Wave | "
            + columns.stream().map(column -> column.heading() + " | ").collect(Collectors.joining())
            + "Result |\n";
    String line = "| --- | ---: | " + "---: | ".repeat(columns.size()) + "--- |\n";
    List<String> rows =
        fleet.clusters().stream()
            .filter(this::isListed)
            .map(cluster -> row(cluster, columns))
            .toList();
    return new MarkdownSection(
        "cluster",
        "in the order of the fleet",
        "\n" + headings + line,
        rows,
        List.of(),
        0,
        rows.size());
  }

  private static String row(ClusterPlan cluster, List<FleetWords.Column> columns) {
    StringBuilder out = new StringBuilder("| ");
    out.append(MarkdownText.name(cluster.name().value())).append(" | ");
    out.append(Counts.number(cluster.wave())).append(" | ");
    columns.forEach(column -> out.append(column.cell(cluster)).append(" | "));
    out.append(FleetSection.result(cluster));
    cluster
        .failure()
        .ifPresent(
            failure -> {
              Excerpt message = Excerpt.of(failure.message(), LISTED_MESSAGE);
              out.append(": ").append(MarkdownText.prose(message.text()));
              out.append(message.isWhole() ? "" : " ...");
            });
    return out.append(" |\n").toString();
  }

  private boolean isListed(ClusterPlan cluster) {
    return fleet.clusters().size() <= SMALL_FLEET || FleetSection.isChanged(cluster);
  }

  /** The clusters that a large fleet's table does not have, in one line. */
  private String unchanged() {
    List<String> names =
        fleet.clusters().stream()
            .filter(cluster -> !isListed(cluster))
            .map(cluster -> MarkdownText.name(cluster.name().value()))
            .toList();
    return names.isEmpty()
        ? ""
        : "\n"
            + Counts.of(names.size(), "cluster", "clusters")
            + " without changes: "
            + MarkdownText.list(names, ", ")
            + ".\n";
  }

  private static MarkdownSection shared(FleetFindings findings) {
    Map<Diagnostic, String> notes = new HashMap<>();
    Map<PlanFindings.Group, String> groupNotes = new HashMap<>();
    findings.each().forEach(told -> notes.put(told.what(), clusters(told.clusters())));
    findings.groups().forEach(told -> groupNotes.put(told.what(), clusters(told.clusters())));
    return MarkdownSection.findings(
        "Found in several clusters",
        new PlanFindings(
            findings.each().stream().map(FleetFindings.Told::what).toList(),
            findings.groups().stream().map(FleetFindings.Told::what).toList()),
        notes::get,
        groupNotes::get);
  }

  private static String clusters(List<ClusterName> clusters) {
    List<String> names =
        clusters.stream().map(cluster -> MarkdownText.name(cluster.value())).toList();
    return "<br>clusters: " + MarkdownText.list(names, ", ");
  }
}
