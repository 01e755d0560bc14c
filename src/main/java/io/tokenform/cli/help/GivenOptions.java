package io.tokenform.cli.help;

import io.tokenform.access.Flag;
import io.tokenform.access.ShellWord;
import io.tokenform.cli.console.OptionName;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Options of a run, written as they are to be pasted into the command that comes after it. */
public final class GivenOptions {
  /**
   * Stands before a value that looks like an option while picocli reads it. No argument of a
   * process can hold it.
   */
  public static final String MARK = "\0";

  private GivenOptions() {}

  /** A value as it was given. */
  public static String unmarked(String value) {
    return value.startsWith(MARK) ? value.substring(MARK.length()) : value;
  }

  /** Whether nobody may see the option: its text may be a secret. */
  public static boolean isSecret(OptionSpec option) {
    return option.longestName().equals(Flag.MANAGEMENT_TOKEN_COMMAND);
  }

  /** Those that are taken, each with a blank before it, in the order in which they were given. */
  public static String of(ParseResult parsed, Predicate<OptionSpec> taken) {
    StringBuilder options = new StringBuilder();
    for (OptionSpec option : parsed.matchedOptionsSet()) {
      if (!taken.test(option)) {
        continue;
      }
      if (isSecret(option)) {
        // For whoever pastes it to fill in.
        options.append(' ').append(OptionName.of(option)).append(" COMMAND");
      } else if (option.arity().max() == 0) {
        options.append(' ').append(OptionName.of(option));
      } else {
        option.originalStringValues().forEach(value -> add(options, option, value));
      }
    }
    return options.toString();
  }

  /**
   * Those that lead to the same cluster, under the same rules and with the same lock. Every command
   * that changes something has them.
   */
  public static String ofTheWay(ParseResult parsed) {
    return of(parsed, GivenOptions::isOfTheWay);
  }

  private static boolean isOfTheWay(OptionSpec option) {
    List<String> names = List.of(option.names());
    return switch (OptionGroup.of(option)) {
      case CLUSTER, CONNECTION -> true;
      default -> names.contains(Flag.PLATFORM) || names.contains(Flag.JOURNAL_DIR);
    };
  }

  private static void add(StringBuilder options, OptionSpec option, String text) {
    String value = unmarked(text);
    options
        .append(' ')
        .append(value.startsWith("-") ? OptionName.of(option) + "=" : option.shortestName() + " ")
        .append(ShellWord.of(value));
  }
}
