package io.tokenform.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.plan.AccessByDatabase;
import io.tokenform.plan.Change;
import io.tokenform.plan.Plan;
import io.tokenform.plan.SavedPlan;
import io.tokenform.policy.Diagnostic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A plan as GitHub flavoured Markdown, for a comment on a pull request.
 *
 * <p>It fits in one comment, however large the plan is. What is left out, if anything, is first the
 * diff, then the list of unmanaged tokens, then rows; the text says so, and says how many rows are
 * left. Findings and changes stand by their importance, so that the last to go are the most
 * dangerous.
 */
public final class PlanMarkdown {
  /** The first line, which nobody sees: a bot finds its earlier comment by it. */
  public static final String MARKER = "<!-- tokenform-plan -->";

  /**
   * The longest text, in bytes of UTF-8: so it has no more than the 65,536 characters that a
   * comment may have, however they are counted.
   */
  public static final int MOST_BYTES = 65_536;

  private static final int MOST_UNMANAGED = 10;

  /** Roles whose names take more characters than this are counted and not listed. */
  private static final int LONGEST_ROLES = 60;

  /** How much of what went wrong is shown, in characters. */
  private static final int LONGEST_MESSAGE = 2_000;

  private static final String ALL_DATABASES = "**all databases**";

  private static final String MOST_IMPORTANT_FIRST = "the most important first";

  /** More digits than the numbers of a notice can gain. */
  private static final int NOTICE_DIGITS = 100;

  private final SavedPlan saved;
  private final Plan plan;
  private final Importance importance;

  private PlanMarkdown(SavedPlan saved) {
    this.saved = saved;
    this.plan = saved.plan();
    this.importance = new Importance(plan);
  }

  /** The text; each line ends in a line break. The same plan gives the same text. */
  public static String render(SavedPlan saved) {
    return new PlanMarkdown(saved).render();
  }

