package io.tokenform.cli.complete;

import io.tokenform.cli.console.OptionName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The words of a command line that is still being typed, as the command model understands them. It
 * minds nothing: a word that makes no sense is passed over.
 */
public final class CommandWords {
  private static final String END_OF_OPTIONS = "--";

  private CommandSpec command;
  private final Map<String, List<String>> given = new LinkedHashMap<>();
  private OptionSpec waiting;
  private int positions;
  private boolean optionsEnded;

  private CommandWords(CommandSpec root) {
    this.command = root;
  }

  public static CommandWords of(CommandSpec root, List<String> words) {
    CommandWords read = new CommandWords(root);
    words.forEach(read::take);
    return read;
  }

  private void take(String word) {
    if (waiting != null) {
      given.get(waiting.longestName()).add(word);
      waiting = null;
    } else if (!isOption(word)) {
      takeWord(word);
    } else if (word.equals(END_OF_OPTIONS)) {
      optionsEnded = true;
    } else {
      takeOption(word);
    }
  }

  private void takeWord(String word) {
    CommandLine next = command.subcommands().get(word);
    if (next != null && positions == 0) {
      command = next.getCommandSpec();
    } else {
      positions++;
    }
  }

  private void takeOption(String word) {
    Optional<WithValue> withValue = withValue(word);
    OptionSpec option = withValue.map(WithValue::option).orElse(command.optionsMap().get(word));
    if (option == null) {
      return;
    }
    List<String> values = given.computeIfAbsent(option.longestName(), name -> new ArrayList<>());
    if (withValue.isPresent()) {
      values.add(withValue.get().value());
    } else if (option.arity().min() > 0) {
      waiting = option;
    }
  }

  /**
   * An option and its value in one word.
   *
   * @param prefix the option with whatever parts it from its value
   */
  record WithValue(OptionSpec option, String prefix, String value) {}

  /** What {@code --name=value} or {@code -nvalue} is made of, if the word is one of these. */
  Optional<WithValue> withValue(String word) {
    boolean isLong = word.startsWith("--");
    int value = isLong ? word.indexOf('=') + 1 : 2;
    boolean isAlone = word.length() <= value;
    if (value == 0 || (!isLong && isAlone)) {
      return Optional.empty();
    }
    String name = word.substring(0, isLong ? value - 1 : value);
    return Optional.ofNullable(command.optionsMap().get(name))
        .filter(option -> option.arity().max() > 0)
        .map(option -> new WithValue(option, word.substring(0, value), word.substring(value)));
  }

  /** Whether a word that comes next is an option. */
  boolean isOption(String word) {
    return !optionsEnded && word.length() > 1 && word.startsWith("-");
  }

  /** The command that they lead to. */
  CommandSpec command() {
    return command;
  }

  /** What the next word is the value of: an option that waits for one, or a parameter. */
  Optional<? extends ArgSpec> next() {
    return waiting != null ? Optional.of(waiting) : parameter();
  }

  /** Whether the next word can only be the value of an option. */
  boolean isOptionWaiting() {
    return waiting != null;
  }

  private Optional<PositionalParamSpec> parameter() {
    return command.positionalParameters().stream()
        .filter(parameter -> parameter.index().contains(positions))
        .findFirst();
  }

  /** The commands that can come next. */
  List<CommandLine> commands() {
    return positions > 0 || optionsEnded
        ? List.of()
        // A command stands in the map under each of its names.
        : command.subcommands().values().stream().distinct().toList();
  }

  /** Whether a command stands there that does not exist. */
  boolean areLost() {
    return positions > 0 && !command.subcommands().isEmpty();
  }

  /** The options that can come next, by their names. */
  List<OptionSpec> options() {
    return optionsEnded
        ? List.of()
        : command.options().stream()
            .filter(option -> !option.hidden())
            .filter(option -> option.isMultiValue() || !given.containsKey(option.longestName()))
            .sorted((one, other) -> OptionName.of(one).compareTo(OptionName.of(other)))
            .toList();
  }

  /** The values of an option, or its usual one. */
  List<String> values(String option, String usual) {
    List<String> values = given.getOrDefault(option, List.of());
    return values.isEmpty() ? List.of(usual) : values;
  }
}
