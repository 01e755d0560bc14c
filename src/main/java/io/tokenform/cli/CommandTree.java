package io.tokenform.cli;

import io.tokenform.report.Style;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Puts the commands together. */
final class CommandTree {
  private CommandTree() {}

  static CommandLine of(World world, String... args) {
    Console console = new Console(world);
    // Help is printed before any option's value is known.
    if (Arrays.asList(args).contains("--no-color")) {
      console.forbidColour();
    }
    TokenformCommand root = new TokenformCommand();
    CommandLine tree = new CommandLine(root);
    Map<String, Supplier<Object>> commands = commands(world, console);
    if (args.length > 0 && commands.containsKey(args[0])) {
      // Reading a command's annotations takes milliseconds, and this run needs no other's.
      tree.addSubcommand(commands.get(args[0]).get());
    } else {
      commands.values().forEach(command -> tree.addSubcommand(command.get()));
    }
    Problems problems = new Problems(console, root);
    boolean coloured = console.outStyle() == Style.COLOURED;
    return tree.setOut(console.out())
        .setColorScheme(CommandLine.Help.defaultColorScheme(coloured ? Ansi.ON : Ansi.OFF))
        .setUsageHelpWidth(100)
        .setParameterExceptionHandler(problems)
        .setExecutionExceptionHandler(problems);
  }

  /** The commands by their names, in the order of the help. */
  private static Map<String, Supplier<Object>> commands(World world, Console console) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("validate", () -> new ValidateCommand(world, console));
    commands.put("plan", () -> new PlanCommand(world, console));
    commands.put("apply", () -> new ApplyCommand(world, console));
    commands.put("explain", () -> new ExplainCommand(console));
    commands.put("sandbox", () -> new SandboxCommand(world, console));
    return commands;
  }
}
