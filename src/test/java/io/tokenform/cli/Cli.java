package io.tokenform.cli;

import io.tokenform.cli.console.ClosedPipeException;
import io.tokenform.cli.console.Interrupts;
import io.tokenform.cli.console.SecretVariables;
import io.tokenform.cli.console.Terminals;
import io.tokenform.cli.console.World;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Runs command lines through the real entry point, in a world of the test's making. */
final class Cli {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private InputStream in = InputStream.nullInputStream();
  private Terminals terminals = Terminals.none();
  private Interrupts interrupts = Interrupts.NONE;
  private Consumer<String> reader = text -> {};
  private Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private boolean full;
  private int read = Integer.MAX_VALUE;
  private ByteArrayOutputStream err;

  private Cli(Path directory) {
    this.directory = directory;
  }

  static Cli in(Path directory) {
    return new Cli(directory);
  }

  Cli with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Cli withManagementToken() {
    return with(SecretVariables.MANAGEMENT_TOKEN, "sandbox-management-token");
  }

  /** A user who has agreed to these hosts before, and whose configuration is in that folder. */
  Cli agreedTo(Path configuration, Object... hosts) {
    agree(configuration, hosts);
    return with("XDG_CONFIG_HOME", configuration.toString());
  }

  /**
   * Writes down that the user of a configuration folder has agreed to these hosts, and no others.
   */
  static void agree(Path configuration, Object... hosts) {
    Path own = configuration.resolve("tokenform");
    Path file = own.resolve("hosts");
    try {
      Files.createDirectories(own);
      Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));
      Files.write(file, Arrays.stream(hosts).map(Object::toString).toList());
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Standard input with this text, which is no terminal. */
  Cli input(String text) {
    in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** A terminal at which somebody types this. */
  Cli atTerminal(String typed) {
    return atTerminal(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
  }

  Cli atTerminal(InputStream typing) {
    in = typing;
    terminals = new Terminals(true, true, true);
    return this;
  }

  /** Somebody who may ask the run to end. */
  Cli interruptedBy(Interrupts somebody) {
    interrupts = somebody;
    return this;
  }

  /** What the clock of the run says; by default it stands still. */
  Cli at(Clock time) {
    clock = time;
    return this;
  }

  /** Standard output is a file on a disk that is full. */
  Cli withFullDisk() {
    full = true;
    return this;
  }

  /** Standard output is a pipe, whose reader ends when it has seen so many characters. */
  Cli readAsFarAs(int characters) {
    read = characters;
    return this;
  }

  /** Somebody who reads both outputs as they are printed. */
  Cli readBy(Consumer<String> somebody) {
    reader = somebody;
    return this;
  }

  /** Where the next run's error output goes, for who looks at it meanwhile. */
  Cli errorsTo(ByteArrayOutputStream stream) {
    err = stream;
    return this;
  }

  Run run(String... args) {
    ByteArrayOutputStream out = full ? new FullDisk() : new Read(reader);
    OutputStream given = read == Integer.MAX_VALUE ? out : new Pipe(out, read);
    ByteArrayOutputStream err = this.err == null ? new Read(reader) : this.err;
    World world = new World(in, given, err, terminals, environment, directory, clock, interrupts);
    int exit = Main.run(world, args);
    return new Run(
        Arrays.asList(args).toString(),
        exit,
        out.toString(StandardCharsets.UTF_8),
        err.toString(StandardCharsets.UTF_8));
  }

  /** Fails as a file on a full disk does. */
  private static final class FullDisk extends ByteArrayOutputStream {
    @Override
    public void flush() throws IOException {
      throw new IOException("no space left on device");
    }
  }

  /** Fails as a pipe does that nobody reads any more. */
  private static final class Pipe extends FilterOutputStream {
    private int left;

    private Pipe(OutputStream out, int left) {
      super(out);
      this.left = left;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (left <= 0) {
        throw new ClosedPipeException(new IOException("Datenuebergabe unterbrochen"));
      }
      out.write(bytes, offset, length);
      left -= length;
    }
  }

  /** Hands on what is printed. */
  private static final class Read extends ByteArrayOutputStream {
    private final Consumer<String> reader;

    private Read(Consumer<String> reader) {
      this.reader = reader;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      super.write(bytes, offset, length);
      reader.accept(new String(bytes, offset, length, StandardCharsets.UTF_8));
    }
  }

  /** What a command line did. */
  record Run(String commandLine, int exit, String out, String err) {}

  static RunAssert assertThat(Run run) {
    return new RunAssert(run);
  }

  /** Claims about a run; one that fails shows all that the run printed. */
  static final class RunAssert extends AbstractAssert<RunAssert, Run> {
    private RunAssert(Run run) {
      super(run, RunAssert.class);
      as(
          "%s exited %d%n--- stdout%n%s--- stderr%n%s---%n",
          run.commandLine(), run.exit(), run.out(), run.err());
    }

    RunAssert exited(int code) {
      Assertions.assertThat(actual.exit()).as(descriptionText()).isEqualTo(code);
      return this;
    }

    RunAssert printed(String... texts) {
      Assertions.assertThat(actual.out()).as(descriptionText()).contains(texts);
      return this;
    }

    RunAssert printedExactly(String text) {
      Assertions.assertThat(actual.out()).as(descriptionText()).isEqualTo(text);
      return this;
    }

    RunAssert printedNothing() {
      return printedExactly("");
    }

    RunAssert complained(String... texts) {
      Assertions.assertThat(actual.err()).as(descriptionText()).contains(texts);
      return this;
    }

    /** The command that comes next is no complaint. */
    RunAssert complainedOfNothing() {
      Assertions.assertThat(actual.err().lines().filter(line -> !line.startsWith("next: ")))
          .as(descriptionText())
          .isEmpty();
      return this;
    }

    RunAssert neverShowed(String text) {
      Assertions.assertThat(actual.out() + actual.err()).as(descriptionText()).doesNotContain(text);
      return this;
    }
  }
}
