package io.tokenform.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * Sinks whose folders do what a test says, without waiting for a disk: a file can be held back, can
 * fail before it is in its place, or can be there while the disk does not confirm it. Commands are
 * real, and the pauses between their attempts take no time.
 */
public final class ScriptedFolders {
  private ScriptedFolders() {}

  /** What a folder does with a file. */
  public enum Turn {
    STORES,
    FAILS,
    STORES_WITHOUT_SAYING_SO
  }

  /** Decides, and hears of what was done, on the thread that delivers, which it may hold. */
  public interface Script {
    Turn turn(String fileName);

    default void stored(String fileName) {}
  }

  /** Sinks with such folders. */
  public static Sinks sinks(SinkSurroundings surroundings, Script script) {
    return new Sinks(surroundings, new NoTime(), new Folders(script));
  }

  private static final class NoTime implements Timer {
    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public void pause(Duration duration) {}
  }

  private static final class Folders implements FolderFiles {
    /** What the file that this thread puts in its place comes to. */
    private static final ThreadLocal<Turn> TURN = new ThreadLocal<>();

    private final Script script;

    Folders(Script script) {
      this.script = script;
    }

    @Override
    public void create(Path file, byte[] content) throws IOException {
      Files.write(file, content);
    }

    @Override
    public void replace(Path file, Path target) throws IOException {
      String name = target.getFileName().toString();
      TURN.set(script.turn(name));
      if (TURN.get() == Turn.FAILS) {
        throw new IOException("no space left on device");
      }
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
      script.stored(name);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
      if (TURN.get() == Turn.STORES_WITHOUT_SAYING_SO) {
        throw new IOException("input/output error");
      }
    }
  }
}
