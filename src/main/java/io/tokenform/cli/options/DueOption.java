package io.tokenform.cli.options;

import io.tokenform.cli.complete.Completable;
import io.tokenform.cli.complete.Surroundings;
import io.tokenform.plan.Due;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads what is done about changes that fall due with time alone. */
final class DueOption implements ITypeConverter<Due>, Completable {
  @Override
  public Due convert(String word) {
    Optional<Due> due = Due.named(word);
    if (due.isEmpty()) {
      throw new TypeConversionException(
          "\"" + word + "\" is none of " + String.join(", ", Due.words()));
    }
    return due.get();
  }

  @Override
  public List<String> words(Surroundings surroundings) {
    return Due.words();
  }
}
