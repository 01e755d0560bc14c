package io.tokenform.cli.options;

import io.tokenform.cli.complete.Completable;
import io.tokenform.cli.complete.Surroundings;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a token's name as it is; which names there are, the policy says. */
public final class TokenNames implements ITypeConverter<String>, Completable {
  @Override
  public String convert(String name) {
    if (name.isBlank()) {
      // A variable that is not set must not choose the token that has no description.
      throw new TypeConversionException("it names no token; is a variable empty?");
    }
    return name;
  }

  @Override
  public List<String> words(Surroundings surroundings) {
    return surroundings.tokenNames();
  }
}
