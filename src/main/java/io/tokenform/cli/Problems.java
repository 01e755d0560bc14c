package io.tokenform.cli;

import io.tokenform.apply.JournalException;
import io.tokenform.apply.StalePlanException;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.SettingsException;
import io.tokenform.plan.NoSuchLiveTokenException;
import io.tokenform.plan.PlanJson;
import io.tokenform.policy.InvalidPolicyException;
import io.tokenform.report.DriftText;
import io.tokenform.sandbox.SandboxException;
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
      console.print(PlanJson.failure(message, List.of()));
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
    if (e instanceof DeniedPlanException) {
      console.error(
          "a guardrail denies this plan; nothing was sent",
          Optional.of("change the policy, or allow it once as said above"));
      return ExitCode.DENIED;
    }
    if (e instanceof ApiException api) {
      console.error(api.getMessage(), api.hint());
      return ExitCode.ERROR;
    }
    if (e instanceof SettingsException settings) {
      console.error(settings.getMessage(), settings.hint());
      return ExitCode.ERROR;
    }
    if (e instanceof InputException input) {
      console.error(input.getMessage(), input.hint());
      return ExitCode.ERROR;
    }
    if (e instanceof JournalException journal) {
      console.error(journal.getMessage(), journal.hint());
      return ExitCode.ERROR;
    }
    if (e instanceof NoSuchLiveTokenException none) {
      console.error(none.getMessage(), none.hint());
      return ExitCode.ERROR;
    }
    if (e instanceof SandboxException) {
      console.error(e.getMessage(), Optional.empty());
      return ExitCode.ERROR;
    }
    if (e instanceof StalePlanException stale) {
      console.printError(
          "\nDrift since the plan was made:\n"
              + new DriftText(console.errStyle()).render(stale.drifts())
              + "\n");
      console.error(
          "live has drifted since the plan was made; nothing was sent",
          Optional.of("run plan again and review what it shows"));
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
