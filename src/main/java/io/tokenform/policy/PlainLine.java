package io.tokenform.policy;

import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Findings;
import io.tokenform.finding.Located;
import java.util.Optional;

/** The rule for short texts that are for people, such as an owner: one line that is not blank. */
final class PlainLine {
  /** The longest one, in characters. */
  static final int LONGEST = 200;

  private PlainLine() {}

  /**
   * The same text, if it is such a line; else what is wrong is among the findings.
   *
   * @param what whose text it is, as in {@code an owner}
   */
  static Optional<Located<String>> check(Located<String> text, String what, Findings findings) {
    Optional<String> wrong = wrong(text.value());
    wrong.ifPresent(
        rule ->
            findings.add(
                Diagnostic.error(Code.BAD_TEXT, text.where(), what + " must " + rule)
                    .hint("write one short line, or remove the key")));
    return wrong.isEmpty() ? Optional.of(text) : Optional.empty();
  }

  private static Optional<String> wrong(String text) {
    if (text.isBlank()) {
      return Optional.of("not be blank");
    }
    if (text.codePointCount(0, text.length()) > LONGEST) {
      return Optional.of("have at most " + LONGEST + " characters");
    }
    return text.codePoints().anyMatch(PlainLine::endsLineOrIsControl)
        ? Optional.of("be one line without control characters")
        : Optional.empty();
  }

  private static boolean endsLineOrIsControl(int character) {
    return Character.isISOControl(character) || character == 0x2028 || character == 0x2029;
  }
}
