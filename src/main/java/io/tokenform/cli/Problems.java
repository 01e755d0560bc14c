package io.tokenform.cli;

import io.tokenform.apply.Drift;
import io.tokenform.apply.StaleJournalException;
import io.tokenform.apply.StalePlanException;
import io.tokenform.cli.console.Console;
import io.tokenform.cli.console.DeniedPlanException;
import io.tokenform.cli.console.ExitCode;
import io.tokenform.cli.console.Failure;
import io.tokenform.cli.console.UnwritableOutputException;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.console.UsageProblem;
import io.tokenform.cli.options.Format;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.planfile.PlanJson;
import io.tokenform.report.DriftText;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns whatever stops a command into a message and an exit code; the one place that does. */
final class Problems implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final Console console;

  Problems(Console console) {
    this.console = console;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    UsageProblem problem = UsageProblem.of(e);
    return wrongUsage(problem.message(), Optional.of(problem.hint()), Arrays.asList(args));
  }

  /** Machines that wait for JSON get it, though a command line that is wrong may say little. */
  private int wrongUsage(String message, Optional<String> hint, List<String> args) {
    if (Format.isJsonWanted(args)) {
      console.printJson(PlanJson.failure(message, hint, List.of()));
    }
    console.error(message, hint);
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    int code =
        e instanceof UsageException usage
            ? wrongUsage(usage.getMessage(), usage.hint(), parsed.originalArgs())
            : report(e, command);
    trace(e);
    return code;
  }

  private int report(Exception e, CommandLine command) {
    if (e instanceof InvalidPolicyException invalid) {
      console.findings(invalid.findings());
      return ExitCode.ERROR;
    }
    Optional<Failure> known = Failure.known(e);
    if (known.isPresent()) {
      console.error(known.get().message(), known.get().hint());
      return e instanceof DeniedPlanException ? ExitCode.DENIED : ExitCode.ERROR;
    }
    if (e instanceof StalePlanException stale) {
      console.printError(
          "\nDrift since the plan was made:\n"
              + new DriftText(console.errStyle()).render(stale.drifts())
              + "\n");
      console.error(
          "live has drifted since the plan was made; nothing was sent",
          Optional.of(
              stale.drifts().stream().allMatch(Drift::isAsDesired)
                  ? "all that differs is what the plan wanted: it was applied before, in part or as"
                      + " a whole; plan again for what is left"
                  : "run plan again and review what it shows"));
      return ExitCode.STALE;
    }
    if (e instanceof StaleJournalException) {
      console.error(
          e.getMessage(),
          Optional.of(
              "its apply was still under way: run rollback again and review what it shows"));
      return ExitCode.STALE;
    }
    if (e instanceof UnwritableOutputException) {
      console.error(UnwritableOutputException.MESSAGE, UnwritableOutputException.HINT);
      return ExitCode.ERROR;
    }
    if (e instanceof InterruptedException) {
      return ExitCode.INTERRUPTED;
    }
    console.error(
        "tokenform failed: " + e,
        console.debugs()
            ? Optional.empty()
            : Optional.of(
                "this is a fault of tokenform; run "
                    + command.getCommandSpec().qualifiedName()
                    + " again with --debug and report what it prints"));
    return ExitCode.ERROR;
  }

  private void trace(Exception e) {
    if (console.debugs()) {
      console.trace(e);
    }
  }
}
