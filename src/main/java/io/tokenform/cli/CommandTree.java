package io.tokenform.cli;

import io.tokenform.report.Style;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Puts the commands together. */
final class CommandTree {
  private CommandTree() {}

  /** Runs a command line and answers its exit code. */
  static int run(World world, String... args) {
    Console console = new Console(world);
    String[] meant = helpAsOption(args);
    int code;
    try {
      code = of(world, console, meant).execute(meant);
    } catch (OutOfMemoryError e) {
      console.error(
          "there is not enough memory", Optional.of("give Java more: TOKENFORM_JAVA_OPTS=-Xmx4g"));
      return ExitCode.ERROR;
    }
    if (code != ExitCode.ERROR && code != ExitCode.USAGE && console.outputIsLost()) {
      console.error(UnwritableOutputException.MESSAGE, UnwritableOutputException.HINT);
      return ExitCode.ERROR;
    }
    return code;
  }

  /**
   * {@code help plan} is what people try first, and means {@code plan --help}; {@code help journal
   * list} means {@code journal list --help}.
   */
  private static String[] helpAsOption(String... args) {
    if (args.length == 0 || !args[0].equals("help")) {
      return args;
    }
    String[] command = Arrays.copyOfRange(args, 1, args.length + 1);
    command[args.length - 1] = "--help";
    return command;
  }

  private static CommandLine of(World world, Console console, String... args) {
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
        // A file of arguments is no way to pass a secret, and @ may start the name of a token.
        .setExpandAtFiles(false)
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
    commands.put("fmt", () -> new FmtCommand(world, console));
    commands.put("explain", () -> new ExplainCommand(console));
    commands.put("show", () -> new ShowCommand(world, console));
    commands.put("rollback", () -> new RollbackCommand(world, console));
    commands.put("journal", () -> journal(world, console));
    commands.put("sandbox", () -> new SandboxCommand(world, console));
    return commands;
  }

  private static CommandLine journal(World world, Console console) {
    return new CommandLine(new JournalCommand())
        .addSubcommand(new JournalCommand.ListCommand(world, console))
        .addSubcommand(new JournalCommand.ShowJournalCommand(world, console));
  }
}
