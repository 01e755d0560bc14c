package io.tokenform.cli.console;

import java.util.Set;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParseResult;

/**
 * Refuses the empty name of a file, a folder, a profile or a program, which a script passes when
 * its variable is empty: as a path it would mean the working directory.
 */
public final class EmptyNames {
  /** What the help calls the value of such options and arguments. */
  private static final Set<String> LABELS =
      Set.of("CMD", "DIR", "FILE", "FOLDER", "JOURNAL", "NAME", "PATH", "PEM", "PLAN");

  private EmptyNames() {}

  /**
   * Looks at what a command was given.
   *
   * @throws UsageException if one of them is blank
   */
  public static void refuse(ParseResult command) {
    for (ArgSpec argument : command.matchedArgs()) {
      if (LABELS.contains(argument.paramLabel())
          && argument.originalStringValues().stream().anyMatch(String::isBlank)) {
        throw new UsageException(
            (argument.isOption() ? "" : "the argument ") + OptionName.of(argument) + " is empty",
            "is a variable empty?");
      }
    }
  }
}
