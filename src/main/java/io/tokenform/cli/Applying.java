package io.tokenform.cli;

import io.tokenform.apply.Applier;
import io.tokenform.apply.ApplyOptions;
import io.tokenform.apply.ApplyResult;
import io.tokenform.apply.JournalHeader;
import io.tokenform.apply.Journals;
import io.tokenform.apply.OrderedOutcomes;
import io.tokenform.apply.Outcome;
import io.tokenform.apply.Result;
import io.tokenform.apply.Stop;
import io.tokenform.cluster.ClientOptions;
import io.tokenform.plan.Change;
import io.tokenform.plan.Digests;
import io.tokenform.plan.Plan;
import io.tokenform.report.Counts;
import io.tokenform.report.OutcomeText;
import io.tokenform.report.PlanText;
import io.tokenform.report.RequestsText;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that carries a plan out, and the way from a plan to its end. */
final class Applying {
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
          "How many changes of a stage are made at a time, 1 to 100; ${DEFAULT-VALUE} if not given.")
  private int parallelism;

  @Option(
      names = "--recheck",
      description = "Read each token just before its change, and leave it alone if it has drifted.")
  private boolean recheck;

  @Option(
      names = "--quiet",
      description = "Show no progress, and of the changes only those that went wrong.")
  private boolean quiet;

  @Mixin private JournalOption journalOption = new JournalOption();

  /** How many calls the connection has to allow at a time. */
  int parallelism() {
    return parallelism;
  }

  /** Where the journals are. */
  Journals journals(World world) {
    return journalOption.journals(world);
  }

  /** Refuses, before anything is done, what could only end in a question that nobody answers. */
  void requireApproval(Console console, String command) {
    if (!autoApprove && !dryRun && !console.canAsk()) {
      throw new UsageException(
          command + " has nobody to ask: its input or its error output is not a terminal",
          "review the plan, then use --auto-approve; --dry-run shows the requests");
    }
  }

  /**
   * Shows a plan without errors, asks, and carries it out; or shows its requests.
   *
   * @param rollsBack the name of the journal that it rolls back, if it does
   * @return the exit code
   */
  int carryOut(
      World world, Console console, Plan plan, Connection connection, Optional<String> rollsBack)
      throws Exception {
    return dryRun
        ? preview(console, plan)
        : approveAndApply(world, console, plan, connection, rollsBack);
  }

  private static int preview(Console console, Plan plan) throws DeniedPlanException {
    console.print(RequestsText.render(plan.changes().stream().map(Change::request).toList()));
    if (plan.isDenied()) {
      throw DeniedPlanException.ofApply();
    }
    console.note(
        "dry run: " + Counts.of(plan.changes().size(), "request", "requests") + ", none was sent");
    return ExitCode.OK;
  }

  private int approveAndApply(
      World world, Console console, Plan plan, Connection connection, Optional<String> rollsBack)
      throws Exception {
    console.print(new PlanText(console.outStyle()).render(plan));
    if (plan.isDenied()) {
      throw DeniedPlanException.ofApply();
    }
    if (!plan.hasChanges()) {
      return ExitCode.OK;
    }
    if (console.outputIsLost()) {
      // Nobody could have read the plan, and nobody would read what became of it.
      throw new UnwritableOutputException();
    }
    if (!autoApprove && !console.confirms(question(plan, connection))) {
      console.error("not approved; nothing was sent", Optional.empty());
      return ExitCode.ERROR;
    }
    console.print("\n");
    ApplyResult result = apply(world, console, plan, connection, rollsBack);
    console.print(
        new OutcomeText(console.outStyle())
            .summary(rollsBack.isPresent() ? "Rollback" : "Apply", result));
    return exitCode(console, result);
  }

  private ApplyResult apply(
      World world, Console console, Plan plan, Connection connection, Optional<String> rollsBack)
      throws Exception {
    Journals journals = journalOption.journals(world, console);
    JournalHeader header =
        new JournalHeader(
            world.clock().instant(),
            Version.number(),
            System.getProperty("user.name"),
            HostName.find(world.environment()),
            Digests.of(plan),
            plan.cluster(),
            plan.order(),
            plan.changes().size(),
            rollsBack);
    Consumer<Outcome> printed = new OrderedOutcomes(plan.changes(), printer(console, plan));
    if (quiet) {
      return apply(world, console, plan, connection, journals, header, printed);
    }
    try (ApplyProgress progress = new ApplyProgress(console, plan.changes().size())) {
      return apply(world, console, plan, connection, journals, header, progress.andThen(printed));
    }
  }

  private ApplyResult apply(
      World world,
      Console console,
      Plan plan,
      Connection connection,
      Journals journals,
      JournalHeader header,
      Consumer<Outcome> listener)
      throws Exception {
    Applier applier =
        new Applier(connection.api(), new ApplyOptions(parallelism, recheck), listener);
    Runnable interrupt =
        () -> {
          applier.interrupt();
          console.note(
              "interrupted: waiting up to "
                  + Applier.PATIENCE.toSeconds()
                  + " s for calls in flight; interrupt again to stop at once");
        };
    Runnable lastWords =
        () ->
            console.error(
                "stopped at once; changes in flight have no answer, and the journal says which",
                Optional.of("run plan to see what is left to do"));
    Interrupts.Handle handle = world.interrupts().during(interrupt, lastWords);
    try {
      return applier.apply(plan, journals, header);
    } finally {
      handle.close();
    }
  }

  /** Prints outcomes; they come one after another. */
  private Consumer<Outcome> printer(Console console, Plan plan) {
    OutcomeText text = new OutcomeText(console.outStyle());
    int total = plan.changes().size();
    int[] done = {0};
    return outcome -> {
      done[0]++;
      boolean isNews =
          outcome.result() != Result.APPLIED && outcome.result() != Result.NOT_ATTEMPTED;
      if (!quiet || isNews) {
        console.print(text.render(outcome, done[0], total));
      }
    };
  }

  private static int exitCode(Console console, ApplyResult result) {
    if (result.isComplete() && result.stop().isEmpty()) {
      return ExitCode.OK;
    }
    String undo =
        result
            .journal()
            .map(file -> "; \"tokenform rollback " + file + "\" undoes what was done")
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
}
