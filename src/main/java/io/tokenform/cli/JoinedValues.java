package io.tokenform.cli;

import io.tokenform.cli.console.OptionName;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.help.GivenOptions;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * The words of a command line, so that picocli reads a value that looks like an option. It takes
 * {@code --reason=-h} for two options. So such a value gets a mark before it is parsed, and the
 * option's converter takes the mark away. Only values that are joined with their option are meant:
 * in {@code --out --format} a value was forgotten.
 */
final class JoinedValues {
  private static final String END_OF_OPTIONS = "--";

  private CommandSpec command;
  private OptionSpec waiting;
  private boolean optionsEnded;

  private JoinedValues(CommandSpec root) {
    this.command = root;
  }

  /**
   * The words with the marks; the command model learns to take them away.
   *
   * @throws UsageException if what looks like an option follows an option that needs a value, or
   *     characters of a word are lost
   */
  static String[] marked(CommandLine tree, String... words) {
    LostCharacters.refuse(words);
    JoinedValues reader = new JoinedValues(tree.getCommandSpec());
    String[] marked = words.clone();
    for (int i = 0; i < words.length; i++) {
      marked[i] = reader.take(words[i]);
    }
    return marked;
  }

  private String take(String word) {
    if (optionsEnded) {
      return word;
    }
    if (waiting != null) {
      refuseOption(word);
      waiting = null;
      return word;
    }
    if (word.equals(END_OF_OPTIONS)) {
      optionsEnded = true;
      return word;
    }
    if (word.length() < 2 || word.charAt(0) != '-') {
      CommandLine next = command.subcommands().get(word);
      command = next == null ? command : next.getCommandSpec();
      return word;
    }
    return option(word);
  }

  private String option(String word) {
    Map<String, OptionSpec> options = command.optionsMap();
    OptionSpec alone = options.get(word);
    if (alone != null) {
      waiting = alone.arity().min() > 0 ? alone : null;
      return word;
    }
    int equals = word.indexOf('=');
    int end = word.startsWith("--") || equals == 2 ? equals : 2;
    int value = end == equals ? end + 1 : end;
    OptionSpec option = end < 0 ? null : options.get(word.substring(0, end));
    if (option == null || option.arity().max() == 0 || !word.startsWith("-", value)) {
      return word;
    }
    command.remove(option);
    command.addOption(OptionSpec.builder(option).converters(unmarking(option)).build());
    return word.substring(0, end) + "=" + GivenOptions.MARK + word.substring(value);
  }

  /** The option's converter, without the mark before what it reads. */
  private static ITypeConverter<?> unmarking(OptionSpec option) {
    ITypeConverter<?> own =
        option.converters().length > 0 ? option.converters()[0] : usual(option.auxiliaryTypes()[0]);
    return text -> own.convert(GivenOptions.unmarked(text));
  }

  /** What picocli does for an option without a converter. */
  private static ITypeConverter<?> usual(Class<?> type) {
    if (type == Path.class) {
      return Path::of;
    }
    return type == Long.class ? JoinedValues::number : text -> text;
  }

  private static Long number(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("\"" + text + "\" is not a whole number");
    }
  }

  private void refuseOption(String word) {
    boolean isOption = word.length() > 1 && word.charAt(0) == '-' && isName(word.charAt(1));
    if (isOption) {
      String name = OptionName.of(waiting);
      throw new UsageException(
          name + " has no value: what follows it looks like an option",
          "if that is the value, join the two: " + name + "=VALUE");
    }
  }

  private static boolean isName(char c) {
    return c == '-' || Character.isLetter(c);
  }
}
