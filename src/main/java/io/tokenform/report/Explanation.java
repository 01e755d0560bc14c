package io.tokenform.report;

import io.tokenform.finding.Code;
import io.tokenform.report.text.Columns;
import io.tokenform.report.text.Style;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What a finding's code means: why it is one, and how to mend it.
 *
 * @param code the kind of finding
 * @param title what is wrong, as one line without a full stop
 * @param text the rest, as lines that each end in a line break
 */
public record Explanation(Code code, String title, String text) {
  /** The explanation of a code; every code has one. */
  public static Explanation of(Code code) {
    String name = "explain/" + code.word() + ".txt";
    try (InputStream resource = Explanation.class.getResourceAsStream(name)) {
      String entry = new String(resource.readAllBytes(), StandardCharsets.US_ASCII);
      int end = entry.indexOf('\n');
      return new Explanation(code, entry.substring(0, end), entry.substring(end + 2));
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** All codes with their titles, one a line, in the order of their declaration. */
  public static String list() {
    Columns columns = new Columns("", "  ");
    for (Code code : Code.values()) {
      columns.row(code.word(), of(code).title());
    }
    return String.join("\n", columns.lines()) + "\n";
  }

  /** The whole of it, as lines that each end in a line break. */
  public String render(Style style) {
    return style.bold(code + ": " + title) + "\n\n" + text;
  }
}
