package io.tokenform.report;

import io.tokenform.access.Flag;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.ShellWord;
import io.tokenform.access.Token;
import io.tokenform.cluster.settings.ConnectionSettings;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.plan.AccessByDatabase;
import io.tokenform.plan.Change;
import io.tokenform.plan.CutComment;
import io.tokenform.plan.Plan;
import io.tokenform.planfile.SavedPlan;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Excerpt;
import io.tokenform.report.text.MarkdownText;
import io.tokenform.report.text.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A plan as the text of one comment, which has room for so much. */
final class PlanComment {
  private static final int MOST_UNMANAGED = 10;

  static final String ALL_DATABASES = "**all databases**";

  /** How much of a live description stands in the table, in characters. */
  private static final int LONGEST_DESCRIPTION = 80;

  // The sections of a page, by their place in its list.
  private static final int FINDINGS = 0;
  private static final int CHANGES = 1;
  private static final int DATABASES = 2;

  /** More than what a notice can gain in numbers, and in how the rows are ordered. */
  private static final int NOTICE_DIGITS = 400;

  private final SavedPlan saved;
  private final Plan plan;
  private final Importance importance;
  private final CommentOptions options;

  PlanComment(SavedPlan saved, CommentOptions options) {
    this.saved = saved;
    this.plan = saved.plan();
    this.importance = new Importance(plan);
    this.options = options;
  }

  /** The text; each line ends in a line break. */
  String text() {
    return page().text();
  }

  /** Which gains of access the text has no room for, if any. */
  Optional<CutComment> cut() {
    Page page = page();
    int changes = hiddenGains(page.sections(), CHANGES);
    int databases = hiddenGains(page.sections(), DATABASES);
    return changes + databases == 0
        ? Optional.empty()
        : Optional.of(new CutComment(changes, databases, options.limit()));
  }

  /** The whole text, and the sections in it. */
  private record Page(String text, List<MarkdownSection> sections) {}

  private Page page() {
    List<Diagnostic> ordered = importance.findings();
    MarkdownSection findings =
        MarkdownSection.findings(
            options.unfolded() ? PlanFindings.unfolded(ordered) : PlanFindings.of(plan, ordered));
    List<MarkdownSection> sections = List.of(findings, changes(), databases());
    String unmanaged = unmanaged();
    if (fits(page("", sections, "", unmanaged))) {
      String whole = page("", sections, diff(), unmanaged);
      if (fits(whole)) {
        return new Page(whole, sections);
      }
    }
    String withoutDiff = page(notice(sections, false), sections, "", unmanaged);
    if (fits(withoutDiff)) {
      return new Page(withoutDiff, sections);
    }
    String rowsAlone = page(notice(sections, true), sections, "", "");
    if (fits(rowsAlone)) {
      return new Page(rowsAlone, sections);
    }
    List<MarkdownSection> kept = rowsThatFit(sections);
    return new Page(page(notice(kept, true), kept, "", ""), kept);
  }

  /** Every gain of access, if there is room for all of them, and what fits of the rest. */
  private List<MarkdownSection> rowsThatFit(List<MarkdownSection> sections) {
    List<MarkdownSection> none = sections.stream().map(section -> section.within(0)).toList();
    int room = options.limit() - page(notice(none, true), none, "", "").length() - NOTICE_DIGITS;
    int gains =
        sections.get(CHANGES).gainsAlone().size() + sections.get(DATABASES).gainsAlone().size();
    boolean gainsFit = gains <= room;
    int spare = Math.max(0, gainsFit ? room - gains : room);
    MarkdownSection findings = sections.get(FINDINGS).within(gainsFit ? spare / 2 : spare / 4);
    spare -= findings.size();
    MarkdownSection databases;
    if (gainsFit) {
      databases = sections.get(DATABASES);
      databases = databases.within(databases.gainsAlone().size() + spare / 4);
    } else {
      databases = sections.get(DATABASES).within(spare / 4);
    }
    MarkdownSection changes =
        sections.get(CHANGES).within(room - findings.size() - databases.size());
    // What the changes do not need.
    findings = sections.get(FINDINGS).within(room - changes.size() - databases.size());
    databases = sections.get(DATABASES).within(room - changes.size() - findings.size());
    return List.of(findings, changes, databases);
  }

