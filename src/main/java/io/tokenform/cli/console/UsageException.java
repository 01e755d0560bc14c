package io.tokenform.cli.console;

import io.tokenform.access.ExitCode;
import io.tokenform.access.Explained;
import java.util.Optional;

/** The command line asks for something that makes no sense here. */
public final class UsageException extends RuntimeException implements Explained {
  private static final long serialVersionUID = 1L;

  private final String hint;

  public UsageException(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  @Override
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }

  @Override
  public int exitCode() {
    return ExitCode.USAGE;
  }
}
