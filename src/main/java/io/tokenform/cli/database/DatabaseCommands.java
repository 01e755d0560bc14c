package io.tokenform.cli.database;

import io.tokenform.access.ExitCode;
import io.tokenform.cli.console.Run;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command that holds those about databases. */
@Command(
    name = DatabaseCommands.NAME,
    description = "Look at the databases, and make, change, rename and delete single ones.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform database list",
      "  tokenform database create --retention-period 90d orders",
    })
public final class DatabaseCommands implements Callable<Integer> {
  public static final String NAME = "database";

  @Spec private CommandSpec spec;

  /** Its commands by their names, in the order of the help. */
  public static Map<String, Supplier<Object>> commands(Run run) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("list", () -> new DatabaseListCommand(run));
    commands.put("create", () -> new DatabaseCreateCommand(run));
    commands.put("update", () -> new DatabaseUpdateCommand(run));
    commands.put("rename", () -> new DatabaseRenameCommand(run));
    commands.put("delete", () -> new DatabaseDeleteCommand(run));
    return commands;
  }

  /** Shows its help: a script whose variable is empty must not take that for a success. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return ExitCode.USAGE;
  }
}
