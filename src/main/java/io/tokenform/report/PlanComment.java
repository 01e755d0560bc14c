package io.tokenform.report;

import io.tokenform.access.Flag;
import io.tokenform.access.Permission;
import io.tokenform.access.ShellWord;
import io.tokenform.cluster.settings.ConnectionSettings;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.plan.CutComment;
import io.tokenform.plan.Plan;
import io.tokenform.planfile.SavedPlan;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.MarkdownText;
import java.util.List;
import java.util.Optional;

/** A plan as the text of one comment, which has room for so much. */
public final class PlanComment {
  static final String ALL_DATABASES = "**all databases**";

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
    PlanSections shown = page().sections();
    return shown.hideGains()
        ? Optional.of(
            new CutComment(shown.hiddenChanges(), shown.hiddenDatabases(), options.limit()))
        : Optional.empty();
  }

  /** The whole text, and the sections in it. */
  private record Page(String text, PlanSections sections) {}

  private Page page() {
    List<Diagnostic> ordered = importance.findings();
    PlanSections sections =
        PlanSections.of(
            plan,
            options.unfolded() ? PlanFindings.unfolded(ordered) : PlanFindings.of(plan, ordered));
    String unmanaged = PlanSections.unmanaged(plan);
    if (fits(page("", sections, "", unmanaged))) {
      String whole = page("", sections, PlanSections.diff(plan), unmanaged);
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
    PlanSections none = sections.none();
    int room = options.limit() - page(notice(none, true), none, "", "").length() - NOTICE_DIGITS;
    PlanSections kept = sections.within(room);
    return new Page(page(notice(kept, true), kept, "", ""), kept);
  }

  private boolean fits(String page) {
    return page.length() <= options.limit();
  }

  private String page(String notice, PlanSections sections, String diff, String unmanaged) {
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
    out.append(notice).append(sections.text());
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
  public static String argument(String file) {
    return ShellWord.of(file.startsWith("-") ? "./" + file : file);
  }

  /** Why the plan cannot be applied as it stands, or not on the strength of this text. */
  private Optional<String> obstacle(PlanSections sections) {
    if (plan.hasErrors()) {
      return Optional.of("This plan has errors and cannot be applied.");
    }
    if (plan.isDenied()) {
      String who = plan.failsExpectations() ? "An expectation fails after" : "A guardrail denies";
      return Optional.of(who + " this plan: it cannot be applied as it stands.");
    }
    boolean wasAllowed =
        plan.allowed().stream().anyMatch(allowance -> allowance.rule() == Guardrail.CUT_COMMENT);
    return !wasAllowed && sections.hideGains()
        ? Optional.of(
            "Do not approve this plan on the basis of this comment: it does not show every gain.")
        : Optional.empty();
  }

  /** What is left out. */
  private String notice(PlanSections sections, boolean unmanagedLeftOut) {
    List<String> cuts = sections.cuts();
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

  /** The line that says what is left out, where not everything fits. */
  public static String shortened(String cuts, String whereAllIs) {
    return "\n**Shortened, because comments have a size limit:** "
        + cuts
        + ". "
        + whereAllIs
        + ".\n";
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
}
