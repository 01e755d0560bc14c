package io.tokenform.cli.console;

import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What an option is called: by the first of its long names. Later ones are those that it had before
 * and that still work.
 */
public final class OptionName {
  private OptionName() {}

  /** That name; of an argument, what the help calls it. */
  static String of(ArgSpec argument) {
    return argument instanceof OptionSpec option ? of(option) : argument.paramLabel();
  }

  /** That name; of an option without a long one, its first. */
  public static String of(OptionSpec option) {
    for (String name : option.names()) {
      if (name.startsWith("--")) {
        return name;
      }
    }
    return option.names()[0];
  }
}
