package io.tokenform.apply;

import io.tokenform.access.ExitCode;
import io.tokenform.access.Explained;
import java.util.List;
import java.util.Optional;

/** Live drifted since the plan was made. Nothing was sent. */
public final class StalePlanException extends Exception implements Explained {
  private static final long serialVersionUID = 1L;

  private final transient List<Drift> drifts;

  StalePlanException(List<Drift> drifts) {
    super("live has drifted since the plan was made; nothing was sent");
    this.drifts = List.copyOf(drifts);
  }

  /** What drifted, in the plan's order. */
  public List<Drift> drifts() {
    return drifts;
  }

  @Override
  public Optional<String> hint() {
    return Optional.of(
        drifts.stream().allMatch(Drift::isAsDesired)
            ? "the only differences are changes that the plan makes: it was already applied, in"
                + " part or in full; plan again for what is left"
            : "run plan again and review what it shows");
  }

  @Override
  public int exitCode() {
    return ExitCode.STALE;
  }
}
