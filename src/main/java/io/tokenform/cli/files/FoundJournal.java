package io.tokenform.cli.files;

import io.tokenform.apply.journal.Doubt;
import io.tokenform.apply.journal.JournalException;
import io.tokenform.apply.journal.JournalReader;
import io.tokenform.apply.journal.Journals;
import io.tokenform.apply.journal.RecordedApply;
import io.tokenform.apply.journal.StaleJournalException;
import io.tokenform.cli.console.InputException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A journal that somebody named.
 *
 * @param file where it is
 * @param apply what it tells
 * @param doubt why it may not be this user's own word, and is not rolled back
 */
public record FoundJournal(Path file, RecordedApply apply, Optional<Doubt> doubt) {
  public FoundJournal {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(apply, "apply");
    Objects.requireNonNull(doubt, "doubt");
  }

  public static FoundJournal read(Journals journals, Path file) throws JournalException {
    Optional<Doubt> doubt = journals.doubt(file);
    return new FoundJournal(file, JournalReader.read(file), doubt);
  }

  /**
   * Reads a journal to roll it back.
   *
   * @throws InputException if another user or a commit may have written it
   */
  public static FoundJournal readOwn(Journals journals, Path file)
      throws JournalException, InputException {
    Optional<Doubt> doubt = journals.doubt(file);
    if (doubt.isPresent()) {
      throw new InputException(
          "the journal " + file + " is not rolled back: " + doubt.get().reason(),
          doubt.get().advice());
    }
    return new FoundJournal(file, JournalReader.read(file), Optional.empty());
  }

  /**
   * Reads it once more.
   *
   * @throws StaleJournalException if it tells something else now
   */
  public void requireUnchanged() throws StaleJournalException, JournalException {
    if (!JournalReader.read(file).digest().equals(apply.digest())) {
      throw new StaleJournalException(apply.name());
    }
  }
}
