package io.tokenform.report;

import io.tokenform.policy.Diagnostic;
import io.tokenform.policy.Location;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Findings as workflow commands of GitHub Actions, which shows them at their lines of a pull
 * request. It shows ten errors and ten warnings of a step; its log has them all.
 */
public final class GithubAnnotations {
  static final String LINE_BREAK = "%0A";

  static final String ERROR = "error";
  static final String WARNING = "warning";
  static final String NOTICE = "notice";

  private GithubAnnotations() {}

  /**
   * A command for each finding, each a line that ends in a line break.
   *
   * @param paths gives a file the name that it has in the repository
   */
  public static String render(List<Diagnostic> findings, UnaryOperator<String> paths) {
    StringBuilder out = new StringBuilder();
    findings.forEach(finding -> append(out, finding, paths));
    return out.toString();
  }

  /** How grave a finding is to GitHub. */
  static String kind(Diagnostic finding) {
    return finding.isError() || finding.isDenied() ? ERROR : WARNING;
  }

  private static void append(StringBuilder out, Diagnostic finding, UnaryOperator<String> paths) {
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
    out.append('\n');
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
