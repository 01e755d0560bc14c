package io.tokenform.cli.console;

import io.tokenform.access.Flag;
import io.tokenform.access.ShellWord;
import io.tokenform.finding.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What is wrong with a command line, in words that repeat no argument that may be a secret.
 *
 * @param message what is wrong
 * @param hint what to do about it
 */
public record UsageProblem(String message, String hint) {
  private static final String AFTER_THE_COMMAND =
      "options come after the command, as in tokenform plan -f PATH";

  /** How the library says it of an option without its value. */
  private static final Pattern WITHOUT_VALUE =
      Pattern.compile("Missing required parameter for |Expected parameter ");

  /** An argument that is missing, or an option and what its value is called. */
  private static final Pattern QUOTED = Pattern.compile("'([^'=]*)[^']*'");

  private static final Pattern NO_NUMBER =
      Pattern.compile("'.*' is not an? (?:int|long)", Pattern.DOTALL);

  private static final Pattern NO_PATH =
      Pattern.compile("cannot convert '.*' to .*[.]Path .*", Pattern.DOTALL);

  /** How many commands are named that have an option. */
  private static final int MOST_NAMED = 5;

  /**
   * What is wrong with a command line that cannot be read.
   *
   * @param allCommands makes the command model with every command; asked only where it is needed
   */
  public static UsageProblem of(ParameterException e, Supplier<CommandLine> allCommands) {
    CommandLine command = e.getCommandLine();
    String help = "run " + command.getCommandSpec().qualifiedName() + " --help";
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return new UsageProblem(message(e), help);
    }
    String first = unmatched.getUnmatched().get(0);
    if (first.isBlank()) {
      return new UsageProblem("an argument is empty", "is a variable empty?");
    }
    List<String> commands = List.copyOf(command.getSubcommands().keySet());
    if (first.startsWith("-") && first.length() > 1) {
      return unknownOption(command, first, help, allCommands);
    }
    if (!commands.isEmpty()) {
      return new UsageProblem(
          "there is no command \"" + first + "\"",
          Nearest.hint(first, commands).or(() -> abbreviated(first, commands)).orElse(help));
    }
    return new UsageProblem(
        "unexpected argument \"" + first + "\"",
        mayBePolicy(command) ? policy(command, unmatched.getUnmatched()) : help);
  }

  /** What the library says, in the words of the other messages. */
  private static String message(ParameterException e) {
    String said = e.getMessage();
    if (e instanceof OverwrittenOptionException twice) {
      return OptionName.of(twice.getOverwritten()) + " is given twice";
    }
    if (e instanceof MissingParameterException missing) {
      return WITHOUT_VALUE.matcher(said).lookingAt()
          ? OptionName.of(missing.getMissing().get(0)) + " has no value"
          : areMissing(said);
    }
    if (e.getArgSpec() == null || !(e.getCause() instanceof TypeConversionException wrong)) {
      return said;
    }
    String name = OptionName.of(e.getArgSpec());
    if (e.getArgSpec().arity().max() == 0) {
      return name + " takes no value";
    }
    String problem = wrong.getMessage();
    if (NO_PATH.matcher(problem).matches()) {
      return name + ": \"" + e.getValue() + "\" is no path on this system";
    }
    if (NO_NUMBER.matcher(problem).matches()) {
      return name
          + ": \""
          + e.getValue()
          + (e.getValue().matches("-?[0-9]+") ? "\" is too large" : "\" is not a whole number");
    }
    return name + ": " + problem;
  }

  /** Of what is missing, the library's message has the names, each in quotes. */
  private static String areMissing(String said) {
    List<String> names = QUOTED.matcher(said).results().map(found -> found.group(1)).toList();
    int last = names.size() - 1;
    if (last < 0) {
      return said;
    }
    if (last == 0) {
      return (names.get(0).startsWith("-") ? "" : "the argument ") + names.get(0) + " is missing";
    }
    return names.stream().distinct().count() == 1
        ? names.size() + " arguments " + names.get(0) + " are missing"
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last) + " are missing";
  }

  /** The one command that has these letters in this order, from the first on: ls for list. */
  private static Optional<String> abbreviated(String letters, List<String> commands) {
    List<String> found =
        commands.stream().filter(command -> abbreviates(letters, command)).toList();
    return letters.length() > 1 && found.size() == 1
        ? Optional.of("did you mean \"" + found.get(0) + "\"?")
        : Optional.empty();
  }

  private static boolean abbreviates(String letters, String command) {
    int next = 0;
    for (int at = 0; at < command.length() && next < letters.length(); at++) {
      if (command.charAt(at) == letters.charAt(next)) {
        next++;
      } else if (at == 0) {
        return false;
      }
    }
    return next == letters.length();
  }

  /** Whether a command takes a policy's files, and no arguments at all. */
  private static boolean mayBePolicy(CommandLine command) {
    return command.getCommandSpec().findOption("-f") != null
        && command.getCommandSpec().positionalParameters().isEmpty();
  }

  /** With all of them: a shell makes several arguments of a pattern. */
  private static String policy(CommandLine command, List<String> arguments) {
    String files =
        arguments.stream()
            .takeWhile(argument -> !argument.startsWith("-"))
            .map(argument -> " -f " + ShellWord.of(argument))
            .collect(Collectors.joining());
    String target =
        command.getCommandSpec().findOption(Flag.TARGET) == null
            ? ""
            : "; and a token with " + Flag.TARGET;
    return "a policy is named with -f: "
        + command.getCommandSpec().qualifiedName()
        + files
        + target;
  }

  private static UsageProblem unknownOption(
      CommandLine command, String argument, String help, Supplier<CommandLine> allCommands) {
    // What follows is its value, and may be what nobody should see.
    int end = argument.indexOf('=');
    String name = end < 0 ? argument : argument.substring(0, end);
    String message = "there is no option " + name;
    boolean isRoot = command.getParent() == null;
    List<String> others = commandsWith(name, allCommands.get()).toList();
    if (!others.isEmpty()) {
      return new UsageProblem(
          message,
          isRoot
              ? AFTER_THE_COMMAND
              : name + " is an option of " + list(others) + ofOneCluster(command, name));
    }
    if (name.toLowerCase(Locale.ROOT).contains("token")) {
      return new UsageProblem(
          message,
          "the management token comes from "
              + SecretVariables.MANAGEMENT_TOKEN
              + " or --management-token-file; everybody on the machine can see arguments");
    }
    List<String> options = command.getCommandSpec().options().stream().map(OptionName::of).toList();
    Optional<String> nearest = Nearest.hint(name, options);
    return new UsageProblem(message, nearest.orElse(isRoot ? AFTER_THE_COMMAND : help));
  }

  /** How to name a cluster of a fleet to a command that knows no fleets. */
  private static String ofOneCluster(CommandLine command, String option) {
    boolean isOfFleet = option.equals(Flag.FLEET) || option.equals(Flag.ONLY);
    return isOfFleet && command.getCommandSpec().findOption(Flag.URL) != null
        ? "; this one is about one cluster: name it with "
            + Flag.URL
            + ", or with "
            + Flag.ACCOUNT
            + " and "
            + Flag.CLUSTER
        : "";
  }

  /** The commands that have an option, as they are typed, in the order of the help. */
  private static Stream<String> commandsWith(String option, CommandLine command) {
    OptionSpec known = command.getCommandSpec().findOption(option);
    String name = command.getCommandSpec().qualifiedName();
    return Stream.concat(
        known == null || known.hidden()
            ? Stream.empty()
            : Stream.of(name.substring(name.indexOf(' ') + 1)),
        command.getSubcommands().values().stream()
            .distinct()
            .flatMap(part -> commandsWith(option, part)));
  }

  private static String list(List<String> commands) {
    int last = commands.size() - 1;
    if (last == 0) {
      return commands.get(0);
    }
    return last <= MOST_NAMED
        ? String.join(", ", commands.subList(0, last)) + " and " + commands.get(last)
        : String.join(", ", commands.subList(0, MOST_NAMED))
            + " and "
            + (commands.size() - MOST_NAMED)
            + " more commands";
  }
}
