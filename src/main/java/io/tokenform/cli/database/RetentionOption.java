package io.tokenform.cli.database;

import io.tokenform.access.database.Retention;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how long data is kept, in the forms of influxctl. */
final class RetentionOption implements ITypeConverter<Retention> {
  @Override
  public Retention convert(String text) {
    try {
      return Retention.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
