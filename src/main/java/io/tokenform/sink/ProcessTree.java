package io.tokenform.sink;

import io.tokenform.access.Os;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process and all that it has started, which ends together.
 *
 * <p>Where the system has {@code setsid} and {@code /proc}, as Linux has, the process gets a
 * session of its own: its descendants are found there even after their parents have ended, and
 * Ctrl-C on a terminal reaches tokenform alone, which then decides. Elsewhere they are found by
 * their parents.
 */
final class ProcessTree {
  /** How long a process has to end by itself once it was asked to. */
  static final Duration GRACE = Duration.ofSeconds(2);

  /**
   * How long a killed process may take; one that waits for a broken disk ends when that answers.
   */
  private static final Duration AFTER_KILL = Duration.ofSeconds(5);

  private static final long LOOK_MILLIS = 10;

  private static final Path PROC = Path.of("/proc");
  private static final Optional<Path> SETSID = setsid();

  private final ProcessHandle root;
  private final Set<ProcessHandle> known = new LinkedHashSet<>();

  ProcessTree(Process process) {
    this.root = process.toHandle();
    known.add(root);
  }

  /** The words that run a command in a session of its own, where that is possible. */
  static List<String> inOwnSession(List<String> command) {
    // A new child never leads a process group, so setsid does not fork, and the process is the
    // program's own.
    return SETSID
        .map(setsid -> Stream.concat(Stream.of(setsid.toString()), command.stream()).toList())
        .orElse(command);
  }

  private static Optional<Path> setsid() {
    // On Windows these would be folders of the current drive, which anybody may make.
    if (Os.CURRENT == Os.WINDOWS || !Files.isReadable(PROC.resolve("self/stat"))) {
      return Optional.empty();
    }
    return List.of("/usr/bin/setsid", "/bin/setsid").stream()
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Ends all of them: asks, and kills after {@link #GRACE}. It returns when none is left, or none
   * that can be killed. An interrupt does not shorten this, and is kept.
   */
  void end() {
    boolean interrupted = Thread.interrupted();
    Set<ProcessHandle> asked = new LinkedHashSet<>();
    long start = System.nanoTime();
    while (System.nanoTime() - start < GRACE.toNanos()) {
      List<ProcessHandle> alive = alive();
      if (alive.isEmpty()) {
        break;
      }
      alive.stream().filter(asked::add).forEach(ProcessHandle::destroy);
      interrupted |= pause();
    }
    start = System.nanoTime();
    while (System.nanoTime() - start < AFTER_KILL.toNanos()) {
      List<ProcessHandle> alive = alive();
      if (alive.isEmpty()) {
        break;
      }
      alive.forEach(ProcessHandle::destroyForcibly);
      interrupted |= pause();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks again who belongs to it: what lives may have started others since. */
  private List<ProcessHandle> alive() {
    for (ProcessHandle handle : List.copyOf(known)) {
      handle.descendants().forEach(known::add);
    }
    if (SETSID.isPresent()) {
      addSession();
    }
    return known.stream().filter(ProcessTree::isAlive).toList();
  }

  private void addSession() {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (Stat.of(process).filter(stat -> stat.session() == root.pid()).isPresent()) {
          ProcessHandle.of(Long.parseLong(process.getFileName().toString())).ifPresent(known::add);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Then those that were found by their parents have to do.
    }
  }

  /** Whether it still runs: one that only waits for its parent to notice its end does not. */
  private static boolean isAlive(ProcessHandle handle) {
    return handle.isAlive()
        && Stat.of(PROC.resolve(Long.toString(handle.pid()))).filter(Stat::isZombie).isEmpty();
  }

  private static boolean pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  /** What Linux says of a process (proc(5), {@code /proc/PID/stat}). */
  private record Stat(char state, long session) {
    static Optional<Stat> of(Path process) {
      try {
        String text = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
        // The program's name stands in parentheses, and may hold some.
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
        return Optional.of(new Stat(fields[0].charAt(0), Long.parseLong(fields[3])));
      } catch (IOException | RuntimeException e) {
        // It ended meanwhile, or this is no Linux.
        return Optional.empty();
      }
    }

    boolean isZombie() {
      return state == 'Z' || state == 'X';
    }
  }
}