  private boolean fits(String page) {
    return page.length() <= options.limit();
  }

  private static int hiddenGains(List<MarkdownSection> sections, int index) {
    return sections.get(index).hiddenGains();
  }

  private String page(
      String notice, List<MarkdownSection> sections, String diff, String unmanaged) {
    StringBuilder out = new StringBuilder();
    out.append(PlanMarkdown.MARKER).append('\n');
    out.append("## tokenform plan\n\n");
    obstacle(sections).ifPresent(text -> out.append("**").append(text).append("**\n\n"));
    out.append("**").append(PlanText.summary(plan)).append("**\n\n");
    PlanText.expectations(plan).ifPresent(line -> out.append(line).append("\n\n"));
    out.append("Cluster ").append(MarkdownText.line(PlanText.cluster(plan.cluster())));
    out.append(", ").append(Counts.of(plan.activeTokens(), "active token", "active tokens"));
    out.append(options.commit().map(commit -> ", commit `" + commit + "`").orElse(""));
    out.append(".\n");
    if (saved.snapshot().isPresent()) {
      out.append('\n').append(PlanText.source(saved)).append(".\n");
    }
    out.append(notice);
    sections.forEach(section -> out.append(section.text()));
    out.append(diff).append(unmanaged);
    out.append("\n---\n\n");
    options.commit().ifPresent(commit -> out.append("Commit `").append(commit).append("`. "));
    if (obstacle(sections).isEmpty() && plan.hasChanges()) {
      return out.append("Apply exactly this plan, ")
          .append(
              options
                  .saved()
                  .map(
                      file -> "saved with " + MarkdownText.command(Flag.OUT + " " + argument(file)))
                  .orElse("from the same policy with the same options"))
          .append(": ")
          .append(MarkdownText.command(apply()))
          .append(".\n")
          .toString();
    }
    return out.append("The digest of this plan is `")
        .append(saved.digest())
        .append("`.\n")
        .toString();
  }

  private String apply() {
    return "tokenform apply"
        + options.saved().map(file -> " " + argument(file)).orElse("")
        + ConnectionSettings.hostToName(plan.cluster())
            .map(host -> " " + Flag.URL + " " + host)
            .orElse("")
        + " "
        + Flag.EXPECT_DIGEST
        + " "
        + saved.digest();
  }

  /** A file as an argument of a command, which must not look like an option. */
  private static String argument(String file) {
    return ShellWord.of(file.startsWith("-") ? "./" + file : file);
  }

  /** Why the plan cannot be applied as it stands, or not on the strength of this text. */
  private Optional<String> obstacle(List<MarkdownSection> sections) {
    if (plan.hasErrors()) {
      return Optional.of("This plan has errors and cannot be applied.");
    }
    if (plan.isDenied()) {
      String who = plan.failsExpectations() ? "An expectation fails after" : "A guardrail denies";
      return Optional.of(who + " this plan: it cannot be applied as it stands.");
    }
    boolean wasAllowed =
        plan.allowed().stream().anyMatch(allowance -> allowance.rule() == Guardrail.CUT_COMMENT);
    return !wasAllowed && hiddenGains(sections, CHANGES) + hiddenGains(sections, DATABASES) > 0
        ? Optional.of(
            "Do not approve this plan on the basis of this comment: it does not show every gain.")
        : Optional.empty();
  }

  /** What is left out. */
  private String notice(List<MarkdownSection> sections, boolean unmanagedLeftOut) {
    List<String> cuts = new ArrayList<>();
    int changes = hiddenGains(sections, CHANGES);
    int databases = hiddenGains(sections, DATABASES);
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
    sections.forEach(section -> section.cut().ifPresent(cuts::add));
    if (plan.hasChanges()) {
      cuts.add("diff left out");
    }
    if (unmanagedLeftOut && !plan.unmanaged().isEmpty()) {
      cuts.add("list of unmanaged tokens left out");
    }
    return shortened(
        String.join("; ", cuts),
        options
            .saved()
            .map(file -> MarkdownText.command("tokenform show " + argument(file)))
            .map(command -> "The saved plan has everything: " + command)
            .orElse("`tokenform plan` shows everything"));
  }

