package io.tokenform.cli.options;

import io.tokenform.access.Permission;
import io.tokenform.access.SecretShapes;
import io.tokenform.cli.complete.Completable;
import io.tokenform.cli.complete.Surroundings;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads the name of a database, which has 1 to 64 characters (Management API, databases). The
 * policy names some.
 */
public final class DatabaseName implements ITypeConverter<String>, Completable {
  private static final int LONGEST = 64;

  @Override
  public String convert(String text) {
    if (text.isEmpty() || text.codePointCount(0, text.length()) > LONGEST) {
      throw new TypeConversionException(
          "a database's name must have 1 to " + LONGEST + " characters");
    }
    if (Permission.isPattern(text)) {
      throw new TypeConversionException(
          "a * in a longer name would not stand for other characters: name each database, or give"
              + " '*' alone for all of them");
    }
    if (SecretShapes.matcher(text).find()) {
      throw new TypeConversionException("this looks like a secret, not like a database's name");
    }
    return text;
  }

  @Override
  public List<String> words(Surroundings surroundings) {
    return surroundings.databaseNames();
  }
}
