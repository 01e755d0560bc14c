package io.tokenform.report.access;

import io.tokenform.history.History;
import java.util.Objects;

/**
 * What is known of how the tokens came to what they have.
 *
 * @param history from snapshots and journals
 * @param setAside how many files could not be used for it
 */
public record Past(History history, int setAside) {
  public Past {
    Objects.requireNonNull(history, "history");
  }
}
