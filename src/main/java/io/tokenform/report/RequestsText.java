package io.tokenform.report;

import io.tokenform.cluster.Request;
import io.tokenform.report.text.Printable;
import java.util.List;

/** Requests as they would be sent: method and path, and the body on a line of its own. */
public final class RequestsText {
  private RequestsText() {}

  /** The requests in their order, with an empty line between them. */
  public static String render(List<Request> requests) {
    StringBuilder out = new StringBuilder();
    for (Request request : requests) {
      if (!out.isEmpty()) {
        out.append('\n');
      }
      out.append(Printable.line(request.toString())).append('\n');
      // Escapes inside a JSON string are JSON's own: what is shown means what is sent.
      request.body().ifPresent(body -> out.append(Printable.line(body)).append('\n'));
    }
    return out.toString();
  }
}
