package io.tokenform.cli.database;

import io.tokenform.access.SecretShapes;
import io.tokenform.access.database.DatabaseName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of one database. */
final class NameOption implements ITypeConverter<DatabaseName> {
  @Override
  public DatabaseName convert(String text) {
    if (SecretShapes.matcher(text).find()) {
      throw new TypeConversionException("this looks like a secret, not like a database's name");
    }
    try {
      return new DatabaseName(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
