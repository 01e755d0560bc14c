package io.tokenform.cli;

import io.tokenform.access.ExitCode;
import io.tokenform.cli.complete.Completer;
import io.tokenform.cli.console.Console;
import io.tokenform.cli.console.EmptyNames;
import io.tokenform.cli.console.Failure;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.UnwritableOutputException;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.console.Version;
import io.tokenform.cli.console.World;
import io.tokenform.cli.database.DatabaseCommands;
import io.tokenform.cli.fleet.FleetCommand;
import io.tokenform.cli.help.Helps;
import io.tokenform.cli.model.CommandModels;
import io.tokenform.report.text.Style;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;

/** Puts the commands together. */
public final class CommandTree {
  /** The commands that have commands of their own. */
  private static final Set<String> GROUPS =
      Set.of(TokenCommands.NAME, DatabaseCommands.NAME, FleetCommand.NAME, "journal");

  private static final Set<String> HELP = Set.of("help", "--help", "-h");

  private CommandTree() {}

  /** Runs a command line and answers its exit code. */
  static int run(World world, String... args) {
    Run run = Run.of(world, args);
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
      List<String> words = Arrays.asList(meant);
      CommandLine tree =
          words.stream().allMatch(word -> word.startsWith("-"))
              ? withoutCommands(run, words)
              : of(run, words);
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
   * list} and {@code journal help list} mean {@code journal list --help}.
   */
  private static String[] helpAsOption(String... args) {
    boolean isFirst = args.length > 0 && args[0].equals("help");
    boolean isSecond = args.length > 1 && args[1].equals("help") && GROUPS.contains(args[0]);
    if (!isFirst && !isSecond) {
      return args;
    }
    List<String> meant = new ArrayList<>();
    boolean areOptions = false;
    for (String word : args) {
      boolean isHelp = HELP.contains(word);
      // Behind an option, it may be the option's value.
      areOptions |= !isHelp && word.startsWith("-");
      if (!isHelp || areOptions) {
        meant.add(word);
      }
    }
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
    CommandLine tree = root(run, args);
    add(tree, commands(run), args.isEmpty() ? "" : args.get(0), isPossible);
    String needed = args.size() > 1 ? args.get(1) : "";
    CommandLine token = tree.getSubcommands().get(TokenCommands.NAME);
    if (token != null) {
      add(token, TokenCommands.commands(run), needed, isPossible);
    }
    CommandLine database = tree.getSubcommands().get(DatabaseCommands.NAME);
    if (database != null) {
      add(database, DatabaseCommands.commands(run), needed, isPossible);
    }
    CommandLine fleet = tree.getSubcommands().get(FleetCommand.NAME);
    if (fleet != null) {
      add(fleet, FleetCommand.commands(run), needed, isPossible);
    }
    return dressed(tree, run);
  }

  /**
   * The same for arguments that name no command: of each command it has the name and what the help
   * says of it.
   */
  private static CommandLine withoutCommands(Run run, List<String> args) {
    CommandLine tree = root(run, args);
    commands(run).values().forEach(each -> tree.addSubcommand(each.named()));
    return dressed(tree, run);
  }

  private static CommandLine root(Run run, List<String> args) {
    // Help is printed before any option's value is known.
    if (args.contains("--no-color")) {
      run.console().forbidColour();
    }
    CommandLine tree = CommandModels.line(new TokenformCommand());
    tree.getCommandSpec().versionProvider(new Version());
    return tree;
  }

  /** Has the whole tree look and behave the same. */
  private static CommandLine dressed(CommandLine tree, Run run) {
    TokenformCommand root = tree.getCommand();
    Problems problems = new Problems(run.console(), () -> of(run, List.of()));
    boolean coloured = run.console().outStyle() == Style.COLOURED;
    return tree.setOut(run.console().out())
        // A file of arguments is no way to pass a secret, and @ may start the name of a token.
        .setExpandAtFiles(false)
        .setColorScheme(CommandLine.Help.defaultColorScheme(coloured ? Ansi.ON : Ansi.OFF))
        .setUsageHelpWidth(
            Math.max(Helps.LEAST_WIDTH, Math.min(Helps.MOST_WIDTH, run.console().helpWidth())))
        .setHelpFactory(new Helps())
        .setHelpSectionKeys(Helps.SECTIONS)
        .setExecutionStrategy(new Execution(run.console(), root))
        .setParameterExceptionHandler(problems)
        .setExecutionExceptionHandler(problems);
  }

