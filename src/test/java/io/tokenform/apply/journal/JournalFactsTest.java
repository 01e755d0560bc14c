package io.tokenform.apply.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Ownership;
import io.tokenform.access.Ownership.Whose;
import io.tokenform.apply.journal.JournalFacts.Tracking;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which journals are this user's own word. */
class JournalFactsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Path FILE = Path.of("/srv/repo/.tokenform/journal/j.jsonl");

  @ParameterizedTest(name = "{0} {1} in {2} {3}: {4}")
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      value = {
        "OURS     | 600  | OURS     | 700  | -",
        "OURS     | 400  | OURS     | 755  | -",
        "OURS     | 600  | ROOTS    | 755  | -",
        "OURS     | 600  | ROOTS    | 1777 | -",
        "OURS     | 600  | OURS     | 777  | other users can write to the folder",
        "OURS     | 600  | OURS     | 770  | other users can write to the folder",
        "OURS     | 600  | ROOTS    | 777  | other users can write to the folder",
        "OURS     | 600  | ANOTHERS | 700  | belongs to another user, eve",
        "OURS     | 600  | ANOTHERS | 1777 | belongs to another user, eve",
        "ANOTHERS | 600  | OURS     | 700  | it belongs to another user, eve",
        "ROOTS    | 600  | OURS     | 700  | it belongs to another user, eve",
        "OURS     | 644  | OURS     | 700  | its mode is 0644 and not 0600",
        "OURS     | 660  | OURS     | 700  | its mode is 0660 and not 0600",
        "OURS     | 602  | OURS     | 700  | its mode is 0602 and not 0600",
        "OURS     | 610  | OURS     | 700  | its mode is 0610 and not 0600",
      })
  @DisabledOnOs(OS.WINDOWS)
  void ownersAndModes(Whose whose, String mode, Whose folder, String folderMode, String reason) {
    Optional<Doubt> doubt =
        facts(
                Optional.of(new Ownership(whose, "eve", Integer.parseInt(mode, 8))),
                Optional.of(new Ownership(folder, "eve", Integer.parseInt(folderMode, 8))),
                Tracking.UNTRACKED,
                Optional.of(NOW))
            .doubt(NOW);

    if (reason == null) {
      assertThat(doubt).isEmpty();
    } else {
      assertThat(doubt.orElseThrow().reason()).contains(reason);
      assertThat(doubt.orElseThrow().advice()).containsPattern("chmod 600 |install -m 600 ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:00:00Z, false",
    "2026-01-01T00:01:00Z, false",
    "2026-01-01T00:01:01Z, true",
    "9999-12-31T23:59:59Z, true",
    "2020-01-01T00:00:00Z, false",
  })
  void oneThatIsDatedAheadOfTheClockIsRefused(Instant named, boolean isRefused) {
    Optional<Doubt> ofName =
        facts(Optional.empty(), Optional.empty(), Tracking.UNTRACKED, Optional.of(named))
            .doubt(NOW);

    assertThat(ofName.isPresent()).isEqualTo(isRefused);
    assertThat(JournalFacts.ahead(named, NOW)).isEqualTo(ofName);
  }

  @Test
  void whatGitTracksOrSaysNothingOfIsRefused() {
    assertThat(reason(Tracking.TRACKED)).startsWith("git tracks it");
    assertThat(reason(Tracking.UNKNOWN)).startsWith("git cannot say");
  }

  @Test
  void aLinkAndAPipeAreRefused() {
    JournalFacts link =
        new JournalFacts(
            FILE,
            Optional.of(FILE.getParent()),
            true,
            Optional.empty(),
            Optional.empty(),
            Tracking.UNTRACKED,
            Optional.empty());
    JournalFacts pipe =
        new JournalFacts(
            FILE,
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            Tracking.UNTRACKED,
            Optional.empty());

    assertThat(link.doubt(NOW).orElseThrow().reason())
        .isEqualTo("its path contains a symbolic link, /srv/repo/.tokenform/journal");
    assertThat(pipe.doubt(NOW).orElseThrow().reason()).isEqualTo("it is not a regular file");
  }

  private static String reason(Tracking tracking) {
    return facts(Optional.empty(), Optional.empty(), tracking, Optional.empty())
        .doubt(NOW)
        .orElseThrow()
        .reason();
  }

  private static JournalFacts facts(
      Optional<Ownership> file,
      Optional<Ownership> folder,
      Tracking tracking,
      Optional<Instant> named) {
    return new JournalFacts(FILE, Optional.empty(), true, file, folder, tracking, named);
  }
}
