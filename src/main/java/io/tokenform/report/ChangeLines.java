package io.tokenform.report;

import io.tokenform.plan.Change;
import io.tokenform.plan.Parts;
import io.tokenform.report.text.Style;
import java.util.List;

/**
 * How changes of one kind are shown in the forms of a plan.
 *
 * @param <C> the kind
 */
interface ChangeLines<C extends Change> extends Parts.Part<C> {
  /** What stands before its heading in text, one character. */
  String sign();

  /** What it does, as the end of its heading in text. */
  String verb(C change);

  /** What stands below its heading in text: lines that each end in a line break. */
  String text(C change, Style style);

  /** The lines of its cell in Markdown. */
  List<String> markdown(C change);

  /** What an annotation says of it; the text is harmless, and not escaped for a command yet. */
  String annotation(C change);

  /** Whether the difference between the two policies below says all of it. */
  default boolean isDifference() {
    return false;
  }

  /** The lines of a policy that would be live now, each with its line break; none for nothing. */
  List<String> policyBefore(C change);

  /** The lines of a policy that is live afterwards; none for nothing. */
  List<String> policyAfter(C change);
}
