package io.tokenform.report;

import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Location;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Findings as workflow commands of GitHub Actions, which shows them at their lines of a pull
 * request. It shows ten errors and ten warnings of a step: where there are more of a kind, the last
 * says how many are not shown, and which command shows all.
 */
public final class GithubAnnotations {
  static final String LINE_BREAK = "%0A";

  /**
   * A workflow command.
   *
   * @param kind {@link #ERROR}, {@link #WARNING} or {@link #NOTICE}
   * @param text one line, which ends in a line break
   */
  public record Command(String kind, String text) {
    /** The same with a line more at the end of its message. */
    public Command with(String line) {
      return new Command(kind, text.stripTrailing() + LINE_BREAK + data(line) + "\n");
    }
  }

  /** So many of a kind GitHub shows for each step. */
  private static final int MOST_OF_A_KIND = 10;

  public static final String ERROR = "error";
  public static final String WARNING = "warning";
  public static final String NOTICE = "notice";

  private GithubAnnotations() {}

  /**
   * The commands, each a line that ends in a line break: what denies before what warns, and of each
   * kind as many as GitHub shows.
   *
   * @param findings in the order in which they are to be shown
   * @param whereAllIs which command shows all of them, as in {@code tokenform validate shows all}
   * @param paths gives a file the name that it has in the repository
   */
  public static String render(
      List<Diagnostic> findings, String whereAllIs, UnaryOperator<String> paths) {
    return render(PlanFindings.unfolded(findings), whereAllIs, paths);
  }

  /** The same of a plan's findings: those that are folded come last of their kind. */
  static String render(PlanFindings findings, String whereAllIs, UnaryOperator<String> paths) {
    List<Command> commands = new ArrayList<>();
    findings.each().forEach(finding -> commands.add(command(finding, paths)));
    findings.groups().forEach(group -> commands.add(command(group)));
    return render(commands, whereAllIs);
  }

  /**
   * Commands in the order of their kinds, and of each kind as many as GitHub shows.
   *
   * @param whereAllIs which command shows all of them
   */
  public static String render(List<Command> commands, String whereAllIs) {
    StringBuilder out = new StringBuilder();
    for (String kind : List.of(ERROR, WARNING, NOTICE)) {
      List<String> texts =
          commands.stream()
              .filter(command -> command.kind().equals(kind))
              .map(Command::text)
              .toList();
      append(out, kind, texts, whereAllIs);
    }
    return out.toString();
  }

  /** What stands for findings that are folded. */
  public static Command command(PlanFindings.Group group) {
    StringBuilder out = new StringBuilder();
    appendCommand(out, kind(group.first()), group.first().code().word());
    out.append(data(group.message(Printable::name))).append('\n');
    return new Command(kind(group.first()), out.toString());
  }

  /** Commands of one kind: the first ones, and how many more there are where GitHub shows none. */
  private static void append(
      StringBuilder out, String kind, List<String> commands, String whereAllIs) {
    if (commands.size() <= MOST_OF_A_KIND) {
      commands.forEach(out::append);
      return;
    }
    commands.stream().limit(MOST_OF_A_KIND - 1).forEach(out::append);
    int more = commands.size() - MOST_OF_A_KIND + 1;
    appendCommand(out, kind, "More");
    out.append(Counts.of(more, "more is", "more are"))
        .append(" not shown: ")
        .append(data(whereAllIs))
        .append('\n');
  }

  /** How grave a finding is to GitHub. */
  private static String kind(Diagnostic finding) {
    return finding.isError() || finding.isDenied() ? ERROR : WARNING;
  }

  /**
   * A finding at its place.
   *
   * @param paths gives a file the name that it has in the repository
   */
  public static Command command(Diagnostic finding, UnaryOperator<String> paths) {
    StringBuilder out = new StringBuilder();
    appendCommand(out, kind(finding), finding.where(), paths, finding.code().word());
    out.append(data(finding.message()));
    finding
        .other()
        .ifPresent(
            other ->
                out.append(LINE_BREAK)
                    .append("see also ")
                    .append(data(place(paths.apply(other.source().name()), other))));
    finding.hint().ifPresent(hint -> out.append(LINE_BREAK).append("hint: ").append(data(hint)));
    return new Command(kind(finding), out.append('\n').toString());
  }

  private static String place(String path, Location where) {
    return path + ":" + where.line() + ":" + where.column();
  }

  /** An error about nothing that stands in a file. */
  public static String failure(String message) {
    StringBuilder out = new StringBuilder();
    appendCommand(out, ERROR, "no plan");
    return out.append(data(message)).append('\n').toString();
  }

  /** A command about no place, up to and with its second double colon. */
  static void appendCommand(StringBuilder out, String kind, String title) {
    out.append("::").append(kind).append(" title=").append(property(title)).append("::");
  }

  /** A command up to and with its second double colon. */
  static void appendCommand(
      StringBuilder out, String kind, Location where, UnaryOperator<String> paths, String title) {
    out.append("::").append(kind);
    out.append(" file=").append(property(paths.apply(where.source().name())));
    out.append(",line=").append(where.line());
    out.append(",col=").append(where.column());
    out.append(",endColumn=").append(where.column() + where.length());
    out.append(",title=").append(property(title)).append("::");
  }

  /** A text after the second double colon; the runner undoes these escapes. */
  static String data(String text) {
    return Printable.line(text).replace("%", "%25").replace("\r", "%0D").replace("\n", LINE_BREAK);
  }

  /** A value before it, where colons and commas mean something too. */
  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
