package io.tokenform.cli;

import java.util.List;
import picocli.CommandLine.ITypeConverter;

/** Reads a token's name as it is; which names there are, the policy says. */
final class TokenNames implements ITypeConverter<String>, Completable {
  @Override
  public String convert(String name) {
    return name;
  }

  @Override
  public List<String> words(Surroundings surroundings) {
    return surroundings.tokenNames();
  }
}
