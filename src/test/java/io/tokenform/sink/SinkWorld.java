package io.tokenform.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenform.access.Masking;
import io.tokenform.access.Secret;
import io.tokenform.access.SinkName;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.policy.SinkDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A folder with real programs, a run's variables, and a clock that only a test moves. */
final class SinkWorld {
  static final SinkName VAULT = new SinkName("vault");
  static final String SECRET = "apiv1_Zq3vN8kLw2RtYx7PmB5sHd9JfGc4VbTe6UaWiQoEyKz";
  static final String MANAGEMENT = "mgmt_9fK2xQ7vLp4Wd8Rs6TzYb3NcHj5MgUe1AoXiBqVtSr";

  static final SinkTarget TARGET =
      new SinkTarget(
          new TokenName("checkout.v2"),
          "prod-eu",
          Optional.of(TokenId.parse("55555555-5555-4555-8555-555555555555")),
          "Checkout, $HOME `id` \"production\"",
          Optional.of(Instant.parse("2026-05-01T00:00:00Z")));

  final Path folder;
  final Map<String, String> environment = new TreeMap<>();
  final Masking masking = new Masking();
  final TestTimer timer = new TestTimer();

  SinkWorld(Path folder) {
    this.folder = folder;
    environment.put("PATH", folder + ":" + System.getenv("PATH"));
    masking.keep(Secret.of(MANAGEMENT));
    masking.keep(Secret.of(SECRET));
  }

  /** A clock that a test moves, by itself or with each reading. */
  static final class TestTimer implements Timer {
    final List<Duration> pauses = new ArrayList<>();
    Duration step = Duration.ZERO;
    private long now;

    @Override
    public long nanos() {
      now += step.toNanos();
      return now;
    }

    @Override
    public void pause(Duration duration) {
      pauses.add(duration);
      now += duration.toNanos();
    }
  }

  SinkSurroundings surroundings() {
    return new SinkSurroundings(
        environment, folder, masking, Set.of("INFLUX_DB_MANAGEMENT_TOKEN", "INFLUXDB3_TOKEN"));
  }

  /** A program in the folder, which is in PATH. */
  Path program(String name, String... lines) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  Sink command(String... words) {
    return command(Duration.ofMinutes(1), List.of(), words);
  }

  Sink command(Duration timeout, List<String> check, String... words) {
    return new Sinks(surroundings(), timer, FolderFiles.SYSTEM)
        .of(VAULT, new SinkDefinition.Command(List.of(words), check, timeout));
  }

  void deliver(Sink sink) throws SinkException {
    sink.deliver(TARGET, Secret.of(SECRET));
  }

  SinkException deliverFails(Sink sink) {
    return fails(() -> deliver(sink));
  }

  /** The exception, which must have a hint and no secret. */
  static SinkException fails(ThrowingCallable call) {
    SinkException e = catchThrowableOfType(SinkException.class, call);
    assertThat(e).as("the sink should have failed").isNotNull();
    assertThat(e.hint()).isPresent();
    assertThat(e.getMessage() + e.hint()).doesNotContain(SECRET).doesNotContain(MANAGEMENT);
    assertThat(e.getCause()).isNull();
    return e;
  }

  String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  /** What a program wrote to a file, once it is a whole line. */
  String await(String name) throws Exception {
    Path file = folder.resolve(name);
    while (!Files.exists(file) || !Files.readString(file).endsWith("\n")) {
      Thread.onSpinWait();
    }
    return Files.readString(file).strip();
  }

  /** Whether a process runs; one that nobody has waited for does not. */
  static boolean runs(String pid) {
    try {
      String stat = Files.readString(Path.of("/proc", pid, "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      return false;
    }
  }
}
