package io.tokenform.cli;

/** How a person or a supervisor asks the process to end: Ctrl-C, or SIGTERM. */
@FunctionalInterface
interface Interrupts {
  /** Nobody asks. */
  Interrupts NONE = action -> () -> {};

  /** Ends what {@link #during} began. */
  @FunctionalInterface
  interface Handle extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Until the handle is closed, runs the action when the process is first asked to end, on a thread
   * of its own. When it is asked again, it ends at once with {@link ExitCode#INTERRUPTED}.
   */
  Handle during(Runnable action);
}
