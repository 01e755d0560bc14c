package io.tokenform.cli.console;

import java.io.IOException;

/** The program that reads a stream has ended, or does not want more. */
public final class ClosedPipeException extends IOException {
  private static final long serialVersionUID = 1L;

  public ClosedPipeException(IOException cause) {
    super(cause);
  }
}
