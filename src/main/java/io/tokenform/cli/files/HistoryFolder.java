package io.tokenform.cli.files;

import io.tokenform.access.ClusterAddress;
import io.tokenform.apply.journal.JournalException;
import io.tokenform.apply.journal.JournalReader;
import io.tokenform.apply.journal.RecordedApply;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.World;
import io.tokenform.history.Copies;
import io.tokenform.history.Evidence;
import io.tokenform.live.InvalidSnapshotException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder in which somebody gathers snapshots ({@code .json}) and journals ({@code .jsonl}), in
 * folders below it as well. Links are not followed.
 *
 * @param evidence what those of the cluster say
 * @param setAside the files that are neither, or are damaged, each with the reason
 * @param ofOthers how many are of other clusters
 */
public record HistoryFolder(Evidence evidence, List<SetAside> setAside, int ofOthers) {
  /** A folder of folders ends somewhere. */
  private static final int DEEPEST = 32;

  private static final String SNAPSHOT = ".json";
  private static final String JOURNAL = ".jsonl";

  public HistoryFolder {
    setAside = List.copyOf(setAside);
  }

  /**
   * A file that is not used.
   *
   * @param file its name, from the folder on
   * @param why what is wrong with it
   */
  public record SetAside(String file, String why) {}

  /**
   * Reads all that is there.
   *
   * @throws InputException if the folder cannot be read, or has nothing about this cluster
   */
  public static HistoryFolder read(World world, String name, ClusterAddress cluster)
      throws InputException {
    Path folder = world.directory().resolve(name);
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          "the folder "
              + name
              + " of --history "
              + (Files.exists(folder) ? "is a file" : "is not there"),
          "name a folder with snapshots (tokenform snapshot --out FILE) and journals"
              + " (.tokenform/journal)");
    }
    Reader reader = new Reader(folder, cluster);
    for (Path file : files(folder, name)) {
      reader.read(file);
    }
    Copies.of(List.copyOf(reader.journals.keySet())).forEach(reader::settle);
    if (reader.used == 0) {
      throw new InputException(
          "the folder "
              + name
              + " of --history has no snapshot and no journal of this cluster"
              + reader.rest(),
          "take a snapshot with tokenform snapshot --out FILE, or copy the journals of applies there"
              + " (.tokenform/journal)");
    }
    return new HistoryFolder(reader.evidence, reader.setAside, reader.ofOthers);
  }

  private static List<Path> files(Path folder, String name) throws InputException {
    try (Stream<Path> files = Files.walk(folder, DEEPEST)) {
      return files
          .filter(file -> isNamed(file, SNAPSHOT) || isNamed(file, JOURNAL))
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unreadable(name, e);
    } catch (UncheckedIOException e) {
      throw unreadable(name, e.getCause());
    }
  }

  private static InputException unreadable(String name, IOException e) {
    return new InputException(
        "the folder " + name + " of --history cannot be read: " + FileProblem.of(e), null, e);
  }

  private static boolean isNamed(Path file, String suffix) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(suffix);
  }

  /** Takes file after file. */
  private static final class Reader {
    private final Path folder;
    private final Evidence evidence;
    private final List<SetAside> setAside = new ArrayList<>();
    private final Map<RecordedApply, Path> journals = new LinkedHashMap<>();
    private int used;
    private int ofOthers;

    Reader(Path folder, ClusterAddress cluster) {
      this.folder = folder;
      this.evidence = new Evidence(cluster);
    }

    void read(Path file) {
      try {
        if (isNamed(file, SNAPSHOT)) {
          count(evidence.add(SnapshotFiles.read(file)));
        } else {
          journals.putIfAbsent(JournalReader.read(file), file);
        }
      } catch (InvalidSnapshotException e) {
        setAside(file, e.getMessage());
      } catch (JournalException e) {
        setAside(file, e.getMessage());
      } catch (IOException e) {
        setAside(file, FileProblem.of(e));
      }
    }

    void settle(Copies copies) {
      Optional<RecordedApply> fullest = copies.fullest();
      if (fullest.isPresent()) {
        count(evidence.add(fullest.get()));
      } else {
        for (RecordedApply copy : copies.all()) {
          setAside(
              journals.get(copy),
              "another journal tells otherwise of the same apply: one of them was changed");
        }
      }
    }

    private void count(boolean isOurs) {
      used += isOurs ? 1 : 0;
      ofOthers += isOurs ? 0 : 1;
    }

    private void setAside(Path file, String why) {
      setAside.add(new SetAside(folder.relativize(file).toString(), why));
    }

    String rest() {
      return setAside.isEmpty() && ofOthers == 0
          ? ""
          : ": of its files "
              + ofOthers
              + " are of other clusters, and "
              + setAside.size()
              + " are neither";
    }
  }
}
