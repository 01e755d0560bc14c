package io.tokenform.report;

import io.tokenform.plan.Change;
import io.tokenform.plan.Parts;
import io.tokenform.report.text.Style;
import java.util.List;

/** Finds how a change is shown, by its kind. */
final class Lines {
  /** One for each kind of change of a token. */
  private static final Parts<ChangeLines<?>> TOKENS =
      new Parts<>(
          List.of(
              new CreateLines(),
              new UpdateLines(),
              new RotateLines(),
              new RetireLines(),
              new RevokeLines(),
              new CleanUpLines()));

  private Lines() {}

  /** One for each kind of change of a database; a plan without such does not load them. */
  private static final class OfDatabases {
    private static final Parts<ChangeLines<?>> KINDS = new Parts<>(DatabaseLines.all());
  }

  /** The lines of a change, with the change in their hands. */
  static Bound<?> of(Change change) {
    return change.ofDatabase().isPresent()
        ? bind(OfDatabases.KINDS.of(change), change)
        : bind(TOKENS.of(change), change);
  }

  private static <C extends Change> Bound<C> bind(ChangeLines<C> lines, Change change) {
    return new Bound<>(lines, lines.type().cast(change));
  }

  /**
   * A change and its lines.
   *
   * @param <C> the kind
   */
  record Bound<C extends Change>(ChangeLines<C> lines, C change) {
    String sign() {
      return lines.sign();
    }

    String verb() {
      return lines.verb(change);
    }

    String text(Style style) {
      return lines.text(change, style);
    }

    List<String> markdown() {
      return lines.markdown(change);
    }

    String annotation() {
      return lines.annotation(change);
    }

    boolean isDifference() {
      return lines.isDifference();
    }

    List<String> policyBefore() {
      return lines.policyBefore(change);
    }

    List<String> policyAfter() {
      return lines.policyAfter(change);
    }
  }
}
