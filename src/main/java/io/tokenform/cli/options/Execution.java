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
import io.tokenform.cli.console.Console;
import io.tokenform.cli.console.HostName;
import io.tokenform.cli.console.Interruption;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.UserName;
import io.tokenform.cli.console.Version;
import io.tokenform.cli.files.FoundJournal;
import io.tokenform.plan.Plan;
import io.tokenform.planfile.Digests;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.report.DriftText;
import io.tokenform.report.OutcomeText;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Wrapping;
import io.tokenform.sink.ShownSecret;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Carries plans out that were approved, and says what becomes of each change. */
public final class Execution {
  private static final Duration LOCK_PAUSE = Duration.ofMillis(100);

  /** Most applies are over by then. */
  private static final Duration LOCK_SILENCE = Duration.ofSeconds(1);

  private final How how;
  private final Optional<ClusterName> member;

  /**
   * @param isQuiet whether only those changes are told that went wrong
   * @param lockTimeout how long another apply with the same folder of journals is waited for
   * @param reason why it is done, for the journal
   * @param shown takes the secret of a token that is made, where somebody asked to see it
   */
  record How(
      int parallelism,
      boolean isRechecking,
      boolean isQuiet,
      Duration lockTimeout,
      Optional<String> reason,
      Optional<ShownSecret> shown) {}

  /**
   * @param member the cluster's name in its fleet, if it is in one
   */
  Execution(How how, Optional<ClusterName> member) {
    this.how = Objects.requireNonNull(how, "how");
    this.member = Objects.requireNonNull(member, "member");
  }

  /**
   * Carries a plan out, and says what becomes of each change.
   *
   * @param journals where its journal is kept
   * @param rollsBack the journal that it rolls back, if it does
   * @param interruption hears which applier to interrupt
   * @param progress hears of each outcome as it comes, on different threads
   */
  public ApplyResult carryOut(
      Run run,
      Plan plan,
      Connection connection,
      Journals journals,
      Optional<FoundJournal> rollsBack,
      Interruption interruption,
      Consumer<Outcome> progress)
      throws Exception {
    JournalHeader header =
        new JournalHeader(
            run.world().clock().instant(),
            Version.number(),
            UserName.find(),
            HostName.find(run.world().environment()),
            Digests.of(plan),
            plan.cluster(),
            plan.order(),
            plan.changes().size(),
            rollsBack.map(found -> found.apply().name()),
            run.world().cause().because(how.reason()));
    Printer printer = new Printer(run.console(), plan.changes().size(), how.isQuiet());
    Consumer<Outcome> printed = new OrderedOutcomes(plan.changes(), printer);
    Applier applier =
        new Applier(
            connection.api(),
            new ApplyOptions(
                how.parallelism(),
                how.isRechecking(),
                lockWait(run.console(), journals),
                run.world().clock(),
                deliveries(run, plan)),
            progress.andThen(printed));
    interruption.of(applier);
    ApplyResult result =
        apply(run.console(), () -> applier.apply(plan, journals, header, basis(rollsBack)));
    printer.end();
    return result;
  }

  /** What an applier does. */
  @FunctionalInterface
  private interface Work {
    ApplyResult result() throws Exception;
  }

  private static ApplyResult apply(Console console, Work work) throws Exception {
    try {
      return work.result();
    } catch (StalePlanException e) {
      if (!e.drifts().isEmpty()) {
        console.printError(
            "Drift since the plan was made:\n"
                + new DriftText(console.errStyle()).render(e.drifts())
                + "\n");
      }
      throw e;
    } catch (InterruptedException e) {
      console.note("nothing was sent");
      throw e;
    }
  }

  private static Applier.Basis basis(Optional<FoundJournal> rollsBack) {
    return () -> requireUnchanged(rollsBack);
  }

  /** What the makers of tokens need; found out only for a plan that makes some. */
  private Optional<Deliveries> deliveries(Run run, Plan plan) {
    boolean makesTokens = plan.changes().stream().anyMatch(change -> change.delivery().isPresent());
    return makesTokens
        ? Optional.of(
            new Deliveries(
                SinkAccess.sinks(run, how.shown()),
                member.map(ClusterName::value).orElseGet(() -> Deliveries.name(plan.cluster())),
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

  LockWait lockWait(Console console, Journals journals) {
    return new LockWait(
        how.lockTimeout(), LOCK_PAUSE, LOCK_SILENCE, () -> console.noteNow(waiting(journals)));
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
        + how.lockTimeout().toSeconds()
        + " s for another apply"
        + who
        + ", which keeps its journal in "
        + journals.folder()
        + " too (--lock-timeout); then the live tokens are listed again";
  }

  /**
   * Says what is left to do, where something is.
   *
   * @param rollback the command that undoes it, up to the journal
   * @return what to end with
   */
  public static int exitCode(Console console, ApplyResult result, String rollback) {
    if (result.isComplete() && result.stop().isEmpty()) {
      return ExitCode.OK;
    }
    String undo =
        result
            .undoable()
            .map(
                file ->
                    "; \""
                        + rollback
                        + " "
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
}
