package io.tokenform.cli.complete;

import io.tokenform.access.Flag;
import io.tokenform.apply.journal.JournalException;
import io.tokenform.apply.journal.Journals;
import io.tokenform.cli.console.World;
import io.tokenform.cli.files.FleetFiles;
import io.tokenform.cli.files.JournalFiles;
import io.tokenform.cli.files.PolicyFiles;
import io.tokenform.policy.PolicyFile;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.policy.placement.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a command line that is still being typed can be about: what is in the files that it names.
 * Nothing here waits for anything but a disk, and what cannot be read is not there.
 */
public final class Surroundings {
  /** The option that names the policy. */
  public static final String POLICY = "--file";

  /** The option that names the fleet file. */
  public static final String FLEET = Flag.FLEET;

  /** The option that names the folder of the journals. */
  public static final String JOURNAL_FOLDER = Flag.JOURNAL_DIR;

  private static final String HOME = "~/";

  private final World world;
  private final CommandWords words;
  private final String begun;

  /**
   * @param words the words before the one that is typed
   * @param begun the beginning of the value that is typed
   */
  public Surroundings(World world, CommandWords words, String begun) {
    this.world = world;
    this.words = words;
    this.begun = begun;
  }

  /** The beginning of the value that is typed. */
  public String begun() {
    return begun;
  }

  /** The names of the policy's tokens, in the order of its files; others may be wrong in it. */
  public List<String> tokenNames() {
    return policy().flatMap(file -> file.tokenNames().stream()).distinct().toList();
  }

  /** The descriptions and the ids by which the policy finds its tokens. */
  public List<String> tokenMarks() {
    return policy().flatMap(file -> file.tokenMarks().stream()).distinct().toList();
  }

  /** The databases that the policy names: those that it manages, and those of permissions. */
  public List<String> databaseNames() {
    return policy().flatMap(file -> file.databaseNames().stream()).distinct().toList();
  }

  private Stream<PolicyFile> policy() {
    List<String> paths =
        words.values(POLICY, PolicyFiles.USUAL_FILE).stream()
            .map(this::withoutTilde)
            .filter(this::isReadAtOnce)
            .toList();
    return PolicyFiles.read(world, paths).stream();
  }

  /** The names of the fleet's clusters, and what their labels say. */
  public List<String> clusters() {
    Set<String> labels = new TreeSet<>();
    places()
        .forEach(place -> place.labels().forEach((key, value) -> labels.add(key + "=" + value)));
    List<String> known = new ArrayList<>(clusterNames());
    known.addAll(labels);
    return known;
  }

  /** The names of the fleet's clusters. */
  public List<String> clusterNames() {
    return places().map(place -> place.name().value()).toList();
  }

  private Stream<Place> places() {
    return words.values(FLEET, FleetFiles.USUAL_FILE).stream()
        .map(this::withoutTilde)
        .filter(this::isReadAtOnce)
        .filter(path -> !Files.isDirectory(world.directory().resolve(path)))
        .flatMap(path -> FleetFiles.places(world, path).stream());
  }

  /** The names of the journals, newest first; of one cluster of a fleet, where one is named. */
  public List<String> journals() {
    Path folder =
        words.values(JOURNAL_FOLDER, JournalFiles.USUAL_FOLDER).stream()
            .map(this::withoutTilde)
            .map(world.directory()::resolve)
            .map(path -> only().map(path::resolve).orElse(path))
            .findFirst()
            .orElseThrow();
    try {
      List<String> names = new ArrayList<>();
      new Journals(folder, world.clock())
          .list()
          .forEach(file -> names.add(file.getFileName().toString()));
      Collections.reverse(names);
      return names;
    } catch (JournalException e) {
      return List.of();
    }
  }

  /** The folder of the journals of the one cluster that is named. */
  private Optional<String> only() {
    List<String> only = words.values(Flag.ONLY, "");
    return only.size() == 1 && ClusterName.isName(only.get(0))
        ? Optional.of(only.get(0))
        : Optional.empty();
  }

  /** The tilde that a shell would have replaced by now, had the line been entered. */
  private String withoutTilde(String path) {
    String home = world.environment().getOrDefault("HOME", "");
    return path.startsWith(HOME) && !home.isEmpty()
        ? home + path.substring(HOME.length() - 1)
        : path;
  }

  /** No pipe, in particular not the one that this process itself has for its standard input. */
  private boolean isReadAtOnce(String path) {
    if (path.isBlank() || path.equals(PolicyFiles.STANDARD_INPUT)) {
      return false;
    }
    Path file = world.directory().resolve(path);
    return Files.isRegularFile(file) || Files.isDirectory(file);
  }
}
