package io.tokenform.report;

import io.tokenform.plan.Step;
import io.tokenform.report.text.Printable;
import java.util.List;

/**
 * Steps as they would be made: of a request the method and the path, and the body on a line of its
 * own; of a delivery the sink.
 */
public final class StepsText {
  private StepsText() {}

  /** The steps in their order, with an empty line between them. */
  public static String render(List<Step> steps) {
    StringBuilder out = new StringBuilder();
    for (Step step : steps) {
      if (!out.isEmpty()) {
        out.append('\n');
      }
      out.append(Printable.line(step.text())).append('\n');
      // Escapes inside a JSON string are JSON's own: what is shown means what is sent.
      step.request()
          .flatMap(request -> request.body())
          .ifPresent(body -> out.append(Printable.line(body)).append('\n'));
    }
    return out.toString();
  }
}
