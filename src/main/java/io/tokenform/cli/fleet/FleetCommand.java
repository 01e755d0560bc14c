package io.tokenform.cli.fleet;

import io.tokenform.access.ExitCode;
import io.tokenform.access.Flag;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.model.CommandModels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command that holds those about a whole fleet. */
@Command(
    name = FleetCommand.NAME,
    description =
        "Look at a fleet, several clusters with one inventory, and deal the work on it out.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExample:%n",
    footer = "  tokenform fleet list --fleet fleet.yaml --only env=prod")
public final class FleetCommand implements Callable<Integer> {
  public static final String NAME = "fleet";

  private static final List<String> OF_ONE_CLUSTER =
      List.of(Flag.URL, Flag.ACCOUNT, Flag.CLUSTER, Flag.PROFILE);

  /** Those of a command that asks clusters, for one share of them. */
  private static final List<String> OF_ASKING = List.of(Flag.SHARD, Flag.TRUST_FLEET_HOSTS);

  private static final List<String> OF_CHOOSING =
      List.of(Flag.SHARD, Flag.TRUST_FLEET_HOSTS, Flag.ONLY);

  @Spec private CommandSpec spec;

  /** Its commands by their names, in the order of the help. */
  public static Map<String, Supplier<Object>> commands(Run run) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("list", () -> without(OF_ONE_CLUSTER, new FleetListCommand(run)));
    commands.put("matrix", () -> without(OF_ASKING, new FleetMatrixCommand(run)));
    commands.put("merge", () -> without(OF_ASKING, new FleetMergeCommand(run)));
    commands.put("diff", () -> without(OF_CHOOSING, new FleetDiffCommand(run)));
    return commands;
  }

  /** The command without some of the options that are in common with others. */
  private static CommandLine without(List<String> options, Object command) {
    CommandLine line = CommandModels.line(command);
    for (String name : options) {
      line.getCommandSpec().remove(line.getCommandSpec().findOption(name));
    }
    return line;
  }

  /** Shows its help: a script whose variable is empty must not take that for a success. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return ExitCode.USAGE;
  }
}
