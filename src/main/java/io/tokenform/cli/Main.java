package io.tokenform.cli;

import io.tokenform.access.Os;
import io.tokenform.cli.console.Console;
import io.tokenform.cli.console.LocalClock;
import io.tokenform.cli.console.LookUps;
import io.tokenform.cli.console.ProcessInterrupts;
import io.tokenform.cli.console.StandardStream;
import io.tokenform.cli.console.Terminals;
import io.tokenform.cli.console.TestClock;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.console.World;
import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.nio.file.Path;
import java.util.Arrays;

/** The entry point of the command line. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    // The JVM would print the message, which may quote anything.
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) ->
            System.err.println(
                "error: the thread " + thread.getName() + " ended with " + e.getClass().getName()));
    LookUps.spare();
    World world =
        new World(
            // Of a pipe, the bare stream can neither be asked its size nor its position.
            new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
            StandardStream.out(),
            StandardStream.err(),
            Terminals.parse(System.getProperty(Terminals.PROPERTY)),
            Os.CURRENT.variables(System.getenv()),
            Path.of(""),
            new LocalClock(),
            new ProcessInterrupts());
    int code = run(world, args);
    // Not exit(), which since Java 21 looks in each jar for a log of who ends the JVM. The one
    // shutdown hook of ours is the sandbox's, which only a signal ends; those of others, such as
    // an agent in TOKENFORM_JAVA_OPTS, do not run.
    Runtime.getRuntime().halt(code);
  }

  /** Runs a command line and answers its exit code. */
  static int run(World world, String... args) {
    World meant;
    try {
      meant = world.at(TestClock.moved(world.clock(), world.environment()));
    } catch (UsageException e) {
      return Problems.wrongUsage(new Console(world), e.getMessage(), e.hint(), Arrays.asList(args));
    }
    return CommandTree.run(meant, args);
  }
}
