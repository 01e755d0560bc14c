package io.tokenform.cli.console;

import io.tokenform.cluster.Attempt;
import io.tokenform.cluster.AttemptListener;
import io.tokenform.report.text.Printable;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Says on standard error what is asked of a cluster and what comes back: a line for each attempt of
 * a call, and with bodies one more for each of them. No header is ever shown.
 */
public final class CallLog implements AttemptListener {
  /** What more there is of a body is counted, and not kept. */
  private static final int LONGEST_BODY = 16 << 10;

  private final Console console;
  private final boolean withBodies;

  private CallLog(Console console, boolean withBodies) {
    this.console = console;
    this.withBodies = withBodies;
  }

  /** Who hears of calls in a run that says so much. */
  public static AttemptListener of(Console console) {
    return switch (console.verbosity()) {
      case USUAL -> new WaitLog(console, System::nanoTime);
      case DEBUG -> new CallLog(console, false);
      case TRACE -> new CallLog(console, true);
    };
  }

  @Override
  public int longestBody() {
    return withBodies ? LONGEST_BODY : 0;
  }

  @Override
  public void attempted(Attempt attempt) {
    StringBuilder lines = new StringBuilder(line("debug: ", summary(attempt)));
    attempt
        .transcript()
        .ifPresent(
            bodies -> {
              bodies.sent().ifPresent(body -> lines.append(line("trace: sent ", body)));
              bodies.answered().ifPresent(body -> lines.append(line("trace: answered ", body)));
            });
    // At once: other calls' lines must not come in between.
    console.printError(lines.toString());
  }

  private static String line(String start, String text) {
    return start + Printable.line(text) + "\n";
  }

  /** The problem comes last: it may be the server's words, which could look like what follows. */
  private static String summary(Attempt attempt) {
    return attempt.request()
        + " "
        + (attempt.status().isPresent() ? attempt.status().getAsInt() : "no answer")
        + ", attempt "
        + attempt.number()
        + ", "
        + attempt.took().toMillis()
        + " ms"
        + attempt.requestId().map(id -> ", request id " + Printable.name(id)).orElse("")
        + attempt.retryIn().map(wait -> ", again in " + seconds(wait)).orElse("")
        + problem(attempt).map(text -> ": " + text).orElse("");
  }

  /** What went wrong, without the status, which is said before. */
  private static Optional<String> problem(Attempt attempt) {
    String status = attempt.status().isPresent() ? attempt.status().getAsInt() + " " : "";
    return attempt
        .problem()
        .map(text -> text.startsWith(status) ? text.substring(status.length()) : text);
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }
}
