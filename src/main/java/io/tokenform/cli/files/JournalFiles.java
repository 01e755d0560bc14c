package io.tokenform.cli.files;

import io.tokenform.apply.journal.JournalException;
import io.tokenform.apply.journal.Journals;
import io.tokenform.cli.console.Console;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the journal that somebody names. */
public final class JournalFiles {
  /** The folder where journals are, unless another is named. */
  public static final String USUAL_FOLDER = ".tokenform/journal";

  /** Names the newest journal. */
  public static final String LATEST = "latest";

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
    return journals.list().stream()
        .filter(file -> isNamed(file, name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "there is no journal " + name,
                    "\"tokenform journal list\" shows those in " + journals.folder()));
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
            "an apply writes one; --journal-dir says where they are")
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
