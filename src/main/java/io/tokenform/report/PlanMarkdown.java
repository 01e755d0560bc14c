package io.tokenform.report;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.plan.AccessByDatabase;
import io.tokenform.plan.Change;
import io.tokenform.plan.CutComment;
import io.tokenform.plan.Plan;
import io.tokenform.planfile.SavedPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A plan as GitHub flavoured Markdown, for a comment on a pull request.
 *
 * <p>It fits in one comment, however large the plan is. What is left out, if anything, is first the
 * diff, then the list of unmanaged tokens, then rows; the text says so, and says how many rows are
 * left. What gains access stands first, and is never left out while there is room for it: where
 * there is none, {@link #cut} says what a reviewer would not see.
 */
public final class PlanMarkdown {
  /** The first line, which nobody sees: a bot finds its earlier comment by it. */
  public static final String MARKER = "<!-- tokenform-plan -->";

  private static final int MOST_UNMANAGED = 10;

  /** Roles whose names take more characters than this are counted and not listed. */
  private static final int LONGEST_ROLES = 60;

  /** How much of what went wrong is shown, in characters. */
  private static final int LONGEST_MESSAGE = 2_000;

  private static final String ALL_DATABASES = "**all databases**";

  private static final String MOST_IMPORTANT_FIRST = "the most important first";

  /** How much of a live description stands in the table, in characters. */
  private static final int LONGEST_DESCRIPTION = 80;

  private static final String GAINS_FIRST =
      "what gains write access first, then what gains read access";

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

  private PlanMarkdown(SavedPlan saved, CommentOptions options) {
    this.saved = saved;
    this.plan = saved.plan();
    this.importance = new Importance(plan);
    this.options = options;
  }

  /** The text, as {@link CommentOptions#DEFAULT} wants it. */
  public static String render(SavedPlan saved) {
    return render(saved, CommentOptions.DEFAULT);
  }

  /** The text; each line ends in a line break. The same plan and options give the same text. */
  public static String render(SavedPlan saved, CommentOptions options) {
    return new PlanMarkdown(saved, options).page().text();
  }

  /** Which gains of access the text has no room for, if any. */
  public static Optional<CutComment> cut(SavedPlan saved, CommentOptions options) {
    Page page = new PlanMarkdown(saved, options).page();
    int changes = hiddenGains(page.sections(), CHANGES);
    int databases = hiddenGains(page.sections(), DATABASES);
    return changes + databases == 0
        ? Optional.empty()
        : Optional.of(new CutComment(changes, databases, options.limit()));
  }

  /**
   * What stands in for a plan that could not be made: why, and what is wrong with the policy. It
   * has the marker too, so that it takes the place of an earlier plan.
   */
  public static String failure(String message, List<Diagnostic> findings, CommentOptions options) {
    Excerpt why = Excerpt.of(message, LONGEST_MESSAGE);
    String head =
        MARKER
            + "\n## tokenform plan\n\n**There is no plan:** "
            + why.withPlace(MarkdownText.prose(why.text()))
            + "\n"
            + options.commit().map(commit -> "\nCommit `" + commit + "`.\n").orElse("");
    Section all = Section.findings(Importance.findings(findings));
    int room = options.limit() - head.length();
    Section kept = all.size() <= room ? all : all.within(room / 2);
    return head
        + kept.cut().map(cut -> shortened(cut, "`tokenform validate` shows everything")).orElse("")
        + kept.text();
  }

  /**
   * A list or a table of which the last rows can be left out.
   *
   * @param one what one of its rows is about, as in {@code change}
   * @param order how the rows are ordered, as in {@code by name}
   * @param head the lines before the rows
   * @param rows all rows, each ending in a line break
   * @param kinds the kind of each row, where they are of several
   * @param gains how many of the rows, which come first, say that somebody gains access
   * @param kept how many of the rows are shown
   */
  private record Section(
      String one,
      String order,
      String head,
      List<String> rows,
      List<String> kinds,
      int gains,
      int kept) {
    static Section of(String one, String head, List<String> rows, int gains) {
      return new Section(one, GAINS_FIRST, head, rows, List.of(), gains, rows.size());
    }

    static Section findings(List<Diagnostic> ordered) {
      return new Section(
          "finding",
          MOST_IMPORTANT_FIRST,
          "\n### Findings\n\n",
          ordered.stream().map(PlanMarkdown::finding).toList(),
          ordered.stream().map(Importance::kind).toList(),
          0,
          ordered.size());
    }

    private Section withKept(int count) {
      return new Section(one, order, head, rows, kinds, gains, count);
    }

    /** With the rows alone that say who gains access. */
    Section gainsAlone() {
      return withKept(gains);
    }

    /** How many rows that say so are not shown. */
    int hiddenGains() {
      return Math.max(0, gains - kept);
    }

    boolean isWhole() {
      return kept == rows.size();
    }

    String text() {
      List<String> shown = rows.subList(0, kept);
      return shown.isEmpty() ? "" : head + String.join("", shown) + rest();
    }

    /** The line behind the last row that says what is not shown, and of which kinds that is. */
    private String rest() {
      if (isWhole()) {
        return "";
      }
      Map<String, Integer> hidden = new LinkedHashMap<>();
      kinds.stream().skip(kept).forEach(kind -> hidden.merge(kind, 1, Integer::sum));
      String which =
          hidden.entrySet().stream()
              .map(kind -> Counts.number(kind.getValue()) + " " + kind.getKey())
              .collect(Collectors.joining(", "));
      int more = rows.size() - kept;
      return "\n"
          + Counts.of(more, "more " + one + " is", "more " + one + "s are")
          + " not shown"
          + (which.isEmpty() ? "" : ": " + which)
          + ".\n";
    }

    int size() {
      return text().length();
    }

    /** What is left out, where anything is. */
    Optional<String> cut() {
      if (isWhole()) {
        return Optional.empty();
      }
      String count =
          Counts.number(kept) + " of " + Counts.number(rows.size()) + " " + one + "s shown";
      return Optional.of(kept > 0 ? count + ", " + order : count);
    }

    /** As many of the rows as fit in so many characters. */
    Section within(int most) {
      int size = head.length();
      int count = 0;
      while (count < rows.size() && size + rows.get(count).length() <= most) {
        size += rows.get(count).length();
        count++;
      }
      Section within = withKept(count);
      // What is not shown is said too, and that needs room.
      while (within.kept > 0 && within.size() > most) {
        within = withKept(within.kept - 1);
      }
      return within;
    }
  }

  /** The whole text, and the sections in it. */
  private record Page(String text, List<Section> sections) {}

  private Page page() {
    Section findings = Section.findings(importance.findings());
    List<Section> sections = List.of(findings, changes(), databases());
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
    List<Section> kept = rowsThatFit(sections);
    return new Page(page(notice(kept, true), kept, "", ""), kept);
  }

  /** Every gain of access, if there is room for all of them, and what fits of the rest. */
  private List<Section> rowsThatFit(List<Section> sections) {
    List<Section> none = sections.stream().map(section -> section.within(0)).toList();
    int room = options.limit() - page(notice(none, true), none, "", "").length() - NOTICE_DIGITS;
    int gains =
        sections.get(CHANGES).gainsAlone().size() + sections.get(DATABASES).gainsAlone().size();
    boolean gainsFit = gains <= room;
    int spare = Math.max(0, gainsFit ? room - gains : room);
    Section findings = sections.get(FINDINGS).within(gainsFit ? spare / 2 : spare / 4);
    spare -= findings.size();
    Section databases;
    if (gainsFit) {
      databases = sections.get(DATABASES);
      databases = databases.within(databases.gainsAlone().size() + spare / 4);
    } else {
      databases = sections.get(DATABASES).within(spare / 4);
    }
    Section changes = sections.get(CHANGES).within(room - findings.size() - databases.size());
    // What the changes do not need.
    findings = sections.get(FINDINGS).within(room - changes.size() - databases.size());
    databases = sections.get(DATABASES).within(room - changes.size() - findings.size());
    return List.of(findings, changes, databases);
  }

  private boolean fits(String page) {
    return page.length() <= options.limit();
  }

  private static int hiddenGains(List<Section> sections, int index) {
    return sections.get(index).hiddenGains();
  }

  private String page(String notice, List<Section> sections, String diff, String unmanaged) {
    StringBuilder out = new StringBuilder();
    out.append(MARKER).append('\n');
    out.append("## tokenform plan\n\n");
    obstacle(sections).ifPresent(text -> out.append("**").append(text).append("**\n\n"));
    out.append("**").append(PlanText.summary(plan)).append("**\n\n");
    out.append("Cluster ").append(MarkdownText.line(PlanText.cluster(plan.cluster())));
    out.append(", ").append(Counts.of(plan.activeTokens(), "active token", "active tokens"));
    out.append(options.commit().map(commit -> ", commit `" + commit + "`").orElse(""));
    out.append(".\n");
    out.append(notice);
    sections.forEach(section -> out.append(section.text()));
    out.append(diff).append(unmanaged);
    out.append("\n---\n\n");
    options.commit().ifPresent(commit -> out.append("Commit `").append(commit).append("`. "));
    if (obstacle(sections).isEmpty() && plan.hasChanges()) {
      out.append(
          "Apply exactly this plan, saved with `--out plan.json`: `tokenform apply plan.json");
      return out.append(" --expect-digest ").append(saved.digest()).append("`.\n").toString();
    }
    return out.append("The digest of this plan is `")
        .append(saved.digest())
        .append("`.\n")
        .toString();
  }

  /** Why the plan cannot be applied as it stands, or not on the strength of this text. */
  private Optional<String> obstacle(List<Section> sections) {
    if (plan.hasErrors()) {
      return Optional.of("This plan has errors and cannot be applied.");
    }
    if (plan.isDenied()) {
      return Optional.of("A guardrail denies this plan: it cannot be applied as it stands.");
    }
    boolean wasAllowed =
        plan.allowed().stream().anyMatch(allowance -> allowance.rule() == Guardrail.CUT_COMMENT);
    return !wasAllowed && hiddenGains(sections, CHANGES) + hiddenGains(sections, DATABASES) > 0
        ? Optional.of("Do not approve this plan by this comment: it does not show every gain.")
        : Optional.empty();
  }

  /** What is left out. */
  private String notice(List<Section> sections, boolean unmanagedLeftOut) {
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
        String.join("; ", cuts), "The saved plan has everything: `tokenform show plan.json`");
  }

  private static String shortened(String cuts, String whereAllIs) {
    return "\n**Shortened, since a comment is limited:** " + cuts + ". " + whereAllIs + ".\n";
  }

  private static String finding(Diagnostic finding) {
    return "- **"
        + (finding.isAllowed() ? "allowed once" : finding.severity())
        + "** "
        + finding.code()
        + " at "
        + MarkdownText.place(finding.where())
        + finding.other().map(other -> " and " + MarkdownText.place(other)).orElse("")
        + ": "
        + MarkdownText.prose(finding.message())
        + finding.hint().map(hint -> "<br>hint: " + MarkdownText.prose(hint)).orElse("")
        + "\n";
  }

  private Section changes() {
    List<Change> changes = importance.changes();
    return Section.of(
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
        what(change),
        MarkdownText.place(change.where()));
  }

  /** Its name in the policy, and what it is on the cluster: names and descriptions are swapped. */
  private static String token(Change change) {
    return MarkdownText.name(change.token().value())
        + "<br>`"
        + change.id()
        + "`<br>"
        + MarkdownText.description(Excerpt.of(change.description(), LONGEST_DESCRIPTION));
  }

  private static String cells(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String what(Change change) {
    List<String> lines = new ArrayList<>();
    if (change.losesAllAccess()) {
      lines.add("**loses all its access**");
    }
    if (change.update().description().isPresent()) {
      String before = change.before().description().orElseThrow();
      String after = change.update().description().get();
      lines.add(
          "description "
              + MarkdownText.description(Excerpt.of(before, Excerpt.DESCRIPTION, after))
              + " becomes "
              + MarkdownText.description(Excerpt.of(after, Excerpt.DESCRIPTION, before)));
    }
    Permissions gains = change.accessGained().withoutCovered();
    List<Permission> added = new ArrayList<>(Importance.gains(gains));
    added.addAll(Importance.permissions(change.gained().minus(gains)));
    lines.addAll(permissions("adds", change, added, gains.size()));
    lines.addAll(permissions("removes", change, Importance.permissions(change.lost()), 0));
    return String.join("<br>", lines);
  }

  /**
   * A line for each action and origin, as in {@code adds read logs, metrics (role reader)}.
   *
   * @param least how many are shown however many there are, beginning with the first
   */
  private static List<String> permissions(
      String verb, Change change, List<Permission> all, int least) {
    int most =
        Math.max(least, MarkdownText.most(all.stream().map(PlanMarkdown::resource).toList()));
    Map<String, Map<String, List<String>>> byActionAndOrigin = new LinkedHashMap<>();
    for (Permission permission : all.subList(0, most)) {
      byActionAndOrigin
          .computeIfAbsent(action(permission), key -> new LinkedHashMap<>())
          .computeIfAbsent(origin(change.roles().of(permission)), key -> new ArrayList<>())
          .add(resource(permission));
    }
    List<String> lines = new ArrayList<>();
    byActionAndOrigin.forEach(
        (action, byOrigin) ->
            byOrigin.forEach(
                (origin, resources) ->
                    lines.add(verb + " " + action + " " + String.join(", ", resources) + origin)));
    if (most < all.size()) {
      lines.add(Counts.more(all.size() - most));
    }
    return lines;
  }

  private static String action(Permission permission) {
    return permission.action().isDocumented()
        ? permission.action().name()
        : MarkdownText.name(permission.action().name());
  }

  private static String resource(Permission permission) {
    return resource(permission.resource());
  }

  private static String resource(String resource) {
    return resource.equals(Permission.ALL_DATABASES) ? ALL_DATABASES : MarkdownText.name(resource);
  }

  /** Which roles a permission comes from; nothing for one of the token's own. */
  private static String origin(List<String> roles) {
    if (roles.isEmpty()) {
      return "";
    }
    if (String.join(", ", roles).length() > LONGEST_ROLES) {
      return " (" + Counts.of(roles.size(), "role", "roles") + ")";
    }
    return " (" + PlanText.origin(roles, MarkdownText::name) + ")";
  }

  private Section databases() {
    List<Importance.Database> databases = importance.databases();
    return Section.of(
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
        .map(PlanMarkdown::entry)
        .toList();
  }

  private static String entry(AccessByDatabase.Entry entry) {
    String line =
        MarkdownText.name(entry.token().value())
            + " "
            + action(new Permission(entry.action(), Permission.ALL_DATABASES));
    if (entry.kept().isEmpty()) {
      return line;
    }
    List<String> kept = entry.kept().stream().map(PlanMarkdown::resource).toList();
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
