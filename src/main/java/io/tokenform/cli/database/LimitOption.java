package io.tokenform.cli.database;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a limit: a whole number from 1. */
final class LimitOption implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String text) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new TypeConversionException(
        "\"" + text + "\" is not a whole number from 1 to " + Integer.MAX_VALUE);
  }
}
