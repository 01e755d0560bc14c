package io.tokenform.cli;

import io.tokenform.access.ExitCode;
import io.tokenform.cli.console.Verbosity;
import io.tokenform.cli.help.InGroup;
import io.tokenform.cli.help.OptionGroup;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command that holds the others. */
@Command(
    name = "tokenform",
    // Looking for methods that are commands takes 3 % of a short run, and there are none.
    addMethodSubcommands = false,
    description = {
      "InfluxDB database tokens as code.",
      "A YAML policy names tokens and their permissions; plan shows what would change on the"
          + " cluster, and apply does exactly that."
    },
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done; for plan --detailed-exitcode, nothing to change",
      "1:an error, or an apply that did not do everything",
      "2:plan --detailed-exitcode: there are changes",
      "3:a guardrail or an expectation denies the plan",
      "4:live drifted since the plan was made; nothing was sent",
      "64:wrong usage of the command line",
      "130:interrupted",
      "141:the program that reads the plan ended, and nothing was sent"
    },
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExample:%n",
    footer = {
      "  tokenform plan -f tokens.yaml",
      "  tokenform apply -f tokens.yaml",
    })
@SuppressWarnings("UnusedVariable") // Options that picocli itself acts on have no other reader.
@InGroup(OptionGroup.GENERAL)
final class TokenformCommand implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help and exit.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and exit.")
  private boolean version;

  @Option(
      names = "--no-color",
      scope = ScopeType.INHERIT,
      description = "Print without colours, as NO_COLOR does.")
  private boolean noColour;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show each of those findings and changes that are folded into counts.")
  private boolean verbose;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Log each call on standard error, and a stack trace with an error.")
  private boolean debug;

  @Option(
      names = "--trace",
      scope = ScopeType.INHERIT,
      description = "As --debug, with the bodies of requests and answers; secrets are left out.")
  private boolean trace;

  @Spec private CommandSpec spec;

  /** Shows its help: a script whose variable is empty must not take that for a success. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return ExitCode.USAGE;
  }

  Verbosity verbosity() {
    if (trace) {
      return Verbosity.TRACE;
    }
    if (debug) {
      return Verbosity.DEBUG;
    }
    return verbose ? Verbosity.VERBOSE : Verbosity.USUAL;
  }
}
