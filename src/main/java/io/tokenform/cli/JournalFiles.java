package io.tokenform.cli;

import io.tokenform.apply.JournalException;
import io.tokenform.apply.JournalReader;
import io.tokenform.apply.Journals;
import io.tokenform.apply.RecordedApply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;

/** Finds the journal that somebody names. */
final class JournalFiles {
  /** Names the newest journal. */
  static final String LATEST = "latest";

  private JournalFiles() {}

  /** A file, the name of a journal in the folder with or without its ending, or the newest one. */
  static RecordedApply read(World world, Journals journals, String name)
      throws JournalException, InputException {
    return JournalReader.read(find(world, journals, name));
  }

  private static Path find(World world, Journals journals, String name)
      throws JournalException, InputException {
    List<Path> known = journals.list();
    if (name.equals(LATEST)) {
      if (known.isEmpty()) {
        throw new InputException(
            "there are no journals in " + journals.folder(),
            "an apply writes one; --journal-dir says where they are");
      }
      return known.get(known.size() - 1);
    }
    Path given = world.directory().resolve(name);
    if (Files.exists(given)) {
      return given;
    }
    return known.stream()
        .filter(file -> isNamed(file, name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "there is no journal " + name,
                    "\"tokenform journal list\" names those in " + journals.folder()));
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
