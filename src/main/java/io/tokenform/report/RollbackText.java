package io.tokenform.report;

import io.tokenform.apply.Rollback;
import io.tokenform.apply.journal.Cause;
import io.tokenform.apply.journal.RecordedApply;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import io.tokenform.report.text.WallClock;
import java.time.ZoneId;
import java.util.List;

/** What a rollback leaves alone, for a person. */
public final class RollbackText {
  private final Style style;

  public RollbackText(Style style) {
    this.style = style;
  }

  /** What is rolled back: when it was done, by whom, and why; lines that each end in a break. */
  public String heading(RecordedApply apply, ZoneId zone) {
    StringBuilder out = new StringBuilder();
    out.append(style.bold("Rollback of " + Printable.line(apply.name())))
        .append(": ")
        .append(Counts.of(apply.header().changes(), "change", "changes"))
        .append(" of ")
        .append(WallClock.of(apply.header().startedAt(), zone))
        .append(" by ")
        .append(Printable.line(apply.header().who()));
    Cause cause = apply.header().cause();
    cause.commit().ifPresent(commit -> out.append(", commit ").append(Printable.line(commit)));
    cause.reason().ifPresent(reason -> out.append(", because: ").append(Printable.line(reason)));
    return out.append('\n').toString();
  }

  /** The changes whose tokens somebody has changed since, as lines that each end in a break. */
  public String render(List<Rollback.Drifted> drifted) {
    StringBuilder out = new StringBuilder();
    out.append(style.yellow("Drifted since, and left alone:")).append('\n');
    DriftText text = new DriftText(style);
    for (Rollback.Drifted drift : drifted) {
      drift
          .change()
          .change()
          .ofDatabase()
          .ifPresent(
              change ->
                  out.append("  ")
                      .append(Printable.name(change.name()))
                      .append("  database\n      it is not as the apply left it")
                      .append(
                          drift.keepsName()
                              ? ", and keeps its new name; tokens get back what they had under"
                                  + " that name"
                              : "")
                      .append('\n'));
      drift
          .change()
          .change()
          .ofToken()
          .ifPresent(
              change ->
                  out.append(
                      text.render(
                          change, change.changedAfter(), drift.live(), drift.unreadable())));
    }
    return out.append('\n').toString();
  }
}