  /** Runs the command that is asked for, once it is known how much the run is to say. */
  private record Execution(Console console, TokenformCommand root) implements IExecutionStrategy {
    @Override
    public int execute(ParseResult parsed) {
      console.say(root.verbosity());
      if (!asksForHelp(parsed)) {
        refuseEmptyNames(parsed);
      }
      return new CommandLine.RunLast().execute(parsed);
    }

    private static boolean asksForHelp(ParseResult parsed) {
      return parsed.asCommandLineList().stream()
          .map(CommandLine::getParseResult)
          .anyMatch(part -> part.isUsageHelpRequested() || part.isVersionHelpRequested());
    }

    private static void refuseEmptyNames(ParseResult parsed) {
      for (CommandLine command : parsed.asCommandLineList()) {
        try {
          EmptyNames.refuse(command.getParseResult());
        } catch (UsageException e) {
          // The library hands on no other exception from here.
          throw new CommandLine.ExecutionException(command, e.getMessage(), e);
        }
      }
    }
  }

  /** Adds the one command that a run needs, or all that are possible if it names none of them. */
  private static void add(
      CommandLine parent,
      Map<String, ? extends Supplier<Object>> commands,
      String needed,
      Predicate<String> isPossible) {
    if (commands.containsKey(needed)) {
      // Making a command and its model takes time, and this run needs no other's.
      parent.addSubcommand(CommandModels.line(commands.get(needed).get()));
    } else {
      commands.forEach(
          (name, command) -> {
            if (isPossible.test(name)) {
              parent.addSubcommand(CommandModels.line(command.get()));
            }
          });
    }
  }

  /**
   * A command below the root.
   *
   * @param type its class, of which the help can be known without the command
   * @param made makes it
   */
  private record Subcommand(Class<?> type, Supplier<Object> made) implements Supplier<Object> {
    @Override
    public Object get() {
      return made.get();
    }

    /** Its name and what the root's help says of it, without its options. */
    CommandLine named() {
      return CommandModels.named(type);
    }
  }

  /** The commands by their names, in the order of the help. */
  private static Map<String, Subcommand> commands(Run run) {
    Map<String, Subcommand> commands = new LinkedHashMap<>();
    commands.put("init", new Subcommand(InitCommand.class, () -> new InitCommand(run)));
    commands.put("validate", new Subcommand(ValidateCommand.class, () -> new ValidateCommand(run)));
    commands.put("plan", new Subcommand(PlanCommand.class, () -> new PlanCommand(run)));
    commands.put("apply", new Subcommand(ApplyCommand.class, () -> new ApplyCommand(run)));
    commands.put("fmt", new Subcommand(FmtCommand.class, () -> new FmtCommand(run)));
    commands.put(
        "explain", new Subcommand(ExplainCommand.class, () -> new ExplainCommand(run.console())));
    commands.put("show", new Subcommand(ShowCommand.class, () -> new ShowCommand(run)));
    commands.put("rollback", new Subcommand(RollbackCommand.class, () -> new RollbackCommand(run)));
    commands.put("journal", new Subcommand(JournalCommand.class, () -> journal(run)));
    commands.put("export", new Subcommand(ExportCommand.class, () -> new ExportCommand(run)));
    commands.put("snapshot", new Subcommand(SnapshotCommand.class, () -> new SnapshotCommand(run)));
    commands.put("report", new Subcommand(ReportCommand.class, () -> new ReportCommand(run)));
    commands.put("who-can", new Subcommand(WhoCanCommand.class, () -> new WhoCanCommand(run)));
    commands.put(TokenCommands.NAME, new Subcommand(TokenCommands.class, TokenCommands::new));
    commands.put(
        DatabaseCommands.NAME, new Subcommand(DatabaseCommands.class, DatabaseCommands::new));
    commands.put(FleetCommand.NAME, new Subcommand(FleetCommand.class, () -> new FleetCommand()));
    commands.put("doctor", new Subcommand(DoctorCommand.class, () -> new DoctorCommand(run)));
    commands.put(
        "completion",
        new Subcommand(CompletionCommand.class, () -> new CompletionCommand(run.console())));
    commands.put("sandbox", new Subcommand(SandboxCommand.class, () -> new SandboxCommand(run)));
    return commands;
  }

  private static CommandLine journal(Run run) {
    return CommandModels.line(new JournalCommand())
        .addSubcommand(CommandModels.line(new JournalCommand.ListCommand(run)))
        .addSubcommand(CommandModels.line(new JournalCommand.ShowJournalCommand(run)));
  }
}
