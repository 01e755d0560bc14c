package io.tokenform.cli;

import io.tokenform.report.Style;
import java.util.Arrays;
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
    CommandLine tree =
        new CommandLine(root)
            .addSubcommand(new ValidateCommand(world, console))
            .addSubcommand(new PlanCommand(world, console))
            .addSubcommand(new ApplyCommand(world, console))
            .addSubcommand(new SandboxCommand(world, console));
    Problems problems = new Problems(console, root);
    boolean coloured = console.outStyle() == Style.COLOURED;
    return tree.setOut(console.out())
        .setColorScheme(CommandLine.Help.defaultColorScheme(coloured ? Ansi.ON : Ansi.OFF))
        .setUsageHelpWidth(100)
        .setParameterExceptionHandler(problems)
        .setExecutionExceptionHandler(problems);
  }
}
