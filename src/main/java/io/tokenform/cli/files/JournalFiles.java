package io.tokenform.cli.files;

import io.tokenform.access.Flag;
import io.tokenform.apply.journal.JournalException;
import io.tokenform.apply.journal.Journals;
import io.tokenform.cli.console.Console;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.World;
import io.tokenform.finding.Nearest;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.report.text.Counts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the journal that somebody names. */
public final class JournalFiles {
  /** The folder where journals are, unless another is named. */
  public static final String USUAL_FOLDER = ".tokenform/journal";

  /** Names the newest journal. */
  public static final String LATEST = "latest";

  /** So many clusters are named in a hint. */
  private static final int MOST_NAMED = 5;

  private JournalFiles() {}

  /**
   * A file, the name of a journal in the folder with or without its ending, or the newest one of
   * which there is no doubt.
   *
   * @param run told which newer ones are passed over
   */
  public static FoundJournal read(Run run, Journals journals, String name)
      throws JournalException, InputException {
    return FoundJournal.read(journals, find(run, journals, name));
  }

  /** The file that somebody names. */
  public static Path find(Run run, Journals journals, String name)
      throws JournalException, InputException {
    if (name.equals(LATEST)) {
      return latest(run.console(), journals);
    }
    Path given = run.world().directory().resolve(name);
    if (Files.exists(given)) {
      return given;
    }
    Optional<Path> found = journals.list().stream().filter(file -> isNamed(file, name)).findFirst();
    if (found.isPresent()) {
      return found.get();
    }
    throw new InputException(
        "there is no journal " + name,
        ofClusters(journals)
            .orElse("\"tokenform journal list\" shows those in " + journals.folder()));
  }

  /** The clusters of a fleet that have journals in folders of their names, in order. */
  public static List<ClusterName> clusters(Journals journals) throws JournalException {
    return journals.foldersWithJournals().stream()
        .filter(ClusterName::isName)
        .map(ClusterName::new)
        .toList();
  }

  /**
   * Refuses a cluster that neither has journals nor is in the usual fleet file: its name is most
   * likely misspelt.
   *
   * @param journals those of the folder that has the folders of the clusters
   */
  public static void requireKnown(World world, Journals journals, ClusterName cluster)
      throws JournalException, InputException {
    List<ClusterName> names = clusters(journals);
    if (names.contains(cluster)) {
      return;
    }
    Set<String> known = new LinkedHashSet<>();
    names.forEach(name -> known.add(name.value()));
    FleetFiles.places(world, FleetFiles.USUAL_FILE)
        .forEach(place -> known.add(place.name().value()));
    if (!known.contains(cluster.value())) {
      throw new InputException(
          "there are no journals of a cluster \"" + cluster + "\" in " + journals.folder(),
          Nearest.hint(cluster.value(), known)
              .or(() -> ofClusters(names))
              .orElse("an apply of a fleet writes them; --journal-dir says where they are"));
    }
  }

  /** How to name journals of the clusters of a fleet, where there are some. */
  private static Optional<String> ofClusters(Journals journals) throws JournalException {
    return ofClusters(clusters(journals));
  }

  private static Optional<String> ofClusters(List<ClusterName> names) {
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "there are journals of clusters of a fleet, "
                + names.stream()
                    .limit(MOST_NAMED)
                    .map(ClusterName::value)
                    .collect(Collectors.joining(", "))
                + (names.size() > MOST_NAMED ? " " + Counts.more(names.size() - MOST_NAMED) : "")
                + ": name one of them, as with "
                + Flag.ONLY
                + " "
                + names.get(0));
  }

  private static Path latest(Console console, Journals journals)
      throws JournalException, InputException {
    Optional<Path> found =
        journals.latest(
            (file, doubt) ->
                console.note(
                    "the journal "
                        + file.getFileName()
                        + " is not used as the latest: "
                        + doubt.reason()));
    if (found.isPresent()) {
      return found.get();
    }
    throw journals.list().isEmpty()
        ? new InputException(
            "there are no journals in " + journals.folder(),
            ofClusters(journals).orElse("an apply writes one; --journal-dir says where they are"))
        : new InputException(
            "there is no journal in "
                + journals.folder()
                + " that this user is known to have"
                + " written",
            "name one of those that \"tokenform journal list\" shows");
  }

  private static boolean isNamed(Path file, String name) {
    String known = file.getFileName().toString();
    return known.equals(name) || known.equals(name + ".jsonl");
  }
}
