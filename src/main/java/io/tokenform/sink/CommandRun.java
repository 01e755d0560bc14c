package io.tokenform.sink;

import io.tokenform.access.Masking;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs a command without a shell.
 *
 * @param words the program, absolute, and its arguments
 * @param environment all of its variables
 * @param directory its working directory
 * @param masking knows every secret that it may print
 */
record CommandRun(
    List<String> words, Map<String, String> environment, Path directory, Masking masking) {
  /** How long to wait for the rest of what was printed, which others may hold open. */
  private static final long REST_MILLIS = 250;

  /** How a command ended. */
  enum End {
    EXITED,
    /** It took too long, and was ended. */
    LATE,
    /** This thread was interrupted, and it was ended. */
    INTERRUPTED,
    /** The system did not start it. */
    NOT_STARTED
  }

  /**
   * What became of a command.
   *
   * @param exitCode that of a command that exited, else -1
   * @param output its last lines, masked; or why it was not started
   */
  record Result(End end, int exitCode, String output) {
    boolean isSuccess() {
      return end == End.EXITED && exitCode == 0;
    }
  }

  /** Without the variables, which may hold what is nobody's business. */
  @Override
  public String toString() {
    return "run of " + words;
  }

  /**
   * Runs it to its end. What it has started may go on after its success. Otherwise that ends too,
   * as far as the system knows it: it must not store a secret that counts as not stored.
   *
   * @param input what it gets on standard input, which is closed then
   */
  Result run(byte[] input, Duration limit) {
    if (Thread.currentThread().isInterrupted()) {
      return new Result(End.NOT_STARTED, -1, "the run was interrupted");
    }
    ProcessBuilder builder = new ProcessBuilder(ProcessTree.inOwnSession(words));
    builder.directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process;
    try {
      process = started(builder, input);
    } catch (IOException e) {
      return new Result(End.NOT_STARTED, -1, masking.mask(String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result(End.NOT_STARTED, -1, "the run was interrupted");
    }
    LastOutput output = new LastOutput();
    Thread reader = daemon("sink-output", () -> output.take(process.getInputStream()));
    End end = End.EXITED;
    try {
      if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        end = End.LATE;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end = End.INTERRUPTED;
    }
    int exitCode = end == End.EXITED ? process.exitValue() : -1;
    if (exitCode == 0) {
      return new Result(end, exitCode, "");
    }
    new ProcessTree(process).end();
    awaitRest(reader);
    return new Result(end, exitCode, output.text(masking));
  }

  /** Starts it with its input, which it reads whole or not at all even if this process dies. */
  private static Process started(ProcessBuilder builder, byte[] input)
      throws IOException, InterruptedException {
    Optional<FilledPipe> filled = input.length == 0 ? Optional.empty() : FilledPipe.with(input);
    if (filled.isPresent()) {
      try (FilledPipe pipe = filled.get()) {
        return builder.redirectInput(pipe.name().toFile()).start();
      }
    }
    Process process = builder.start();
    // Not on this thread: a command may print before it reads, or never read.
    daemon("sink-input", () -> give(input, process.getOutputStream()));
    return process;
  }

  private static void awaitRest(Thread reader) {
    boolean interrupted = Thread.interrupted();
    try {
      reader.join(REST_MILLIS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void give(byte[] input, OutputStream stream) {
    try (stream) {
      stream.write(input);
    } catch (IOException e) {
      // It does not read to the end; its exit code says what that means.
    }
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
