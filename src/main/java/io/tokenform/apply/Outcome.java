package io.tokenform.apply;

import io.tokenform.plan.Change;
import java.util.Objects;
import java.util.Optional;

/** What became of one change of a plan. */
public sealed interface Outcome {
  Change change();

  /** It was made: the cluster's answer is what was asked for. */
  record Applied(Change change) implements Outcome {
    public Applied {
      Objects.requireNonNull(change, "change");
    }
  }

  /**
   * It was sent and did not succeed.
   *
   * @param reason what went wrong; it may quote the server
   * @param hint what to do about it
   */
  record Failed(Change change, String reason, Optional<String> hint) implements Outcome {
    public Failed {
      Objects.requireNonNull(change, "change");
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(hint, "hint");
    }
  }

  /** It was not sent, because an earlier stage had a failure. */
  record NotAttempted(Change change) implements Outcome {
    public NotAttempted {
      Objects.requireNonNull(change, "change");
    }
  }
}
