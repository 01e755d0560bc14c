package io.tokenform.cli;

import io.tokenform.access.ExitCode;
import io.tokenform.cli.console.Run;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command that holds those about single tokens. */
@Command(
    name = TokenCommands.NAME,
    description = "Look at the live tokens, and make, change, renew and end single ones.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform token list",
      "  tokenform token get \"Grafana dashboards\"",
      "  tokenform token update --add --read-database logs grafana",
      "  tokenform token park checkout --reason INC-42",
    })
final class TokenCommands implements Callable<Integer> {
  static final String NAME = "token";

  @Spec private CommandSpec spec;

  /** Its commands by their names, in the order of the help. */
  static Map<String, Supplier<Object>> commands(Run run) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("list", () -> new TokenListCommand(run));
    commands.put("get", () -> new TokenGetCommand(run));
    commands.put("update", () -> new TokenUpdateCommand(run));
    commands.put("create", () -> new TokenCreateCommand(run));
    commands.put("rotate", () -> new TokenRotateCommand(run));
    commands.put("park", () -> new TokenParkCommand(run));
    commands.put("release", () -> new TokenReleaseCommand(run));
    commands.put("revoke", () -> new TokenRevokeCommand(run));
    return commands;
  }

  /** Shows its help: a script whose variable is empty must not take that for a success. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return ExitCode.USAGE;
  }
}
