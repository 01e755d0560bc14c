package io.tokenform.cli;

import io.tokenform.report.Style;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Puts the commands together. */
final class CommandTree {
  private CommandTree() {}

  /** Runs a command line and answers its exit code. */
  static int run(World world, String... args) {
    Console console = new Console(world);
    if (args.length > 0 && args[0].equals(Completer.NAME)) {
      List<String> asked = Arrays.asList(args).subList(1, args.length);
      Completer completer =
          new Completer(
              world, (before, begun) -> of(world, console, before, isPossible(before, begun)));
      console.print(completer.answer(asked));
      return ExitCode.OK;
    }
    String[] meant = helpAsOption(args);
    int code;
    try {
      CommandLine tree = of(world, console, Arrays.asList(meant));
      code = tree.execute(withoutHelpForNothing(tree, meant));
    } catch (OutOfMemoryError e) {
      console.error(Failure.OUT_OF_MEMORY.message(), Failure.OUT_OF_MEMORY.hint());
      return ExitCode.ERROR;
    } catch (Error e) {
      // Uncaught, it would be printed by the JVM, which knows no secret.
      console.error("tokenform failed: " + e, Optional.empty());
      if (console.debugs()) {
        console.trace(e);
      }
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
    List<String> meant = new ArrayList<>(Arrays.asList(args).subList(1, args.length));
    meant.add("--help");
    return meant.toArray(String[]::new);
  }

  /** Without the option that asks for help, where the command that it asks about does not exist. */
  private static String[] withoutHelpForNothing(CommandLine tree, String... args) {
    CommandLine command = tree;
    for (String arg : args) {
      if (arg.startsWith("-") || command.getSubcommands().isEmpty()) {
        return args;
      }
      command = command.getSubcommands().get(arg);
      if (command == null) {
        return Arrays.stream(args)
            .filter(other -> !other.equals("--help") && !other.equals("-h"))
            .toArray(String[]::new);
      }
    }
    return args;
  }

  /** Of the commands, if one is typed: those that begin so. */
  private static Predicate<String> isPossible(List<String> before, String begun) {
    return before.size() > 1 ? name -> true : name -> name.startsWith(begun);
  }

  /** The command model, without those commands that a run with these arguments does not need. */
  static CommandLine of(World world, Console console, List<String> args) {
    return of(world, console, args, name -> true);
  }

  private static CommandLine of(
      World world, Console console, List<String> args, Predicate<String> isPossible) {
    // Help is printed before any option's value is known.
    if (args.contains("--no-color")) {
      console.forbidColour();
    }
    TokenformCommand root = new TokenformCommand();
    CommandLine tree = new CommandLine(root);
    add(tree, commands(world, console), args.isEmpty() ? "" : args.get(0), isPossible);
    CommandLine token = tree.getSubcommands().get(TokenCommands.NAME);
    if (token != null) {
      String needed = args.size() > 1 ? args.get(1) : "";
      add(token, TokenCommands.commands(world, console), needed, isPossible);
    }
    Problems problems = new Problems(console);
    boolean coloured = console.outStyle() == Style.COLOURED;
    return tree.setOut(console.out())
        // A file of arguments is no way to pass a secret, and @ may start the name of a token.
        .setExpandAtFiles(false)
        .setColorScheme(CommandLine.Help.defaultColorScheme(coloured ? Ansi.ON : Ansi.OFF))
        .setUsageHelpWidth(100)
        .setExecutionStrategy(
            parsed -> {
              console.say(root.verbosity());
              return new CommandLine.RunLast().execute(parsed);
            })
        .setParameterExceptionHandler(problems)
        .setExecutionExceptionHandler(problems);
  }

  /** Adds the one command that a run needs, or all that are possible if it names none of them. */
  private static void add(
      CommandLine parent,
      Map<String, Supplier<Object>> commands,
      String needed,
      Predicate<String> isPossible) {
    if (commands.containsKey(needed)) {
      // Reading a command's annotations takes milliseconds, and this run needs no other's.
      parent.addSubcommand(commands.get(needed).get());
    } else {
      commands.forEach(
          (name, command) -> {
            if (isPossible.test(name)) {
              parent.addSubcommand(command.get());
            }
          });
    }
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
    commands.put("export", () -> new ExportCommand(world, console));
    commands.put("who-can", () -> new WhoCanCommand(world, console));
    commands.put(TokenCommands.NAME, TokenCommands::new);
    commands.put("doctor", () -> new DoctorCommand(world, console));
    commands.put("completion", () -> new CompletionCommand(console));
    commands.put("sandbox", () -> new SandboxCommand(world, console));
    return commands;
  }

  private static CommandLine journal(World world, Console console) {
    return new CommandLine(new JournalCommand())
        .addSubcommand(new JournalCommand.ListCommand(world, console))
        .addSubcommand(new JournalCommand.ShowJournalCommand(world, console));
  }
}
