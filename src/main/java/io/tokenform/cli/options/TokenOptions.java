package io.tokenform.cli.options;

import io.tokenform.access.Flag;
import io.tokenform.cli.console.SecretVariables;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.help.InGroup;
import io.tokenform.cli.help.OptionGroup;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say where the management token is; none takes the token itself. */
@InGroup(OptionGroup.CONNECTION)
public final class TokenOptions {
  public static final String FILE = Flag.MANAGEMENT_TOKEN_FILE;
  public static final String COMMAND = Flag.MANAGEMENT_TOKEN_COMMAND;

  @Option(
      names = FILE,
      paramLabel = "FILE",
      description =
          "A file that holds the management token; "
              + SecretVariables.MANAGEMENT_TOKEN
              + " otherwise.")
  private Path file;

  @Option(
      names = COMMAND,
      paramLabel = "CMD",
      description =
          "A command that prints the management token; sh runs it, on Windows cmd, for 60 seconds"
              + " at most.")
  private String command;

  Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  Optional<String> command() {
    return Optional.ofNullable(command);
  }

  /** The flag that is given, if one is. */
  Optional<String> given() {
    return file().map(path -> FILE).or(() -> command().map(line -> COMMAND));
  }

  /** Refuses two answers to one question, and an empty one. */
  void check() {
    if (file != null && command != null) {
      throw new UsageException(
          FILE + " and " + COMMAND + " are both given", "leave one of them out");
    }
  }
}
