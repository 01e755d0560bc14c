package io.tokenform.apply;

import java.util.List;

/** Live drifted since the plan was made. Nothing was sent. */
public final class StalePlanException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Drift> drifts;

  StalePlanException(List<Drift> drifts) {
    super("live has drifted since the plan was made");
    this.drifts = List.copyOf(drifts);
  }

  /** What drifted, in the plan's order. */
  public List<Drift> drifts() {
    return drifts;
  }
}
