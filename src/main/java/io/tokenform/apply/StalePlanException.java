package io.tokenform.apply;

import io.tokenform.access.ExitCode;
import io.tokenform.access.Explained;
import io.tokenform.access.UnreadableToken;
import java.util.List;
import java.util.Optional;

/** Live drifted since the plan was made. Nothing was sent. */
public final class StalePlanException extends Exception implements Explained {
  private static final long serialVersionUID = 1L;
  private static final String NOTHING_SENT = "; nothing was sent";

  private final transient List<Drift> drifts;
  private final String hint;
  private final boolean applied;

  /**
   * @param drifts the changes whose tokens are no longer as the plan found them
   * @param changes how many changes the plan has
   */
  StalePlanException(List<Drift> drifts, int changes) {
    super("live has drifted since the plan was made" + NOTHING_SENT);
    this.drifts = List.copyOf(drifts);
    boolean isPlans = drifts.stream().allMatch(Drift::isAsDesired);
    this.applied = isPlans && drifts.size() == changes;
    this.hint =
        isPlans
            ? "the only differences are changes that the plan makes: it was already applied, in"
                + " part or in full; plan again for what is left"
            : "run plan again and review what it shows";
  }

  /** A token that the plan changes can no longer be read. */
  StalePlanException(UnreadableToken token) {
    super(token.name() + " can no longer be read: " + token.why() + NOTHING_SENT);
    this.drifts = List.of();
    this.applied = false;
    this.hint = "run plan again: it says what can be done without that token";
  }

  /** What drifted, in the plan's order; none where that cannot be known. */
  public List<Drift> drifts() {
    return drifts;
  }

  /** Whether each change of the plan was made already, so that nothing is left to do. */
  public boolean isApplied() {
    return applied;
  }

  @Override
  public Optional<String> hint() {
    return Optional.of(hint);
  }

  @Override
  public int exitCode() {
    return ExitCode.STALE;
  }
}
