package io.tokenform.cli.options;

import io.tokenform.cli.complete.Completable;
import io.tokenform.cli.complete.Surroundings;
import io.tokenform.cli.files.JournalFiles;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;

/** Reads a journal's name as it is; which there are, the folder says. */
public final class JournalName implements ITypeConverter<String>, Completable {
  @Override
  public String convert(String name) {
    return name;
  }

  @Override
  public List<String> words(Surroundings surroundings) {
    List<String> names = new ArrayList<>(surroundings.journals());
    if (!names.isEmpty()) {
      names.add(0, JournalFiles.LATEST);
    }
    return names;
  }
}
