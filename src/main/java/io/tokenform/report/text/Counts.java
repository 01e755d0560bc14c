package io.tokenform.report.text;

import java.util.Locale;

/** Numbers of things, in words. */
public final class Counts {
  private Counts() {}

  /** As in {@code 1 token} and {@code 12,345 tokens}. */
  public static String of(int number, String one, String several) {
    return number(number) + " " + (number == 1 ? one : several);
  }

  /** As in {@code and 12 more}. */
  public static String more(int number) {
    return "and " + number(number) + " more";
  }

  public static String number(int number) {
    // Most numbers are small, and formats are slow.
    return number >= 0 && number < 1000
        ? Integer.toString(number)
        : String.format(Locale.ROOT, "%,d", number);
  }
}
