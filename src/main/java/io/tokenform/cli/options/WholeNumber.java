package io.tokenform.cli.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of calls or attempts, from 1 to 100. */
final class WholeNumber implements ITypeConverter<Integer> {
  private static final int MOST = 100;

  @Override
  public Integer convert(String text) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= MOST) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new TypeConversionException("\"" + text + "\" is not a number from 1 to " + MOST);
  }
}
