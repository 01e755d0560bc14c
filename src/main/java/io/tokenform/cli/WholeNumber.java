package io.tokenform.cli;

import picocli.CommandLine.TypeConversionException;

/** Reads whole numbers of options. */
final class WholeNumber {
  private WholeNumber() {}

  /**
   * A number from 1 to {@code most}.
   *
   * @throws TypeConversionException if the text is none
   */
  static int parse(String text, int most) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new TypeConversionException("\"" + text + "\" is not a number from 1 to " + most);
  }
}
