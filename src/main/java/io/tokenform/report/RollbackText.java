package io.tokenform.report;

import io.tokenform.apply.Rollback;
import io.tokenform.plan.Change;
import io.tokenform.plan.ManagedFields;
import io.tokenform.report.text.Style;
import java.util.List;

/** What a rollback leaves alone, for a person. */
public final class RollbackText {
  private final Style style;

  public RollbackText(Style style) {
    this.style = style;
  }

  /** The changes whose tokens somebody has changed since, as lines that each end in a break. */
  public String render(List<Rollback.Drifted> drifted) {
    StringBuilder out = new StringBuilder();
    out.append(style.yellow("Drifted since, and left alone:")).append('\n');
    DriftText text = new DriftText(style);
    for (Rollback.Drifted drift : drifted) {
      Change change = drift.change().change();
      ManagedFields after = change.changedAfter();
      out.append(text.render(change, after, drift.live(), drift.unreadable()));
    }
    return out.append('\n').toString();
  }
}
