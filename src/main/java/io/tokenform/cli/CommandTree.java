package io.tokenform.cli;

import io.tokenform.access.ExitCode;
import io.tokenform.cli.complete.Completer;
import io.tokenform.cli.console.Console;
import io.tokenform.cli.console.Failure;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.UnwritableOutputException;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.console.World;
import io.tokenform.cli.fleet.FleetCommand;
import io.tokenform.cli.help.HelpText;
import io.tokenform.report.text.Style;
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
public final class CommandTree {
  private CommandTree() {}

  /** Runs a command line and answers its exit code. */
  static int run(World world, String... args) {
    Run run = Run.in(world);
    Console console = run.console();
    if (args.length > 0 && args[0].equals(Completer.NAME)) {
      List<String> asked = Arrays.asList(args).subList(1, args.length);
      Completer completer =
          new Completer(world, (before, begun) -> of(run, before, isPossible(before, begun)));
      console.print(completer.answer(asked));
      return ExitCode.OK;
    }
    String[] meant = helpAsOption(args);
    int code;
    try {
      CommandLine tree = of(run, Arrays.asList(meant));
      code = tree.execute(JoinedValues.marked(tree, withoutHelpForNothing(tree, meant)));
    } catch (UsageException e) {
      return Problems.wrongUsage(console, e.getMessage(), e.hint(), Arrays.asList(meant));
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
    boolean isTold = code == ExitCode.ERROR || code == ExitCode.USAGE;
    // A reader such as head, which has seen enough, is no reason to complain.
    if (!isTold && console.outputIsLost() && !console.readerIsGone()) {
      UnwritableOutputException lost = new UnwritableOutputException();
      console.error(lost.getMessage(), lost.hint());
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
  public static CommandLine of(Run run, List<String> args) {
    return of(run, args, name -> true);
  }

  private static CommandLine of(Run run, List<String> args, Predicate<String> isPossible) {
    // Help is printed before any option's value is known.
    if (args.contains("--no-color")) {
      run.console().forbidColour();
    }
    TokenformCommand root = new TokenformCommand();
    CommandLine tree = new CommandLine(root);
    add(tree, commands(run), args.isEmpty() ? "" : args.get(0), isPossible);
    String needed = args.size() > 1 ? args.get(1) : "";
    CommandLine token = tree.getSubcommands().get(TokenCommands.NAME);
    if (token != null) {
      add(token, TokenCommands.commands(run), needed, isPossible);
    }
    CommandLine fleet = tree.getSubcommands().get(FleetCommand.NAME);
    if (fleet != null) {
      add(fleet, FleetCommand.commands(run), needed, isPossible);
    }
    Problems problems = new Problems(run.console(), () -> of(run, List.of()));
    boolean coloured = run.console().outStyle() == Style.COLOURED;
    return tree.setOut(run.console().out())
        // A file of arguments is no way to pass a secret, and @ may start the name of a token.
        .setExpandAtFiles(false)
        .setColorScheme(CommandLine.Help.defaultColorScheme(coloured ? Ansi.ON : Ansi.OFF))
        .setUsageHelpWidth(
            Math.max(
                HelpText.LEAST_WIDTH, Math.min(HelpText.MOST_WIDTH, run.console().helpWidth())))
        .setHelpFactory(HelpText::new)
        .setHelpSectionKeys(HelpText.SECTIONS)
        .setExecutionStrategy(
            parsed -> {
              run.console().say(root.verbosity());
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
  private static Map<String, Supplier<Object>> commands(Run run) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("init", () -> new InitCommand(run));
    commands.put("validate", () -> new ValidateCommand(run));
    commands.put("plan", () -> new PlanCommand(run));
    commands.put("apply", () -> new ApplyCommand(run));
    commands.put("fmt", () -> new FmtCommand(run));
    commands.put("explain", () -> new ExplainCommand(run.console()));
    commands.put("show", () -> new ShowCommand(run));
    commands.put("rollback", () -> new RollbackCommand(run));
    commands.put("journal", () -> journal(run));
    commands.put("export", () -> new ExportCommand(run));
    commands.put("snapshot", () -> new SnapshotCommand(run));
    commands.put("report", () -> new ReportCommand(run));
    commands.put("who-can", () -> new WhoCanCommand(run));
    commands.put(TokenCommands.NAME, TokenCommands::new);
    commands.put(FleetCommand.NAME, () -> new FleetCommand());
    commands.put("doctor", () -> new DoctorCommand(run));
    commands.put("completion", () -> new CompletionCommand(run.console()));
    commands.put("sandbox", () -> new SandboxCommand(run));
    return commands;
  }

  private static CommandLine journal(Run run) {
    return new CommandLine(new JournalCommand())
        .addSubcommand(new JournalCommand.ListCommand(run))
        .addSubcommand(new JournalCommand.ShowJournalCommand(run));
  }
}
