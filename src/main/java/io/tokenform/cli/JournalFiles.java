package io.tokenform.cli;

import io.tokenform.apply.JournalException;
import io.tokenform.apply.Journals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;

/** Finds the journal that somebody names. */
final class JournalFiles {
  /** Names the newest journal. */
  static final String LATEST = "latest";

  private JournalFiles() {}

  /**
   * A file, the name of a journal in the folder with or without its ending, or the newest one of
   * which there is no doubt.
   *
   * @param console told which newer ones are passed over
   */
  static FoundJournal read(World world, Console console, Journals journals, String name)
      throws JournalException, InputException {
    return FoundJournal.read(journals, find(world, console, journals, name));
  }

  /** The file that somebody names. */
  static Path find(World world, Console console, Journals journals, String name)
      throws JournalException, InputException {
    if (name.equals(LATEST)) {
      return latest(console, journals);
    }
    Path given = world.directory().resolve(name);
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
                    "\"tokenform journal list\" names those in " + journals.folder()));
  }

  private static Path latest(Console console, Journals journals)
      throws JournalException, InputException {
    Optional<Path> found =
        journals.latest(
            (file, doubt) ->
                console.note(
                    "the journal "
                        + file.getFileName()
                        + " is not taken for the latest: "
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

  /** Reads a journal's name as it is; which there are, the folder says. */
  static final class Named implements ITypeConverter<String>, Completable {
    @Override
    public String convert(String name) {
      return name;
    }

    @Override
    public List<String> words(Surroundings surroundings) {
      List<String> names = new ArrayList<>(surroundings.journals());
      if (!names.isEmpty()) {
        names.add(0, LATEST);
      }
      return names;
    }
  }
}
