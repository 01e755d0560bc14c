package io.tokenform.report;

import io.tokenform.plan.CutComment;
import io.tokenform.planfile.SavedPlan;
import io.tokenform.report.text.Excerpt;
import io.tokenform.report.text.MarkdownText;
import java.util.Optional;

/**
 * A plan as GitHub flavoured Markdown, for a comment on a pull request.
 *
 * <p>It fits in one comment, however large the plan is. What is left out, if anything, is first the
 * diff, then the list of unmanaged tokens, then rows; the text says so, and says how many rows are
 * left. What gains access stands first, and is never left out while there is room for it: where
 * there is none, {@link #cut} says what a reviewer would not see.
 */
public final class PlanMarkdown implements PlanFormat {
  /** The first line, which nobody sees: a bot finds its earlier comment by it. */
  public static final String MARKER = "<!-- tokenform-plan -->";

  /** How much of what went wrong is shown, in characters. */
  private static final int LONGEST_MESSAGE = 2_000;

  private final CommentOptions options;

  public PlanMarkdown(CommentOptions options) {
    this.options = options;
  }

  @Override
  public String render(SavedPlan saved) {
    return new PlanComment(saved, options).text();
  }

  /** Which gains of access the text has no room for, if any. */
  public Optional<CutComment> cut(SavedPlan saved) {
    return new PlanComment(saved, options).cut();
  }

  /**
   * What stands in for a plan that could not be made: why, and what is wrong with the policy. It
   * has the marker too, so that it takes the place of an earlier plan.
   */
  @Override
  public String failure(NoPlan why) {
    Excerpt message = Excerpt.of(why.message(), LONGEST_MESSAGE);
    String head =
        MARKER
            + "\n## tokenform plan\n\n**There is no plan:** "
            + message.withPlace(MarkdownText.prose(message.text()))
            + "\n"
            + options.commit().map(commit -> "\nCommit `" + commit + "`.\n").orElse("");
    MarkdownSection all =
        MarkdownSection.findings(PlanFindings.unfolded(Importance.findings(why.findings())));
    int room = options.limit() - head.length();
    MarkdownSection kept = all.size() <= room ? all : all.within(room / 2);
    return head
        + kept.cut()
            .map(cut -> PlanComment.shortened(cut, "`tokenform validate` shows everything"))
            .orElse("")
        + kept.text();
  }
}
