package io.tokenform.cli.options;

import io.tokenform.access.SecretShapes;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a database, which has 1 to 64 characters (Management API, databases). */
public final class DatabaseName implements ITypeConverter<String> {
  private static final int LONGEST = 64;

  @Override
  public String convert(String text) {
    if (text.isEmpty() || text.codePointCount(0, text.length()) > LONGEST) {
      throw new TypeConversionException(
          "a database's name must have 1 to " + LONGEST + " characters");
    }
    if (SecretShapes.matcher(text).find()) {
      throw new TypeConversionException("this looks like a secret, not like a database's name");
    }
    return text;
  }
}
