package io.tokenform.cli.options;

import io.tokenform.access.ExitCode;
import io.tokenform.access.ShellWord;
import io.tokenform.apply.Applier;
import io.tokenform.apply.ApplyOptions;
import io.tokenform.apply.Deliveries;
import io.tokenform.apply.OrderedOutcomes;
import io.tokenform.apply.StalePlanException;
import io.tokenform.apply.journal.ApplyResult;
import io.tokenform.apply.journal.JournalException;
import io.tokenform.apply.journal.JournalHeader;
import io.tokenform.apply.journal.Journals;
import io.tokenform.apply.journal.LockWait;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.apply.journal.Result;
import io.tokenform.apply.journal.StaleJournalException;
import io.tokenform.apply.journal.Stop;
import io.tokenform.cli.console.ApplyProgress;
import io.tokenform.cli.console.Console;
import io.tokenform.cli.console.DeniedPlanException;
import io.tokenform.cli.console.HostName;
import io.tokenform.cli.console.Interruption;
import io.tokenform.cli.console.Interrupts;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.UnwritableOutputException;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.console.Version;
import io.tokenform.cli.console.World;
import io.tokenform.cli.files.FoundJournal;
import io.tokenform.cli.help.InGroup;
import io.tokenform.cli.help.OptionGroup;
import io.tokenform.cluster.ClientOptions;
import io.tokenform.plan.Plan;
import io.tokenform.plan.Step;
import io.tokenform.planfile.Digests;
import io.tokenform.report.DriftText;
import io.tokenform.report.OutcomeText;
import io.tokenform.report.PlanText;
import io.tokenform.report.RollbackText;
import io.tokenform.report.StepsText;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Wrapping;
import io.tokenform.sink.ShownSecret;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of every command that carries a plan out, and the way from a plan to its end. */
@InGroup(OptionGroup.APPLYING)
public final class Applying {
  private static final Duration LOCK_PAUSE = Duration.ofMillis(100);

  /** Most applies are over by then. */
  private static final Duration LOCK_SILENCE = Duration.ofSeconds(1);

  @Option(names = "--auto-approve", description = "Apply without asking.")
  private boolean autoApprove;

