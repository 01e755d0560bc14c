package io.tokenform.report;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.Product;
import io.tokenform.apply.journal.Cause;
import io.tokenform.apply.journal.Doubt;
import io.tokenform.apply.journal.RecordedApply;
import io.tokenform.apply.journal.RecordedChange;
import io.tokenform.apply.journal.Result;
import io.tokenform.report.text.Columns;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import io.tokenform.report.text.Table;
import io.tokenform.report.text.WallClock;
import io.tokenform.report.text.Wrapping;
import java.net.URI;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;

/** Journals for a person. */
public final class JournalText {
  private static final String NO_ANSWER = "started";

  /** So many digits of a commit tell it from others, for people. */
  private static final int COMMIT_DIGITS = 8;

  private final Style style;
  private final ZoneId zone;
  private final OptionalInt width;

  /**
   * @param zone in which times are told
   * @param width how wide lines may be
   */
  public JournalText(Style style, ZoneId zone, OptionalInt width) {
    this.style = style;
    this.zone = zone;
    this.width = width;
  }

  /**
   * An apply in a list.
   *
   * @param cluster the name of its cluster in a fleet, if its journal is in a folder of that name
   * @param doubt why it is not rolled back
   */
  public record Listed(Optional<String> cluster, RecordedApply apply, Optional<Doubt> doubt) {
    public Listed {
      Objects.requireNonNull(cluster, "cluster");
      Objects.requireNonNull(apply, "apply");
      Objects.requireNonNull(doubt, "doubt");
    }
  }

  /** A line for each apply: its journal, who ran it, and what came of it. */
  public String list(List<Listed> listed) {
    List<RecordedApply> applies = listed.stream().map(Listed::apply).toList();
    if (applies.isEmpty()) {
      return "There are no journals here.\n";
    }
    Table table =
        new Table()
            .column("JOURNAL", Table.Fit.WHOLE)
            .column("BEGUN", Table.Fit.WHOLE)
            .column("BY", Table.Fit.TEXT)
            .column("CLUSTER", Table.Fit.TEXT);
    boolean hasCommits = applies.stream().anyMatch(apply -> !commit(apply).isEmpty());
    boolean hasReasons = applies.stream().anyMatch(apply -> !reason(apply).isEmpty());
    if (hasCommits) {
      table.column("COMMIT", Table.Fit.TEXT);
    }
    if (hasReasons) {
      table.column("REASON", Table.Fit.TEXT);
    }
    table.column("RESULT", Table.Fit.TEXT);
    for (Listed one : listed) {
      RecordedApply apply = one.apply();
      List<String> cells = new ArrayList<>();
      cells.add(Printable.name(apply.name()));
      cells.add(WallClock.of(apply.header().startedAt(), zone));
      cells.add(Printable.name(apply.header().who()));
      cells.add(Printable.line(one.cluster().orElseGet(() -> cluster(apply))));
      if (hasCommits) {
        cells.add(commit(apply));
      }
      if (hasReasons) {
        cells.add(reason(apply));
      }
      cells.add(counts(apply) + ending(apply) + rollback(apply) + refusal(one.doubt()));
      table.row(cells.toArray(String[]::new));
    }
    return table.render(style, width);
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
    head.row(
        "begun",
        WallClock.of(apply.header().startedAt(), zone)
            + " by "
            + Printable.line(apply.header().who()));
    head.row(
        "ended",
        apply
            .endedAt()
            .map(time -> WallClock.of(time, zone))
            .orElse("no: it was killed, or is still running"));
    head.row("cluster", Printable.line(PlanText.cluster(apply.header().cluster())));
    Cause cause = apply.header().cause();
    cause.reason().ifPresent(text -> head.row("reason", Printable.line(text)));
    cause.commit().ifPresent(text -> head.row("commit", Printable.line(text)));
    cause.change().ifPresent(text -> head.row("pull request", Printable.line(text)));
    cause.run().ifPresent(text -> head.row("run", Printable.line(text)));
    head.row("plan", Printable.line(apply.header().planDigest()));
    apply.header().rollsBack().ifPresent(name -> head.row("undoes", Printable.line(name)));
    doubt.ifPresent(why -> head.row("rollback", "refused: " + Printable.line(why.reason())));
    apply.stop().ifPresent(text -> head.row("stopped", Printable.line(text)));
    head.lines().forEach(line -> out.append(line).append('\n'));
    out.append('\n');
    Iterator<String> headings = headings(apply).iterator();
    for (RecordedChange change : apply.changes()) {
      out.append("  ").append(headings.next()).append('\n');
      out.append(Lines.of(change.change()).text(style));
    }
    out.append(apply.changes().isEmpty() ? "" : "\n");
    out.append(style.bold(counts(apply) + ending(apply) + ".")).append('\n');
    return Wrapping.of(out.toString(), width);
  }

  /** The first line of each change; what it had before and has afterwards stands below it. */
  private List<String> headings(RecordedApply apply) {
    Columns rows = new Columns("", "  ");
    for (RecordedChange change : apply.changes()) {
      rows.row(
          result(change),
          Printable.name(change.change().name()),
          PlanText.what(change.change()),
          Lines.of(change.change()).verb(),
          attempts(change),
          change.reason().map(Printable::line).orElse(""));
    }
    return rows.lines();
  }

  /** The cluster in a word: its host, or of its id as much as tells it from others. */
  private static String cluster(RecordedApply apply) {
    ClusterAddress cluster = apply.header().cluster();
    return cluster.product() == Product.CLUSTERED
        ? URI.create(cluster.url().toString()).getAuthority()
        : cluster.clusterId().orElseThrow().toString();
  }

  private static String commit(RecordedApply apply) {
    return apply
        .header()
        .cause()
        .commit()
        .map(text -> Printable.line(text.substring(0, Math.min(COMMIT_DIGITS, text.length()))))
        .orElse("");
  }

  private static String reason(RecordedApply apply) {
    return apply.header().cause().reason().map(Printable::line).orElse("");
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

  private static String refusal(Optional<Doubt> doubt) {
    return doubt.map(why -> "; rollback refused: " + Printable.line(why.reason())).orElse("");
  }

  private static String ending(RecordedApply apply) {
    return apply.endedAt().isEmpty() ? ", not ended" : "";
  }
}
