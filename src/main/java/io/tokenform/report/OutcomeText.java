package io.tokenform.report;

import io.tokenform.apply.ApplyResult;
import io.tokenform.apply.Outcome;

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
    String digits = Integer.toString(total);
    String place = ("%" + digits.length() + "d/%s").formatted(number, digits);
    String name = Printable.name(outcome.change().token().value());
    String effect = outcome.change().effect().toString();
    if (outcome instanceof Outcome.Applied) {
      return "[%s] %s  %s (%s)\n".formatted(place, style.green("applied"), name, effect);
    }
    if (outcome instanceof Outcome.Failed failed) {
      String hint =
          failed.hint().map(text -> "      hint: " + Printable.line(text) + "\n").orElse("");
      return "[%s] %s  %s (%s)\n      %s\n%s"
          .formatted(
              place, style.red("failed"), name, effect, Printable.line(failed.reason()), hint);
    }
    return "[%s] %s  %s (%s)\n".formatted(place, style.yellow("not attempted"), name, effect);
  }

  /** How many changes were applied, failed, and were not attempted. */
  public String summary(ApplyResult result) {
    String counts =
        "%s applied, %s failed, %s not attempted."
            .formatted(
                Counts.number(result.applied().size()),
                Counts.number(result.failed().size()),
                Counts.number(result.notAttempted().size()));
    String line = (result.isComplete() ? "Apply complete: " : "Apply incomplete: ") + counts;
    return "\n" + style.bold(line) + "\n";
  }
}
