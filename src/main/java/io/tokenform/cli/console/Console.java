package io.tokenform.cli.console;

import io.tokenform.access.Masking;
import io.tokenform.access.Os;
import io.tokenform.access.Secret;
import io.tokenform.finding.Diagnostic;
import io.tokenform.plan.Plan;
import io.tokenform.report.DiagnosticText;
import io.tokenform.report.Importance;
import io.tokenform.report.PlanFindings;
import io.tokenform.report.PlanText;
import io.tokenform.report.text.Columns;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import io.tokenform.report.text.Wrapping;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Where a run reads and prints. Everything is UTF-8, whatever the locale: a pipe to another program
 * has no locale, and Java 17 would take it for ASCII under {@code LC_ALL=C}.
 */
public final class Console {
  /** How many findings people are shown; those that are not shown are counted. */
  private static final int MOST_FINDINGS = 100;

  /** To the first column, and everything from there on away (ECMA-48, EL). */
  private static final String ERASE_LINE = "\r\u001b[K";

  /** How wide a terminal is that does not say it. */
  private static final int USUAL_WIDTH = 80;

  private final WatchedStream outStream;
  private final PrintWriter out;
  private final PrintWriter err;
  private final BufferedReader in;
  private final Terminals terminals;
  private final String columns;
  private final Masking masking;
  private final boolean isDumb;
  private boolean colourAllowed;
  private Verbosity verbosity = Verbosity.USUAL;
  private boolean showsProgress;
  private boolean outIsForAnswer;

  /** The console that this one speaks aside of, if it does. */
  private final Optional<Console> main;

  /** What this console says for; nothing where it says all. */
  private final String part;

  public Console(World world) {
    this.main = Optional.empty();
    this.part = "";
    this.masking = new Masking();
    this.outStream = new WatchedStream(world.out());
    this.out = writer(outStream);
    this.err = writer(world.err());
    this.in = new BufferedReader(new InputStreamReader(world.in(), StandardCharsets.UTF_8));
    this.terminals = world.terminals();
    this.isDumb = !Terminals.readEscapes(Os.CURRENT, world.environment());
    this.columns = world.environment().getOrDefault("COLUMNS", "");
    // See no-color.org: set and not empty means none.
    this.colourAllowed = !isDumb && world.environment().getOrDefault("NO_COLOR", "").isEmpty();
    for (String name : SecretVariables.in(world.environment())) {
      if (!SecretVariables.mayBePath(name)) {
        keepSecret(Secret.of(world.environment().getOrDefault(name, "").strip()));
      }
    }
  }

  /** Like another, as far as styles and widths go; what is said is kept. */
  private Console(Console main, Aside aside) {
    this.main = Optional.of(main);
    this.part = aside.part() + ": ";
    this.masking = main.masking.ofPart();
    this.outStream = main.outStream;
    this.out = new PrintWriter(aside.writer(false), false);
    this.err = new PrintWriter(aside.writer(true), false);
    this.in = main.in;
    this.terminals = main.terminals;
    this.isDumb = main.isDumb;
    this.columns = main.columns;
    this.colourAllowed = main.colourAllowed;
    this.verbosity = main.verbosity;
    this.outIsForAnswer = main.outIsForAnswer;
  }

  /**
   * A console for a part of the run that works beside others: it looks the same, knows the same
   * secrets and learns its own, asks nobody, shows no progress, and keeps what is said for {@link
   * #tell}.
   */
  public Console speakingTo(Aside aside) {
    return new Console(this, aside);
  }

