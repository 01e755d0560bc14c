package io.tokenform.cli.options;

import io.tokenform.access.ExitCode;
import io.tokenform.apply.journal.ApplyResult;
import io.tokenform.apply.journal.JournalException;
import io.tokenform.apply.journal.Journals;
import io.tokenform.cli.console.ApplyProgress;
import io.tokenform.cli.console.Console;
import io.tokenform.cli.console.DeniedPlanException;
import io.tokenform.cli.console.Interruption;
import io.tokenform.cli.console.Interrupts;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.UnwritableOutputException;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.console.World;
import io.tokenform.cli.files.FoundJournal;
import io.tokenform.cli.help.GivenOptions;
import io.tokenform.cli.help.InGroup;
import io.tokenform.cli.help.OptionGroup;
import io.tokenform.cluster.ClientOptions;
import io.tokenform.plan.Plan;
import io.tokenform.plan.Step;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.report.OutcomeText;
import io.tokenform.report.PlanText;
import io.tokenform.report.RollbackText;
import io.tokenform.report.StepsText;
import io.tokenform.report.text.Counts;
import io.tokenform.sink.ShownSecret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options of every command that carries a plan out, and the way from a plan to its end. */
@InGroup(OptionGroup.APPLYING)
public final class Applying {
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
  private Optional<ClusterName> member = Optional.empty();
  private Optional<String> rollback = Optional.empty();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

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

  /**
   * From now on is about a cluster of a fleet, whose journals have a folder of their own.
   *
   * @param undoing the command that undoes an apply on it, up to the journal
   */
  public void ofFleet(ClusterName cluster, String undoing) {
    member = Optional.of(cluster);
    rollback = Optional.of(undoing);
  }

  /**
   * The options of this run that another command needs, to do something on the same cluster; each
   * with a blank before it.
   */
  String ofTheWay() {
    return GivenOptions.ofTheWay(command.commandLine().getParseResult());
  }

  /** The command to paste that undoes what this run does, up to the journal. */
  public String rollback() {
    return rollback.orElseGet(() -> "tokenform rollback" + ofTheWay());
  }

  /** Where the journals are. */
  public Journals journals(World world) {
    return member
        .map(cluster -> journalOption.journals(world, cluster))
        .orElseGet(() -> journalOption.journals(world));
  }

  /** Where the journals of a cluster of a fleet are. */
  public Journals journals(Run run, ClusterName cluster) {
    return journalOption.journals(run, cluster);
  }

  /** Whether only those changes are told that went wrong. */
  public boolean isQuiet() {
    return quiet;
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
    console.print(StepsText.render(steps));
    if (plan.isDenied()) {
      throw denied(plan, rollsBack);
    }
    tellDryRun(console, steps, "");
    return ExitCode.OK;
  }

  /**
   * Says what a dry run did not do.
   *
   * @param where where the steps lead, with a blank before it; nothing where that is clear
   */
  public static void tellDryRun(Console console, List<Step> steps, String where) {
    int requests = (int) steps.stream().filter(step -> step.request().isPresent()).count();
    int deliveries = steps.size() - requests;
    console.note(
        "dry run: "
            + Counts.of(requests, "request", "requests")
            + (deliveries == 0 ? "" : " and " + Counts.of(deliveries, "delivery", "deliveries"))
            + where
            + ", none was "
            + (deliveries == 0 ? "sent" : "made"));
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
    Optional<Integer> end = approval(run.console(), question(plan, connection));
    if (end.isPresent()) {
      return end.get();
    }
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
      return Execution.exitCode(run.console(), result, rollback());
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
    Journals journals =
        member
            .map(cluster -> journalOption.journals(run, cluster))
            .orElseGet(() -> journalOption.journals(run));
    if (quiet) {
      return execution()
          .carryOut(run, plan, connection, journals, rollsBack, interruption, outcome -> {});
    }
    try (ApplyProgress progress = new ApplyProgress(run.console(), plan.changes().size())) {
      return execution()
          .carryOut(run, plan, connection, journals, rollsBack, interruption, progress);
    }
  }

  /** How the options have the plan of a cluster of a fleet carried out. */
  public Execution execution(ClusterName cluster) {
    return execution(Optional.of(cluster));
  }

  private Execution execution() {
    return execution(member);
  }

  private Execution execution(Optional<ClusterName> cluster) {
    return new Execution(
        new Execution.How(parallelism, recheck, quiet, lockTimeout, reason, shown), cluster);
  }

  /**
   * Asks whether to go on, unless that was said beforehand.
   *
   * @return what to end with, where it must not go on
   * @throws UnwritableOutputException if nobody could have read what it would go on with
   */
  public Optional<Integer> approval(Console console, String question)
      throws UnwritableOutputException {
    if (console.outputIsLost() && !console.readerIsGone()) {
      // Nobody could have read the plan, and nobody would read its result.
      throw new UnwritableOutputException();
    }
    if (console.readerIsGone() && !autoApprove) {
      return Optional.of(ExitCode.NO_READER);
    }
    // What was approved beforehand is done whether or not somebody reads on: the journal has it.
    if (!autoApprove && !console.confirms(question)) {
      console.error("not approved; nothing was sent", Optional.empty());
      return Optional.of(ExitCode.ERROR);
    }
    console.print("\n");
    return Optional.empty();
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

  /** Waits until no apply is under way that keeps its journal there; a dry run does not. */
  public void awaitOthers(Console console, Journals journals)
      throws JournalException, InterruptedException {
    if (!dryRun) {
      journals.awaitEnd(execution().lockWait(console, journals));
    }
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
