package io.tokenform.cli.options;

import io.tokenform.access.Secret;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.Shell;
import io.tokenform.cli.files.EncodedText;
import io.tokenform.report.text.Printable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs the command that prints the management token. It gets no input, and what it says on standard
 * error is shown once it has ended: only then is it known which of its words is the token.
 */
public final class ManagementTokenCommand {
  static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** A token has a few hundred characters; what a command prints may have no end. */
  static final int LONGEST = 16 << 10;

  private static final String NAME = "the command of " + TokenOptions.COMMAND;
  private static final String HINT =
      "run it by hand: it must print only the token, and must not ask for input";

  private final Run run;
  private final Duration timeout;

  public ManagementTokenCommand(Run run, Duration timeout) {
    this.run = run;
    this.timeout = timeout;
  }

  /** What the command prints, without blanks around it. The command itself is never repeated. */
  public String run(String command) throws InputException {
    Shell shell = Shell.of(run.world());
    ProcessBuilder builder = new ProcessBuilder(shell.running(command));
    builder.directory(run.world().directory().toAbsolutePath().toFile());
    builder.environment().clear();
    builder.environment().putAll(run.world().environment());
    Process process;
    try {
      process = builder.start();
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new InputException(NAME + " cannot be run: there is no " + shell.name(), HINT);
    }
    try {
      return run(process);
    } catch (InputException e) {
      // Of one that succeeded, an agent may go on in the background, as it is meant to.
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw e;
    }
  }

  private String run(Process process) throws InputException {
    CompletableFuture<String> out = reading(process.getInputStream());
    CompletableFuture<String> err = reading(process.getErrorStream());
    long end = System.nanoTime() + timeout.toNanos();
    try {
      String printed = out.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      if (printed.length() >= LONGEST) {
        throw new InputException(NAME + " prints more than a token has", HINT);
      }
      String token = printed.strip();
      token.lines().map(String::strip).map(Secret::of).forEach(run.console()::keepSecret);
      run.console().keepSecret(Secret.of(token));
      show(err.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS));
      if (!process.waitFor(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
        throw late();
      }
      if (process.exitValue() != 0) {
        throw new InputException(NAME + " exited with " + process.exitValue(), HINT);
      }
      return token;
    } catch (TimeoutException e) {
      throw late();
    } catch (ExecutionException e) {
      throw new InputException(NAME + " failed: its output could not be read", HINT, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InputException(NAME + " was interrupted", HINT);
    }
  }

  private InputException late() {
    return new InputException(
        NAME + " did not end within " + timeout.toSeconds() + " s and was stopped", HINT);
  }

  private void show(String errors) {
    errors.lines().forEach(line -> run.console().printError(Printable.line(line) + "\n"));
  }

  private static CompletableFuture<String> reading(InputStream pipe) {
    // Of a pipe, the bare stream cannot be asked its size on every system.
    InputStream stream = new BufferedInputStream(pipe);
    CompletableFuture<String> text = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                text.complete(EncodedText.decode(stream.readNBytes(LONGEST)));
                // More is of no use, and unread it would keep the command from ending.
                stream.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                text.completeExceptionally(e);
              }
            },
            "token-command");
    reader.setDaemon(true);
    reader.start();
    return text;
  }
}