  static String shortened(String cuts, String whereAllIs) {
    return "\n**Shortened, because comments have a size limit:** "
        + cuts
        + ". "
        + whereAllIs
        + ".\n";
  }

  /** A row in the place of findings that are folded. */
  static String findings(PlanFindings.Group group) {
    return kind(group.first()) + ": " + group.message(MarkdownText::name) + "\n";
  }

  private static String kind(Diagnostic finding) {
    return "- **"
        + (finding.isAllowed() ? "allowed once" : finding.severity())
        + "** "
        + finding.code();
  }

  static String finding(Diagnostic finding) {
    return kind(finding)
        + " at "
        + MarkdownText.place(finding.where())
        + finding.other().map(other -> " and " + MarkdownText.place(other)).orElse("")
        + ": "
        + MarkdownText.prose(finding.message())
        + finding.hint().map(hint -> "<br>hint: " + MarkdownText.prose(hint)).orElse("")
        + "\n";
  }

  private MarkdownSection changes() {
    List<Change> changes = importance.changes();
    return MarkdownSection.of(
        "change",
        "\n### Changes\n\n| Token | Effect | Change | Policy |\n| --- | --- | --- | --- |\n",
        changes.stream().map(this::row).toList(),
        (int) changes.stream().filter(change -> !change.accessGained().isEmpty()).count());
  }

  private String row(Change change) {
    return cells(
        token(change),
        change.effect().words()
            + (importance.isDenied(change) ? "<br>**denied**" : "")
            + (importance.isAllowed(change) ? "<br>**allowed once**" : ""),
        String.join("<br>", Lines.of(change).markdown()),
        MarkdownText.place(change.where()));
  }

  /** Its name in the policy, and what it is on the cluster: names and descriptions are swapped. */
  private static String token(Change change) {
    return MarkdownText.name(change.token().value())
        + change.liveId().map(id -> "<br>`" + id + "`").orElse("")
        + "<br>"
        + MarkdownText.description(Excerpt.of(change.description(), LONGEST_DESCRIPTION));
  }

  private static String cells(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  static String action(Permission permission) {
    return permission.action().isDocumented()
        ? permission.action().name()
        : MarkdownText.name(permission.action().name());
  }

  static String resource(Permission permission) {
    return resource(permission.resource());
  }

  static String resource(String resource) {
    return resource.equals(Permission.ALL_DATABASES) ? ALL_DATABASES : MarkdownText.name(resource);
  }

  private MarkdownSection databases() {
    List<Importance.Database> databases = importance.databases();
    return MarkdownSection.of(
        "database",
        "\n### Access by database\n\n| Database | Gains | Loses |\n| --- | --- | --- |\n",
        databases.stream()
            .map(
                database ->
                    cells(
                        resource(database.resource()),
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
        .map(PlanComment::entry)
        .toList();
  }

  private static String entry(AccessByDatabase.Entry entry) {
    String line =
        MarkdownText.name(entry.token())
            + " "
            + action(new Permission(entry.action(), Permission.ALL_DATABASES));
    if (entry.kept().isEmpty()) {
      return line;
    }
    List<String> kept = entry.kept().stream().map(PlanComment::resource).toList();
    return line + ", keeps " + MarkdownText.list(kept, ", ");
  }

  private String diff() {
    String diff = new PlanDiff(Style.PLAIN).unified(plan);
    return diff.isEmpty()
        ? ""
        : "\n<details>\n<summary>Diff</summary>\n\n"
            + MarkdownText.block("diff", diff)
            + "\n</details>\n";
  }

  private String unmanaged() {
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
                    .computeIfAbsent(action(permission), key -> new ArrayList<>())
                    .add(resource(permission)));
    String access =
        byAction.entrySet().stream()
            .map(entry -> entry.getKey() + " " + String.join(", ", entry.getValue()))
            .collect(Collectors.joining("; "));
    int more = permissions.size() - PlanText.MOST_PERMISSIONS;
    return more > 0 ? access + " " + Counts.more(more) : access;
  }
}
