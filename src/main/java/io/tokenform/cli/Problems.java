package io.tokenform.cli;

import io.tokenform.access.ExitCode;
import io.tokenform.access.Explained;
import io.tokenform.cli.console.Console;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.console.UsageProblem;
import io.tokenform.cli.options.Format;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.planfile.PlanJson;
import io.tokenform.report.text.Printable;
import java.nio.file.InvalidPathException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns whatever stops a command into a message and an exit code; the one place that does. */
final class Problems implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final Console console;
  private final Supplier<CommandLine> allCommands;

  /**
   * @param allCommands makes the command model with every command, which takes its time
   */
  Problems(Console console, Supplier<CommandLine> allCommands) {
    this.console = console;
    this.allCommands = allCommands;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    UsageProblem problem = UsageProblem.of(e, allCommands);
    return wrongUsage(console, problem.message(), Optional.of(problem.hint()), Arrays.asList(args));
  }

  /** Machines that wait for JSON get it, though a command line that is wrong may say little. */
  static int wrongUsage(Console console, String message, Optional<String> hint, List<String> args) {
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
            ? wrongUsage(console, usage.getMessage(), usage.hint(), parsed.originalArgs())
            : report(e, command);
    trace(e);
    return code;
  }

  private int report(Exception e, CommandLine command) {
    if (e instanceof InvalidPolicyException invalid) {
      console.findings(invalid.findings());
      return ExitCode.ERROR;
    }
    if (e instanceof Explained explained) {
      console.error(e.getMessage(), explained.hint());
      return explained.exitCode();
    }
    if (e instanceof InterruptedException) {
      return ExitCode.INTERRUPTED;
    }
    if (e instanceof InvalidPathException path) {
      console.error(
          "\""
              + Printable.line(path.getInput())
              + "\" is no path on this system: "
              + path.getReason(),
          Optional.of("correct it; patterns are for shells: name files and folders one by one"));
      return ExitCode.ERROR;
    }
    console.error(
        "tokenform failed: " + e,
        console.debugs()
            ? Optional.empty()
            : Optional.of(
                "this is a bug in tokenform; run "
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
