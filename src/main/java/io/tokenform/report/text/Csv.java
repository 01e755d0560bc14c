package io.tokenform.report.text;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Comma-separated values as RFC 4180 has them: a field with a comma, a quote or a line break stands
 * in quotes, and each line ends in a carriage return and a line feed.
 *
 * <p>A spreadsheet takes a cell that begins with {@code =}, {@code +}, {@code -} or {@code @} for a
 * formula, and would run what somebody wrote into a description. Such a cell has an apostrophe
 * before it, and so has one that begins with an apostrophe: removing one apostrophe from the start
 * of a cell that has one always gives the text itself.
 */
public final class Csv {
  /** The last four are their full-width forms, which some spreadsheets take for the same. */
  private static final String DANGEROUS_STARTS = "=+-@'\t\r\n\uff1d\uff0b\uff0d\uff20";

  private final StringBuilder out = new StringBuilder();

  /** Adds a line. */
  public Csv row(String... fields) {
    out.append(Arrays.stream(fields).map(Csv::field).collect(Collectors.joining(",")));
    out.append("\r\n");
    return this;
  }

  private static String field(String text) {
    boolean dangerous = !text.isEmpty() && DANGEROUS_STARTS.indexOf(text.charAt(0)) >= 0;
    String harmless = dangerous ? "'" + text : text;
    boolean needsQuotes = harmless.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    return needsQuotes ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
