package io.tokenform.sandbox;

import io.tokenform.access.SecretShapes;
import io.tokenform.sandbox.api.Printable;
import io.tokenform.sandbox.api.Rfc3339;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Writes one line for each request: time, method, path, status ({@code -} if nothing is answered),
 * milliseconds, how many requests were being handled, and what was done wrong on purpose, as in
 * {@code 2026-01-31T12:00:00.000Z GET /api/v0/tokens 429 3 ms, 7 in flight, fault: 429}. Whatever
 * is not printable ASCII is escaped; secrets in the path are masked, and bodies and headers left
 * out.
 */
public final class RequestLog implements RequestListener {
  private final Consumer<String> lines;

  /**
   * @param lines takes each line, without its end; called by several threads at a time
   */
  public RequestLog(Consumer<String> lines) {
    this.lines = Objects.requireNonNull(lines, "lines");
  }

  @Override
  public void answered(RecordedRequest request) {
    lines.accept(
        Rfc3339.format(request.time().truncatedTo(ChronoUnit.MILLIS))
            + " "
            + Printable.of(request.method())
            + " "
            // A client may have put into it what belongs into a header.
            + Printable.of(SecretShapes.mask(request.path()))
            + " "
            + (request.status() == 0 ? "-" : Integer.toString(request.status()))
            + " "
            + request.took().toMillis()
            + " ms, "
            + request.inFlight()
            + " in flight"
            + request.fault().map(fault -> ", fault: " + fault).orElse(""));
  }
}