  /**
   * What stands in for a plan that could not be made: why, and what is wrong with the policy. It
   * has the marker too, so that it takes the place of an earlier plan.
   */
  public static String failure(String message, List<Diagnostic> findings) {
    Excerpt why = Excerpt.of(message, LONGEST_MESSAGE);
    String head =
        MARKER
            + "\n## tokenform plan\n\n**There is no plan:** "
            + why.withPlace(MarkdownText.prose(why.text()))
            + "\n";
    Section all = Section.findings(findings, finding -> finding(finding, false));
    Section kept = bytes(head) + all.size() <= MOST_BYTES ? all : all.within(MOST_BYTES / 2);
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
   * @param kept how many of the rows are shown
   */
  private record Section(
      String one, String order, String head, List<String> rows, List<String> kinds, int kept) {
    static Section of(String one, String order, String head, List<String> rows) {
      return new Section(one, order, head, rows, List.of(), rows.size());
    }

    static Section findings(List<Diagnostic> findings, Function<Diagnostic, String> row) {
      List<Diagnostic> ordered = Importance.findings(findings);
      return new Section(
          "finding",
          MOST_IMPORTANT_FIRST,
          "\n### Findings\n\n",
          ordered.stream().map(row).toList(),
          ordered.stream().map(Importance::kind).toList(),
          ordered.size());
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
      return bytes(text());
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

    /** As many of the rows as fit in so many bytes. */
    Section within(int most) {
      int size = bytes(head);
      int count = 0;
      while (count < rows.size() && size + bytes(rows.get(count)) <= most) {
        size += bytes(rows.get(count));
        count++;
      }
      Section within = new Section(one, order, head, rows, kinds, count);
      // What is not shown is said too, and that needs room.
      while (within.kept > 0 && within.size() > most) {
        within = new Section(one, order, head, rows, kinds, within.kept - 1);
      }
      return within;
    }
  }

  private String render() {
    Section findings =
        Section.findings(plan.findings(), finding -> finding(finding, plan.isAllowed(finding)));
    List<Section> sections = List.of(findings, changes(), databases());
    String unmanaged = unmanaged();
    if (fits(page("", sections, "", unmanaged))) {
      String whole = page("", sections, diff(), unmanaged);
      if (fits(whole)) {
        return whole;
      }
    }
    String withoutDiff = page(notice(sections, false), sections, "", unmanaged);
    if (fits(withoutDiff)) {
      return withoutDiff;
    }
    String rowsAlone = page(notice(sections, true), sections, "", "");
    if (fits(rowsAlone)) {
      return rowsAlone;
    }
    List<Section> kept = rowsThatFit(sections);
    return page(notice(kept, true), kept, "", "");
  }

  private List<Section> rowsThatFit(List<Section> sections) {
    List<Section> none = sections.stream().map(section -> section.within(0)).toList();
    int room = MOST_BYTES - bytes(page(notice(none, true), none, "", "")) - NOTICE_DIGITS;
    Section findings = sections.get(0).within(room / 4);
    Section databases = sections.get(2).within(room / 8);
    Section changes = sections.get(1).within(room - findings.size() - databases.size());
    // What the changes do not need.
    findings = sections.get(0).within(room - changes.size() - databases.size());
    databases = sections.get(2).within(room - changes.size() - findings.size());
    return List.of(findings, changes, databases);
  }

  private static boolean fits(String page) {
    return bytes(page) <= MOST_BYTES;
  }

  private static int bytes(String text) {
    return text.getBytes(UTF_8).length;
  }

  private String page(String notice, List<Section> sections, String diff, String unmanaged) {
    StringBuilder out = new StringBuilder();
    out.append(MARKER).append('\n');
    out.append("## tokenform plan\n\n");
    obstacle().ifPresent(text -> out.append("**").append(text).append("**\n\n"));
    out.append("**").append(PlanText.summary(plan)).append("**\n\n");
    out.append("Cluster ").append(MarkdownText.line(PlanText.cluster(plan.cluster())));
    out.append(", ").append(Counts.of(plan.activeTokens(), "active token", "active tokens"));
    out.append(".\n");
    out.append(notice);
    sections.forEach(section -> out.append(section.text()));
    out.append(diff).append(unmanaged);
    out.append("\n---\n\n");
    if (obstacle().isEmpty() && plan.hasChanges()) {
      out.append(
          "Apply exactly this plan, saved with `--out plan.json`: `tokenform apply plan.json");
      return out.append(" --expect-digest ").append(saved.digest()).append("`.\n").toString();
    }
    return out.append("The digest of this plan is `")
        .append(saved.digest())
        .append("`.\n")
        .toString();
  }

  /** Why the plan cannot be applied as it stands. */
  private Optional<String> obstacle() {
    if (plan.hasErrors()) {
      return Optional.of("This plan has errors and cannot be applied.");
    }
    return plan.isDenied()
        ? Optional.of("A guardrail denies this plan: it cannot be applied as it stands.")
        : Optional.empty();
  }

  /** What is left out. */
  private String notice(List<Section> sections, boolean unmanagedLeftOut) {
    List<String> cuts = new ArrayList<>();
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

  private static String finding(Diagnostic finding, boolean isAllowed) {
    return "- **"
        + (isAllowed ? "allowed once" : finding.severity())
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
    return Section.of(
        "change",
        MOST_IMPORTANT_FIRST,
        "\n### Changes\n\n| Token | Effect | Change | Policy |\n| --- | --- | --- | --- |\n",
        importance.changes().stream().map(this::row).toList());
  }

  private String row(Change change) {
    return cells(
        MarkdownText.name(change.token().value()),
        change.effect().words()
            + (importance.isDenied(change) ? "<br>**denied**" : "")
            + (importance.isAllowed(change) ? "<br>**allowed once**" : ""),
        what(change),
        MarkdownText.place(change.where()));
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
    lines.addAll(permissions("adds", change, change.gained()));
    lines.addAll(permissions("removes", change, change.lost()));
    return String.join("<br>", lines);
  }

  /** A line for each action and origin, as in {@code adds read logs, metrics (role reader)}. */
  private static List<String> permissions(String verb, Change change, Permissions permissions) {
    List<Permission> all = Importance.permissions(permissions);
    int most = MarkdownText.most(all.stream().map(PlanMarkdown::resource).toList());
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
    List<String> rows = new ArrayList<>();
    AccessByDatabase.of(plan)
        .forEach(
            (resource, entries) ->
                rows.add(cells(resource(resource), who(entries, true), who(entries, false))));
    return Section.of(
        "database",
        "by name",
        "\n### Access by database\n\n| Database | Gains | Loses |\n| --- | --- | --- |\n",
        rows);
  }

  private static String who(List<AccessByDatabase.Entry> entries, boolean gained) {
    List<String> lines =
        entries.stream()
            .filter(entry -> entry.gained() == gained)
            .map(PlanMarkdown::entry)
            .toList();
    return MarkdownText.list(lines, "<br>");
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
