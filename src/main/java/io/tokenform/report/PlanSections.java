package io.tokenform.report;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.plan.AccessByDatabase;
import io.tokenform.plan.Change;
import io.tokenform.plan.Plan;
import io.tokenform.plan.TokenChange;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Excerpt;
import io.tokenform.report.text.MarkdownText;
import io.tokenform.report.text.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a comment shows of one plan: its findings, its changes and the access by database, of each
 * as many rows as there is room for.
 */
public record PlanSections(
    MarkdownSection findings, MarkdownSection changes, MarkdownSection databases) {
  private static final int MOST_UNMANAGED = 10;

  /** How much of a live description stands in the table, in characters. */
  private static final int LONGEST_DESCRIPTION = 80;

  public PlanSections {
    Objects.requireNonNull(findings, "findings");
    Objects.requireNonNull(changes, "changes");
    Objects.requireNonNull(databases, "databases");
  }

  /**
   * All rows of a plan.
   *
   * @param findings those that are told with it, in their order
   */
  public static PlanSections of(Plan plan, PlanFindings findings) {
    return of(plan, findings, true);
  }

  /**
   * The same rows in the same order, without the ids of live tokens: they are what differs where a
   * change is made to several clusters.
   */
  public static PlanSections withoutIds(Plan plan) {
    return of(plan, PlanFindings.unfolded(List.of()), false);
  }

  private static PlanSections of(Plan plan, PlanFindings findings, boolean hasIds) {
    Importance importance = new Importance(plan);
    return new PlanSections(
        MarkdownSection.findings(findings), changes(importance, hasIds), databases(importance));
  }

  /** Findings alone, where there is no plan. */
  public static PlanSections of(PlanFindings findings) {
    MarkdownSection none = MarkdownSection.of("change", "", List.of(), 0);
    return new PlanSections(MarkdownSection.findings(findings), none, none);
  }

  /** In the order of a page. */
  private List<MarkdownSection> all() {
    return List.of(findings, changes, databases);
  }

  /** The sections that have rows, as lines that each end in a line break. */
  public String text() {
    return all().stream().map(MarkdownSection::text).collect(Collectors.joining());
  }

  public int size() {
    return all().stream().mapToInt(MarkdownSection::size).sum();
  }

  /** How much room the rows take that say who gains access, without any other. */
  public int gains() {
    return changes.gainsAlone().size() + databases.gainsAlone().size();
  }

  /** How many changes that gain access are not shown. */
  public int hiddenChanges() {
    return changes.hiddenGains();
  }

  /** How many databases to which somebody gains access are not shown. */
  public int hiddenDatabases() {
    return databases.hiddenGains();
  }

  /** Whether all rows are shown. */
  public boolean isWhole() {
    return all().stream().allMatch(MarkdownSection::isWhole);
  }

  /** Whether a gain of access is not shown. */
  public boolean hideGains() {
    return hiddenChanges() + hiddenDatabases() > 0;
  }

  /** What is left out, as parts of a sentence; what gains access first. */
  public List<String> cuts() {
    List<String> cuts = hiddenGains(hiddenChanges(), hiddenDatabases());
    all().forEach(section -> section.cut().ifPresent(cuts::add));
    return cuts;
  }

  /** Which gains of access are not shown, as parts of a sentence. */
  public static List<String> hiddenGains(int changes, int databases) {
    List<String> cuts = new ArrayList<>();
    if (changes > 0) {
      cuts.add(
          "**"
              + Counts.of(changes, "change that gains", "changes that gain")
              + " access not shown**");
    }
    if (databases > 0) {
      cuts.add(
          "**"
              + Counts.of(databases, "database", "databases")
              + " to which somebody gains access not shown**");
    }
    return cuts;
  }

  /**
   * Every gain of access, if there is room for all of them, and what fits of the rest.
   *
   * @param room in characters; negative where there is less than none
   */
  public PlanSections within(int room) {
    int gains = gains();
    boolean gainsFit = gains <= room;
    int spare = Math.max(0, gainsFit ? room - gains : room);
    MarkdownSection keptFindings = findings.within(gainsFit ? spare / 2 : spare / 4);
    spare -= keptFindings.size();
    MarkdownSection keptDatabases =
        databases.within(gainsFit ? databases.gainsAlone().size() + spare / 4 : spare / 4);
    MarkdownSection keptChanges = changes.within(room - keptFindings.size() - keptDatabases.size());
    // What the changes do not need.
    keptFindings = findings.within(room - keptChanges.size() - keptDatabases.size());
    keptDatabases = databases.within(room - keptChanges.size() - keptFindings.size());
    return new PlanSections(keptFindings, keptChanges, keptDatabases);
  }

  /** Whether some rows of other sections are not in these. */
  public boolean isLessThan(PlanSections others) {
    return changes.rows().size() + databases.rows().size()
        < others.changes.rows().size() + others.databases.rows().size();
  }

  /** Without any row. */
  public PlanSections none() {
    return new PlanSections(findings.within(0), changes.within(0), databases.within(0));
  }

  private static MarkdownSection changes(Importance importance, boolean hasIds) {
    List<Change> changes = importance.changes();
    return MarkdownSection.of(
        "change",
        heading(changes),
        changes.stream().map(change -> row(importance, change, hasIds)).toList(),
        (int) changes.stream().filter(change -> !change.accessGained().isEmpty()).count());
  }

  private static String heading(List<Change> changes) {
    boolean hasDatabases = changes.stream().anyMatch(change -> change.ofDatabase().isPresent());
    return "\n### Changes\n\n| "
        + (hasDatabases ? "Token or database" : "Token")
        + " | Effect | Change | Policy |\n| --- | --- | --- | --- |\n";
  }

  private static String row(Importance importance, Change change, boolean hasIds) {
    return cells(
        token(change, hasIds),
        (change.losesData() ? "loses data" : change.effect().words())
            + (change.ofDatabase().isPresent() && change.isIrreversible()
                ? "<br>**irreversible**"
                : "")
            + (importance.isDenied(change) ? "<br>**denied**" : "")
            + (importance.isAllowed(change) ? "<br>**allowed once**" : ""),
        String.join("<br>", Lines.of(change).markdown()),
        MarkdownText.place(change.where()));
  }

  /** Its name in the policy, and what it is on the cluster: names and descriptions are swapped. */
  private static String token(Change change, boolean hasIds) {
    return MarkdownText.name(change.name())
        + (change.ofDatabase().isPresent() ? "<br>database" : "")
        + change.liveId().filter(id -> hasIds).map(id -> "<br>`" + id + "`").orElse("")
        + change
            .ofToken()
            .map(TokenChange::description)
            .map(text -> "<br>" + MarkdownText.description(Excerpt.of(text, LONGEST_DESCRIPTION)))
            .orElse("");
  }

  private static String cells(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static MarkdownSection databases(Importance importance) {
    List<Importance.Database> databases = importance.databases();
    return MarkdownSection.of(
        "database",
        "\n### Access by database\n\n| Database | Gains | Loses |\n| --- | --- | --- |\n",
        databases.stream()
            .map(
                database ->
                    cells(
                        PlanComment.resource(database.resource()),
                        String.join("<br>", who(database.entries(), true)),
                        MarkdownText.list(who(database.entries(), false), "<br>")))
            .toList(),
        (int)
            databases.stream()
                .filter(database -> database.gain() != Importance.Gain.NOTHING)
                .count());
  }

  private static List<String> who(List<AccessByDatabase.Entry> entries, boolean gained) {
    return entries.stream()
        .filter(entry -> entry.gained() == gained)
        .map(PlanSections::entry)
        .toList();
  }

  private static String entry(AccessByDatabase.Entry entry) {
    String line =
        MarkdownText.name(entry.token())
            + " "
            + PlanComment.action(new Permission(entry.action(), Permission.ALL_DATABASES));
    if (entry.kept().isEmpty()) {
      return line;
    }
    List<String> kept = entry.kept().stream().map(PlanComment::resource).toList();
    return line + ", keeps " + MarkdownText.list(kept, ", ");
  }

  /** The diff, folded; nothing where nothing changes. */
  public static String diff(Plan plan) {
    String diff = new PlanDiff(Style.PLAIN).unified(plan);
    return diff.isEmpty()
        ? ""
        : "\n<details>\n<summary>Diff</summary>\n\n"
            + MarkdownText.block("diff", diff)
            + "\n</details>\n";
  }

  /** The list of unmanaged tokens; nothing where there are none. */
  public static String unmanaged(Plan plan) {
    if (plan.unmanaged().isEmpty()) {
      return "";
    }
    StringBuilder out = new StringBuilder();
    out.append("\n### Unmanaged tokens\n\nActive, not in the policy, left alone:\n\n");
    plan.unmanaged().stream().limit(MOST_UNMANAGED).forEach(token -> out.append(unmanaged(token)));
    int more = plan.unmanaged().size() - MOST_UNMANAGED;
    return out.append(more > 0 ? "- " + Counts.more(more) + "\n" : "").toString();
  }

  private static String unmanaged(Token token) {
    return "- `"
        + token.id()
        + "` "
        + MarkdownText.description(Excerpt.of(token.description(), Excerpt.NAME))
        + ": "
        + access(token.permissions())
        + "\n";
  }

  /** Permissions in one line, as in {@code read logs, metrics; write all databases}. */
  private static String access(Permissions permissions) {
    if (permissions.isEmpty()) {
      return "no access";
    }
    Map<String, List<String>> byAction = new LinkedHashMap<>();
    Importance.permissions(permissions).stream()
        .limit(PlanText.MOST_PERMISSIONS)
        .forEach(
            permission ->
                byAction
                    .computeIfAbsent(PlanComment.action(permission), key -> new ArrayList<>())
                    .add(PlanComment.resource(permission)));
    String access =
        byAction.entrySet().stream()
            .map(entry -> entry.getKey() + " " + String.join(", ", entry.getValue()))
            .collect(Collectors.joining("; "));
    int more = permissions.size() - PlanText.MOST_PERMISSIONS;
    return more > 0 ? access + " " + Counts.more(more) : access;
  }
}
