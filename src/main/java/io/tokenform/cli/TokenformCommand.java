package io.tokenform.cli;

import io.tokenform.cli.console.Verbosity;
import io.tokenform.cli.console.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command that holds the others. */
@Command(
    name = "tokenform",
    versionProvider = Version.class,
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
      "130:interrupted"
    },
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = {
      "  tokenform plan -f tokens.yaml",
      "  tokenform apply -f tokens.yaml",
    })
@SuppressWarnings("UnusedVariable") // Options that picocli itself acts on have no other reader.
final class TokenformCommand implements Runnable {
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

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  Verbosity verbosity() {
    if (trace) {
      return Verbosity.TRACE;
    }
    return debug ? Verbosity.DEBUG : Verbosity.USUAL;
  }
}
