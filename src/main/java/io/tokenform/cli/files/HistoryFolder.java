package io.tokenform.cli.files;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.FileProblem;
import io.tokenform.apply.journal.JournalException;
import io.tokenform.apply.journal.JournalReader;
import io.tokenform.apply.journal.RecordedApply;
import io.tokenform.cli.console.Console;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.World;
import io.tokenform.history.Copies;
import io.tokenform.history.Evidence;
import io.tokenform.live.InvalidSnapshotException;
import io.tokenform.live.Snapshot;
import io.tokenform.report.text.Counts;
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
 * @param evidence what those of each cluster say, in the order of the clusters
 * @param setAside the files that are neither, or are damaged, each with the reason
 * @param ofOthers how many are of other clusters
 */
public record HistoryFolder(List<Evidence> evidence, List<SetAside> setAside, int ofOthers) {
  /** A folder of folders ends somewhere. */
  private static final int DEEPEST = 32;

  /** So many files that cannot be used are named. */
  private static final int MOST_SET_ASIDE = 5;

  private static final String SNAPSHOT = ".json";
  private static final String JOURNAL = ".jsonl";

  public HistoryFolder {
    evidence = List.copyOf(evidence);
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
   * @param clusters whose history is asked for
   * @throws InputException if the folder cannot be read, or has nothing about any of the clusters
   */
  public static HistoryFolder read(World world, String name, List<ClusterAddress> clusters)
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
    Reader reader = new Reader(folder, clusters);
    for (Path file : files(folder, name)) {
      reader.read(file);
    }
    Copies.of(List.copyOf(reader.journals.keySet())).forEach(reader::settle);
    if (reader.used == 0) {
      throw new InputException(
          "the folder "
              + name
              + " of --history has no snapshot and no journal of "
              + (clusters.size() == 1 ? "this cluster" : "these clusters")
              + reader.rest(),
          "take a snapshot with tokenform snapshot --out FILE, or copy the journals of applies there"
              + " (.tokenform/journal)");
    }
    return new HistoryFolder(reader.evidence, reader.setAside, reader.ofOthers);
  }

  /** Says which files are set aside, and how many are about other clusters. */
  public void tell(Console console, String name) {
    int told = console.showsAll() ? setAside.size() : MOST_SET_ASIDE;
    setAside.stream()
        .limit(told)
        .forEach(file -> console.note(name + "/" + file.file() + " is set aside: " + file.why()));
    if (ofOthers > 0) {
      console.note(
          Counts.of(ofOthers, "file", "files")
              + " of "
              + name
              + (ofOthers == 1 ? " is" : " are")
              + " about other clusters");
    }
    if (setAside.size() > told) {
      console.note(Counts.number(setAside.size()) + " files of " + name + " are set aside in all");
    }
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
    private final List<Evidence> evidence;
    private final List<SetAside> setAside = new ArrayList<>();
    private final Map<RecordedApply, Path> journals = new LinkedHashMap<>();
    private int used;
    private int ofOthers;

    Reader(Path folder, List<ClusterAddress> clusters) {
      this.folder = folder;
      this.evidence = clusters.stream().map(Evidence::new).toList();
    }

    void read(Path file) {
      try {
        if (isNamed(file, SNAPSHOT)) {
          Snapshot snapshot = SnapshotFiles.read(file);
          count(evidence.stream().filter(one -> one.add(snapshot)).count());
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
        count(evidence.stream().filter(one -> one.add(fullest.get())).count());
      } else {
        for (RecordedApply copy : copies.all()) {
          setAside(
              journals.get(copy),
              "another journal tells otherwise of the same apply: one of them was changed");
        }
      }
    }

    private void count(long clusters) {
      used += clusters > 0 ? 1 : 0;
      ofOthers += clusters > 0 ? 0 : 1;
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
