package io.tokenform.report;

import io.tokenform.access.TokenId;
import io.tokenform.apply.journal.Doubt;
import io.tokenform.apply.journal.RecordedApply;
import io.tokenform.apply.journal.RecordedChange;
import io.tokenform.apply.journal.Result;
import io.tokenform.report.text.Columns;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** Journals for a person. */
public final class JournalText {
  private static final String NO_ANSWER = "started";

  private final Style style;

  public JournalText(Style style) {
    this.style = style;
  }

  /**
   * A line for each apply: its journal, who ran it, and what came of it.
   *
   * @param doubts why some of them are not rolled back, by the journal's name
   */
  public String list(List<RecordedApply> applies, Map<String, Doubt> doubts) {
    if (applies.isEmpty()) {
      return "There are no journals here.\n";
    }
    Columns columns = new Columns("", "  ");
    for (RecordedApply apply : applies) {
      columns.row(
          Printable.name(apply.name()),
          Printable.name(who(apply)),
          counts(apply) + ending(apply) + rollback(apply) + refusal(doubts.get(apply.name())));
    }
    return String.join("\n", columns.lines()) + "\n";
  }

  /**
   * One apply with each of its changes.
   *
   * @param doubt why it is not rolled back
   */
  public String show(RecordedApply apply, Optional<Doubt> doubt) {
    StringBuilder out = new StringBuilder();
    Columns head = new Columns("", "  ");
    head.row("journal", Printable.line(apply.name()));
    head.row("begun", apply.header().startedAt() + " by " + Printable.line(who(apply)));
    head.row(
        "ended",
        apply
            .endedAt()
            .map(time -> time.truncatedTo(ChronoUnit.MILLIS).toString())
            .orElse("no: it was killed, or is still running"));
    head.row("cluster", Printable.line(PlanText.cluster(apply.header().cluster())));
    head.row("plan", Printable.line(apply.header().planDigest()));
    apply.header().rollsBack().ifPresent(name -> head.row("undoes", Printable.line(name)));
    doubt.ifPresent(why -> head.row("rollback", "refused: " + Printable.line(why.reason())));
    apply.stop().ifPresent(text -> head.row("stopped", Printable.line(text)));
    head.lines().forEach(line -> out.append(line).append('\n'));
    out.append('\n');
    Columns rows = new Columns("  ", "  ");
    for (RecordedChange change : apply.changes()) {
      rows.row(
          result(change),
          Printable.name(change.change().token().value()),
          change.change().liveId().map(TokenId::toString).orElse(""),
          attempts(change),
          change.reason().map(Printable::line).orElse(""));
    }
    rows.lines().forEach(line -> out.append(line).append('\n'));
    out.append(apply.changes().isEmpty() ? "" : "\n");
    out.append(style.bold(counts(apply) + ending(apply) + ".")).append('\n');
    return out.toString();
  }

  private static String who(RecordedApply apply) {
    return apply.header().user() + apply.header().host().map(host -> "@" + host).orElse("");
  }

  private String result(RecordedChange change) {
    if (change.result().isEmpty()) {
      return style.red(NO_ANSWER);
    }
    String word = change.result().get().toString();
    return change.result().get() == Result.APPLIED ? style.green(word) : style.yellow(word);
  }

  private static String attempts(RecordedChange change) {
    return change.attempts() > 1 ? change.attempts() + " attempts" : "";
  }

  private static String counts(RecordedApply apply) {
    StringJoiner counts = new StringJoiner(", ");
    for (Result result : Result.values()) {
      int count = result == Result.NOT_ATTEMPTED ? apply.notAttempted() : apply.count(result);
      if (count > 0 || result == Result.APPLIED) {
        counts.add(Counts.number(count) + " " + result);
      }
    }
    if (apply.open() > 0) {
      counts.add(Counts.number(apply.open()) + " without an answer");
    }
    return counts.toString();
  }

  private static String rollback(RecordedApply apply) {
    return apply
        .header()
        .rollsBack()
        .map(name -> "; rolls back " + Printable.name(name))
        .orElse("");
  }

  private static String refusal(Doubt doubt) {
    return doubt == null ? "" : "; rollback refused: " + Printable.line(doubt.reason());
  }

  private static String ending(RecordedApply apply) {
    return apply.endedAt().isEmpty() ? ", not ended" : "";
  }
}
