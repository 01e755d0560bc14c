package io.tokenform.apply.journal;

import io.tokenform.access.Ownership;
import io.tokenform.access.SymbolicLinks;
import io.tokenform.apply.journal.JournalFacts.Tracking;
import io.tokenform.program.GitIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks the file system and git about journals. Each folder's repository is asked once. */
final class JournalWitness {
  private final Path base;
  private final Map<Path, Optional<Set<String>>> tracked = new HashMap<>();

  /**
   * @param base the folder below which no symbolic link is followed: what is there, a commit may
   *     have brought
   */
  JournalWitness(Path base) {
    this.base = base.toAbsolutePath().normalize();
  }

  /**
   * What is known of a journal.
   *
   * @throws IOException if the file is not there, or the file system does not say
   */
  JournalFacts facts(Path file, Optional<Instant> named) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    return new JournalFacts(
        file,
        linkOnTheWay(file).or(() -> linkOnTheWay(folder)),
        Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS),
        Ownership.of(file),
        Ownership.of(folder),
        tracking(folder, file.getFileName().toString()),
        named);
  }

  /** The symbolic link that leads to a file or folder: that itself, or one below the base. */
  Optional<Path> linkOnTheWay(Path path) {
    return SymbolicLinks.onTheWay(path, base);
  }

  private Tracking tracking(Path folder, String name) {
    return tracked
        .computeIfAbsent(folder, GitIndex::namesIn)
        .map(names -> names.contains(name) ? Tracking.TRACKED : Tracking.UNTRACKED)
        .orElse(Tracking.UNKNOWN);
  }
}