  /** Says what was kept, and forgets it. */
  public void tell(Aside aside) {
    aside.tell(this);
  }

  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), false);
  }

  /**
   * From now on the whole run prints {@code [secret]} in its place, whatever text repeats it: it
   * was given to the run, and by no cluster.
   */
  public void keepSecret(Secret secret) {
    if (!SecretVariables.isPublic(secret)) {
      ofRun().keep(secret);
    }
  }

  /** The same for a password, which is looked for where it is one. */
  public void keepPassword(String user, Secret password) {
    ofRun().keepPassword(user, password);
  }

  private Masking ofRun() {
    return main.map(Console::ofRun).orElse(masking);
  }

  /**
   * What keeps secrets out of everything that is printed or written through this console. That of a
   * part learns what its cluster tells, of which no other part knows.
   */
  public Masking masking() {
    return masking;
  }

  /** Whether something that was printed did not reach standard output. */
  public boolean outputIsLost() {
    return main.map(Console::outputIsLost).orElseGet(out::checkError);
  }

  /** Whether that is so because the program that reads it has ended, and wants no more. */
  public boolean readerIsGone() {
    return outputIsLost() && outStream.hasLostReader();
  }

  public void forbidColour() {
    colourAllowed = false;
  }

  /** From now on says so much. */
  public void say(Verbosity much) {
    verbosity = much;
  }

  Verbosity verbosity() {
    return verbosity;
  }

  /** Whether it says more than usual. */
  public boolean debugs() {
    return verbosity == Verbosity.DEBUG || verbosity == Verbosity.TRACE;
  }

  /** Whether it shows what is folded into counts otherwise. */
  public boolean showsAll() {
    return verbosity != Verbosity.USUAL;
  }

  /**
   * From now on standard output is for one answer alone, {@link #printJson} or {@link #reveal};
   * what else would go there goes to standard error.
   */
  public void keepOutForAnswer() {
    outIsForAnswer = true;
  }

  /** The style of what is printed. */
  public Style outStyle() {
    if (outIsForAnswer) {
      return errStyle();
    }
    return Style.coloured(colourAllowed && terminals.out());
  }

  /** The style of what goes to standard error. */
  public Style errStyle() {
    return Style.coloured(colourAllowed && terminals.err());
  }

  /** How wide a line on standard output may be; a file or a pipe takes any. */
  public OptionalInt outWidth() {
    return outIsForAnswer ? errWidth() : width(terminals.out());
  }

  /**
   * How wide the help may be, also in a pipe: as {@code COLUMNS} says, else as most terminals are.
   */
  public int helpWidth() {
    return width();
  }

  /** How wide a line on standard error may be. */
  public OptionalInt errWidth() {
    return width(terminals.err());
  }

  private OptionalInt width(boolean isTerminal) {
    return isTerminal ? OptionalInt.of(width()) : OptionalInt.empty();
  }

  private int width() {
    return columns.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(columns) : USUAL_WIDTH;
  }

  /** Plans as this run prints them. */
  public PlanText planText() {
    return new PlanText(outStyle(), masking, outWidth(), showsAll());
  }

  /** The writer of standard output, for what prints itself. */
  public PrintWriter out() {
    return out;
  }

  /** Prints what was asked for. */
  public void print(String text) {
    if (outIsForAnswer) {
      printError(text);
    } else {
      give(masking.mask(text));
    }
  }

  /**
   * Prints a secret to standard output: that of a token that was made just now, for somebody who
   * asked to see it. It is the one text that is not masked, and this is its only way out.
   *
   * @param frame the text that the secret stands in
   */
  public void reveal(Secret secret, UnaryOperator<String> frame) {
    give(frame.apply(secret.reveal()));
  }

  /** Prints what was asked for, a JSON document, which stays one. */
  public void printJson(String document) {
    give(masking.maskJson(document));
  }

  private synchronized void give(String text) {
    eraseProgress();
    out.print(text);
    out.flush();
  }

  /** Prints a part of a diagnostic that is safe already. */
  public synchronized void printError(String text) {
    eraseProgress();
    out.flush();
    err.print(masking.mask(text));
    err.flush();
  }

  /** Whether there is a line that can change; elsewhere each progress is a line of its own. */
  boolean canShowProgress() {
    return main.isEmpty() && terminals.err() && !isDumb;
  }

  /** Says how far the work is; on a terminal, in the place of what was said before. */
  synchronized void progress(String line) {
    if (!canShowProgress()) {
      printError(line + "\n");
      return;
    }
    out.flush();
    // A line that went on in the next row could not be erased.
    err.print(ERASE_LINE + Columns.cut(masking.mask(line), width() - 1));
    err.flush();
    showsProgress = true;
  }

  /** Takes the line away that says how far the work is. */
  synchronized void endProgress() {
    eraseProgress();
    err.flush();
  }

  private void eraseProgress() {
    if (showsProgress) {
      err.print(ERASE_LINE);
      err.flush();
      showsProgress = false;
    }
  }

  /** Says something that is no error, such as what was overridden. */
  public void note(String message) {
    printError(wrapped(errStyle().bold("note: ") + Printable.line(message)));
  }

  /** The same, at once, also of a part of the run whose other words wait for their turn. */
  public void noteNow(String message) {
    main.ifPresentOrElse(all -> all.note(part + masking.mask(message)), () -> note(message));
  }

  /** Says which command comes next, if it can be shown as it is. */
  public void next(String command) {
    if (Printable.line(command).equals(command) && masking.mask(command).equals(command)) {
      printError(errStyle().bold("next: ") + command + "\n");
    }
  }

  /** Says what is dangerous, and done all the same because somebody asks for it. */
  public void warn(String message) {
    printError(wrapped(errStyle().red("warning: ") + Printable.line(message)));
  }

  /** Says what went wrong and, where known, what to do about it. */
  public void error(String message, Optional<String> hint) {
    printError(wrapped(errStyle().red("error: ") + Printable.line(message)) + hint(hint));
  }

  /** Says what is probably not meant and, where known, what to do about it. */
  public void warning(String message, Optional<String> hint) {
    printError(wrapped(errStyle().yellow("warning: ") + Printable.line(message)) + hint(hint));
  }

  /** A line for people. Hints are left as they are: a command in them is to be pasted whole. */
  private String wrapped(String line) {
    return Wrapping.of(line + "\n", errWidth());
  }

  private static String hint(Optional<String> hint) {
    return hint.map(line -> "  hint: " + Printable.line(line) + "\n").orElse("");
  }

  /** Prints findings, each with its place, and how many errors they have. */
  public void findings(List<Diagnostic> findings) {
    // What follows costs milliseconds at its first use, and a policy without findings does not need
    // it.
    if (!findings.isEmpty()) {
      findings(PlanFindings.unfolded(findings));
      summary(findings);
    }
  }

  /** Prints the findings of a plan, which has no errors. */
  public void findings(Plan plan) {
    if (!plan.findings().isEmpty()) {
      findings(showsAll() ? PlanFindings.unfolded(plan.findings()) : PlanFindings.of(plan));
    }
  }

  private void findings(PlanFindings told) {
    DiagnosticText text = new DiagnosticText(errStyle(), masking, errWidth());
    List<Diagnostic> shown = told.each();
    boolean isCut = shown.size() > MOST_FINDINGS && !showsAll();
    if (isCut) {
      // A hundred warnings must not hide the error that stops the work.
      shown = Importance.findings(told.each()).subList(0, MOST_FINDINGS);
    }
    shown.forEach(finding -> printError(text.render(finding) + "\n"));
    if (isCut) {
      printError(more(told.each()) + "\n\n");
    }
    told.groups().forEach(group -> printError(text.render(group)));
    if (!told.groups().isEmpty()) {
      printError("\n");
    }
  }

  private static String more(List<Diagnostic> findings) {
    String more = "and " + (findings.size() - MOST_FINDINGS) + " more";
    return more + "; --verbose shows all";
  }

  /** Says how many errors there are, where there are any. */
  public void summary(List<Diagnostic> findings) {
    List<Diagnostic> errors = findings.stream().filter(Diagnostic::isError).toList();
    if (!errors.isEmpty()) {
      String count = errors.size() == 1 ? "an error" : errors.size() + " errors";
      // What the cluster shows may be wrong there, and not in the policy.
      boolean isOfPolicy = errors.stream().noneMatch(finding -> finding.code().needsCluster());
      error(
          isOfPolicy
              ? "the policy has " + count
              : "there " + (errors.size() == 1 ? "is " : "are ") + count,
          Optional.of("\"tokenform explain " + errors.get(0).code() + "\" says more"));
    }
  }

  /** Prints a stack trace, for {@code --debug}. */
  public void trace(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    // Messages may quote anything; only the indentation is the JDK's own.
    trace
        .toString()
        .lines()
        .map(line -> (line.startsWith("\t") ? "    " : "") + Printable.line(line.strip()) + "\n")
        .forEach(this::printError);
  }

  /** Whether there is a person to ask. */
  public boolean canAsk() {
    return main.isEmpty() && terminals.in() && terminals.err();
  }

  /** Asks, and takes nothing but {@code yes} for a yes. */
  public boolean confirms(String question) {
    printError(
        "\n"
            + errStyle().bold(Printable.line(question))
            + "\n  Only \"yes\" is accepted as a yes: ");
    try {
      String answer = in.readLine();
      if (answer == null) {
        printError("\n");
      }
      return "yes".equals(answer);
    } catch (IOException e) {
      return false;
    }
  }
}