  @Option(
      names = "--dry-run",
      description = "Print the requests that would be sent, in order, and send none.")
  private boolean dryRun;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "" + ClientOptions.DEFAULT_PARALLELISM,
      converter = WholeNumber.class,
      description =
          "How many changes of a wave are made at a time, 1 to 100; ${DEFAULT-VALUE} if not given.")
  private int parallelism;

  @Option(
      names = "--recheck",
      description = "Read each token just before its change, and leave it alone if it has drifted.")
  private boolean recheck;

  @Option(
      names = "--quiet",
      description = "Show no progress, and only those changes that went wrong.")
  private boolean quiet;

  @Option(
      names = "--lock-timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      converter = LockTimeoutConverter.class,
      description =
          "How long to wait for another apply that keeps its journal in the same folder;"
              + " ${DEFAULT-VALUE} if not given, 0 does not wait.")
  private Duration lockTimeout;

  @Mixin private JournalOption journalOption = new JournalOption();

  private Optional<ShownSecret> shown = Optional.empty();
  private Optional<String> reason = Optional.empty();
  private boolean isByHand;

  /** The option that says why something is applied. */
  public static final class ReasonOption {
    private static final int LONGEST = 200;

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        converter = ReasonConverter.class,
        description = "Why, for the journal: one line of at most " + LONGEST + " characters.")
    private String text;

    /** Gives it to the journal, where it is given. */
    public void tell(Applying applying, Console console) {
      if (text == null) {
        return;
      }
      if (console.masking().knows(text)) {
        throw new UsageException(
            "--reason contains the management token",
            "leave it out, and replace that token: other users of this machine may have seen it");
      }
      applying.because(text);
    }

    /** Reads a reason. */
    static final class ReasonConverter implements ITypeConverter<String> {
      @Override
      public String convert(String text) {
        ByHand.refuseSecretShape("--reason", text);
        if (text.isBlank()
            || text.length() > LONGEST
            || text.codePoints().anyMatch(Character::isISOControl)) {
          throw new TypeConversionException(
              "a reason is one line of 1 to " + LONGEST + " characters");
        }
        return text;
      }
    }
  }

  /** Shows plans as what somebody asks for by hand: they have nothing to do with a policy. */
  void byHand() {
    isByHand = true;
  }

  /** Notes in the journal why it is done. */
  public void because(String why) {
    reason = Optional.of(why);
  }

  /** How many calls the connection has to allow at a time. */
  public int parallelism() {
    return parallelism;
  }

  /** Where the journals are. */
  public Journals journals(World world) {
    return journalOption.journals(world);
  }

  /** Goes on without a question. */
  public void approve() {
    autoApprove = true;
  }

  /** Whether nothing is sent. */
  public boolean isDryRun() {
    return dryRun;
  }

  /** Lets the plan make a token whose secret this takes. */
  public void showSecretTo(ShownSecret taker) {
    shown = Optional.of(taker);
  }

  /** Refuses, before anything is done, what could only end in a question that nobody answers. */
  public void requireApproval(Console console, String command) {
    if (!autoApprove && !dryRun && !console.canAsk()) {
      throw new UsageException(
          command + " cannot ask for approval: standard input or standard error is not a terminal",
          "review the plan, then use --auto-approve; --dry-run shows the requests");
    }
  }

  /** Shows a plan of a policy, as before a question, and does nothing more. */
  public void show(Run run, Plan plan) {
    run.console().print(text(run, plan, Optional.empty()));
  }

  /**
   * Shows a plan without errors, asks, and carries it out; or shows its requests.
   *
   * @param rollsBack the journal that it rolls back, if it does
   * @return the exit code
   */
  public int carryOut(Run run, Plan plan, Connection connection, Optional<FoundJournal> rollsBack)
      throws Exception {
    return carryOut(run, plan, connection, rollsBack, result -> {});
  }

  /**
   * The same.
   *
   * @param then told what became of the plan, if it was carried out
   */
  public int carryOut(
      Run run,
      Plan plan,
      Connection connection,
      Optional<FoundJournal> rollsBack,
      Consumer<ApplyResult> then)
      throws Exception {
    return dryRun
        ? preview(run.console(), plan, rollsBack)
        : approveAndApply(run, plan, connection, rollsBack, then);
  }

  private static int preview(Console console, Plan plan, Optional<FoundJournal> rollsBack)
      throws DeniedPlanException {
    List<Step> steps = plan.changes().stream().flatMap(change -> change.steps().stream()).toList();
    int requests = (int) steps.stream().filter(step -> step.request().isPresent()).count();
    int deliveries = steps.size() - requests;
    console.print(StepsText.render(steps));
    if (plan.isDenied()) {
      throw denied(plan, rollsBack);
    }
    console.note(
        "dry run: "
            + Counts.of(requests, "request", "requests")
            + (deliveries == 0 ? "" : " and " + Counts.of(deliveries, "delivery", "deliveries"))
            + ", none was "
            + (deliveries == 0 ? "sent" : "made"));
    return ExitCode.OK;
  }

  private static DeniedPlanException denied(Plan plan, Optional<FoundJournal> rollsBack) {
    return rollsBack.isPresent()
        ? DeniedPlanException.ofRollback()
        : DeniedPlanException.ofApply(plan);
  }

  private int approveAndApply(
      Run run,
      Plan plan,
      Connection connection,
      Optional<FoundJournal> rollsBack,
      Consumer<ApplyResult> then)
      throws Exception {
    run.console().print(text(run, plan, rollsBack));
    if (plan.isDenied()) {
      throw denied(plan, rollsBack);
    }
    if (!plan.hasChanges()) {
      return ExitCode.OK;
    }
    if (run.console().outputIsLost() && !run.console().readerIsGone()) {
      // Nobody could have read the plan, and nobody would read its result.
      throw new UnwritableOutputException();
    }
    if (run.console().readerIsGone() && !autoApprove) {
      return ExitCode.NO_READER;
    }
    // What was approved beforehand is done whether or not somebody reads on: the journal has it.
    if (!autoApprove && !run.console().confirms(question(plan, connection))) {
      run.console().error("not approved; nothing was sent", Optional.empty());
      return ExitCode.ERROR;
    }
    run.console().print("\n");
    Interruption interruption = new Interruption(run.console());
    Interrupts.Handle handle =
        run.world().interrupts().during(interruption::first, interruption::second);
    try {
      ApplyResult result = apply(run, plan, connection, rollsBack, interruption);
      interruption.ended();
      run.console()
          .print(
              new OutcomeText(run.console().outStyle())
                  .summary(rollsBack.isPresent() ? "Rollback" : "Apply", result));
      then.accept(result);
      return exitCode(run.console(), result);
    } finally {
      interruption.ended();
      interruption.told();
      handle.close();
    }
  }

  private ApplyResult apply(
      Run run,
      Plan plan,
      Connection connection,
      Optional<FoundJournal> rollsBack,
      Interruption interruption)
      throws Exception {
    Journals journals = journalOption.journals(run);
    JournalHeader header =
        new JournalHeader(
            run.world().clock().instant(),
            Version.number(),
            System.getProperty("user.name"),
            HostName.find(run.world().environment()),
            Digests.of(plan),
            plan.cluster(),
            plan.order(),
            plan.changes().size(),
            rollsBack.map(found -> found.apply().name()),
            run.world().cause().because(reason));
    Applier.Basis basis = () -> requireUnchanged(rollsBack);
    Printer printer = new Printer(run.console(), plan.changes().size(), quiet);
    Consumer<Outcome> printed = new OrderedOutcomes(plan.changes(), printer);
    ApplyResult result;
    if (quiet) {
      result = apply(run, plan, connection, journals, header, basis, printed, interruption);
    } else {
      try (ApplyProgress progress = new ApplyProgress(run.console(), plan.changes().size())) {
        Consumer<Outcome> told = progress.andThen(printed);
        result = apply(run, plan, connection, journals, header, basis, told, interruption);
      }
    }
    printer.end();
    return result;
  }

  private String text(Run run, Plan plan, Optional<FoundJournal> rollsBack) {
    PlanText text = run.console().planText();
    if (isByHand) {
      return text.renderWithoutPolicy(plan, "");
    }
    return rollsBack
        .map(
            found ->
                text.renderWithoutPolicy(
                    plan,
                    new RollbackText(run.console().outStyle())
                        .heading(found.apply(), run.world().clock().getZone())))
        .orElseGet(() -> text.render(plan));
  }

  private ApplyResult apply(
      Run run,
      Plan plan,
      Connection connection,
      Journals journals,
      JournalHeader header,
      Applier.Basis basis,
      Consumer<Outcome> listener,
      Interruption interruption)
      throws Exception {
    Console console = run.console();
    Applier applier =
        new Applier(
            connection.api(),
            new ApplyOptions(
                parallelism,
                recheck,
                lockWait(console, journals),
                run.world().clock(),
                deliveries(run, plan)),
            listener);
    interruption.of(applier);
    try {
      return applier.apply(plan, journals, header, basis);
    } catch (StalePlanException e) {
      if (!e.drifts().isEmpty()) {
        console.printError(
            "\nDrift since the plan was made:\n"
                + new DriftText(console.errStyle()).render(e.drifts())
                + "\n");
      }
      throw e;
    } catch (InterruptedException e) {
      console.note("nothing was sent");
      throw e;
    }
  }

  /** What the makers of tokens need; found out only for a plan that makes some. */
  private Optional<Deliveries> deliveries(Run run, Plan plan) {
    boolean makesTokens = plan.changes().stream().anyMatch(change -> change.delivery().isPresent());
    return makesTokens
        ? Optional.of(
            new Deliveries(
                SinkAccess.sinks(run, shown),
                Deliveries.name(plan.cluster()),
                new SecureRandom()::nextInt,
                Deliveries.Pause::sleep))
        : Optional.empty();
  }

  private static void requireUnchanged(Optional<FoundJournal> rollsBack)
      throws StaleJournalException, JournalException {
    if (rollsBack.isPresent()) {
      rollsBack.get().requireUnchanged();
    }
  }

  /** Waits until no apply is under way that keeps its journal there; a dry run does not. */
  public void awaitOthers(Console console, Journals journals)
      throws JournalException, InterruptedException {
    if (!dryRun) {
      journals.awaitEnd(lockWait(console, journals));
    }
  }

  private LockWait lockWait(Console console, Journals journals) {
    return new LockWait(
        lockTimeout, LOCK_PAUSE, LOCK_SILENCE, () -> console.note(waiting(journals)));
  }

  /** What is waited for, which has perhaps not begun its journal yet. */
  private String waiting(Journals journals) {
    String who;
    try {
      who =
          journals
              .underWay()
              .map(
                  apply ->
                      " of "
                          + apply.header().user()
                          + apply.header().host().map(host -> "@" + host).orElse("")
                          + ", "
                          + apply.name()
                          + ", begun "
                          + apply.header().startedAt().truncatedTo(ChronoUnit.SECONDS))
              .orElse("");
    } catch (JournalException e) {
      who = "";
    }
    return "waiting up to "
        + lockTimeout.toSeconds()
        + " s for another apply"
        + who
        + ", which keeps its journal in "
        + journals.folder()
        + " too (--lock-timeout); then the live tokens are listed again";
  }

  /** Prints outcomes, which come one after another; those of changes not attempted it counts. */
  private static final class Printer implements Consumer<Outcome> {
    private final Console console;
    private final int total;
    private final boolean quiet;
    private final OutcomeText text;
    private int done;
    private int notAttempted;
    private String lastNotAttempted = "";

    Printer(Console console, int total, boolean quiet) {
      this.console = console;
      this.total = total;
      this.quiet = quiet;
      this.text = new OutcomeText(console.outStyle());
    }

    @Override
    public void accept(Outcome outcome) {
      done++;
      if (outcome.result() == Result.NOT_ATTEMPTED && !console.showsAll()) {
        notAttempted++;
        lastNotAttempted = text.render(outcome, done, total);
        return;
      }
      boolean isNews =
          outcome.result() != Result.APPLIED && outcome.result() != Result.NOT_ATTEMPTED;
      if (!quiet || isNews) {
        print(text.render(outcome, done, total));
      }
    }

    void end() {
      if (notAttempted > 0 && !quiet) {
        print(notAttempted == 1 ? lastNotAttempted : text.notAttempted(notAttempted));
      }
    }

    private void print(String lines) {
      console.print(Wrapping.of(lines, console.outWidth()));
    }
  }

  private static int exitCode(Console console, ApplyResult result) {
    if (result.isComplete() && result.stop().isEmpty()) {
      return ExitCode.OK;
    }
    String undo =
        result
            .undoable()
            .map(
                file ->
                    "; \"tokenform rollback "
                        + ShellWord.of(file.toString())
                        + "\" undoes what was done")
            .orElse("");
    int unknown = result.count(Result.UNKNOWN);
    console.error(
        result.stop().map(Stop::message).orElse("the apply did not do everything")
            + (result.wasInterrupted() && unknown > 0
                ? "; " + Counts.of(unknown, "call", "calls") + " in flight had no answer in time"
                : ""),
        Optional.of("run plan to see what is left to do" + undo));
    return result.wasInterrupted() ? ExitCode.INTERRUPTED : ExitCode.ERROR;
  }

  private static String question(Plan plan, Connection connection) {
    return "Apply this plan, "
        + Counts.of(plan.changes().size(), "change", "changes")
        + " on "
        + connection.address().url()
        + "?";
  }

  /** Reads a time in seconds, or 0 for none. */
  static final class LockTimeoutConverter implements ITypeConverter<Duration> {
    private static final long LONGEST = Duration.ofDays(1).toSeconds();

    @Override
    public Duration convert(String text) {
      try {
        double seconds = Double.parseDouble(text);
        if (seconds >= 0 && seconds <= LONGEST) {
          return Duration.ofMillis(Math.round(seconds * 1000));
        }
      } catch (NumberFormatException e) {
        // Said below, as for a number out of range.
      }
      throw new TypeConversionException(
          "\"" + text + "\" is not a number of seconds from 0 to " + LONGEST);
    }
  }
}
