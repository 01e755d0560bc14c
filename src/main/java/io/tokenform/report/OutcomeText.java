package io.tokenform.report;

import io.tokenform.apply.Drift;
import io.tokenform.apply.journal.ApplyResult;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.apply.journal.Result;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import java.util.List;
import java.util.StringJoiner;

/** An apply for a person: a line for each change as its outcome is known, and a summary. */
public final class OutcomeText {
  private final Style style;

  public OutcomeText(Style style) {
    this.style = style;
  }

  /**
   * One change's outcome.
   *
   * @param number which change of the plan this is, from 1
   * @param total how many the plan has
   */
  public String render(Outcome outcome, int number, int total) {
    String of = Integer.toString(total);
    String which = Integer.toString(number);
    StringBuilder out = new StringBuilder();
    out.append('[').append(" ".repeat(of.length() - which.length())).append(which);
    out.append('/').append(of).append("] ");
    out.append(word(outcome.result())).append("  ");
    out.append(Printable.name(outcome.change().name()));
    out.append(" (").append(Lines.of(outcome.change()).verb()).append(")\n");
    outcome
        .reason()
        .ifPresent(text -> out.append("      ").append(Printable.line(text)).append('\n'));
    if (outcome.foundLive().isPresent()) {
      outcome
          .change()
          .ofToken()
          .map(change -> new Drift.OfToken(change, outcome.foundLive()))
          .ifPresent(drift -> out.append(new DriftText(style).render(List.of(drift))));
    }
    if (outcome.foundDatabase().isPresent()) {
      outcome
          .change()
          .ofDatabase()
          .ifPresent(
              change -> out.append(new DriftText(style).render(change, outcome.foundDatabase())));
    }
    outcome
        .hint()
        .ifPresent(text -> out.append("      hint: ").append(Printable.line(text)).append('\n'));
    return out.toString();
  }

  /** A line in the place of changes that were not attempted. */
  public String notAttempted(int count) {
    return word(Result.NOT_ATTEMPTED)
        + "  "
        + Counts.of(count, "change", "changes")
        + " (--verbose names each)\n";
  }

  /**
   * How many changes came to each end, and where that is written down.
   *
   * @param what what was done, as a sentence begins with it: {@code Apply} or {@code Rollback}
   */
  public String summary(String what, ApplyResult result) {
    StringJoiner counts = new StringJoiner(", ", "", ".");
    for (Result kind : Result.values()) {
      int count = result.count(kind);
      if (count > 0 || isAlwaysTold(kind)) {
        counts.add(Counts.number(count) + " " + kind);
      }
    }
    String line = what + (result.isComplete() ? " complete: " : " incomplete: ") + counts;
    String journal =
        result
            .journal()
            .map(file -> "Journal: " + Printable.line(file.toString()) + "\n")
            .orElse("");
    return "\n" + style.bold(line) + "\n" + journal;
  }

  private static boolean isAlwaysTold(Result kind) {
    return kind == Result.APPLIED || kind == Result.FAILED || kind == Result.NOT_ATTEMPTED;
  }

  private String word(Result result) {
    return switch (result) {
      case APPLIED -> style.green(result.toString());
      case FAILED, UNKNOWN -> style.red(result.toString());
      case DRIFTED, NOT_ATTEMPTED -> style.yellow(result.toString());
    };
  }
}
