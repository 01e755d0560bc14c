package io.tokenform.cli.console;

/** How a person or a supervisor asks the process to end: Ctrl-C, or SIGTERM. */
@FunctionalInterface
public interface Interrupts {
  /** Nobody asks. */
  Interrupts NONE = (first, second) -> () -> {};

  /** Ends what {@link #during} began. */
  @FunctionalInterface
  interface Handle extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Until the handle is closed, runs the first action when the process is first asked to end, on a
   * thread of its own. When it is asked again, it runs the second, which has to be quick, and ends
   * with {@link ExitCode#INTERRUPTED}.
   */
  Handle during(Runnable first, Runnable second);
}
