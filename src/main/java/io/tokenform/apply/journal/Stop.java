package io.tokenform.apply.journal;

import java.util.Objects;

/**
 * What ended an apply before its time. Of several, the first counts, and an interrupt before all
 * others.
 */
public sealed interface Stop {
  /** What it was, in a sentence. */
  String message();

  /** Somebody wanted it to end. */
  record Interrupted() implements Stop {
    @Override
    public String message() {
      return "interrupted: nothing new was started";
    }
  }

  /** The cluster no longer takes the management token, or not for this, or not so many calls. */
  record Refused(int status) implements Stop {
    static final int TOO_MANY_REQUESTS = 429;

    @Override
    public String message() {
      return "the cluster answered "
          + status
          + (status == TOO_MANY_REQUESTS
              ? ", which asks for fewer calls"
              : " to the management token")
          + ", so nothing further was sent";
    }
  }

  /** The journal can no longer be written. */
  record JournalLost(JournalException cause) implements Stop {
    public JournalLost {
      Objects.requireNonNull(cause, "cause");
    }

    @Override
    public String message() {
      return cause.getMessage() + ", so nothing further was sent";
    }
  }

  /** tokenform itself failed. */
  record Defect(Throwable cause) implements Stop {
    public Defect {
      Objects.requireNonNull(cause, "cause");
    }

    @Override
    public String message() {
      return "tokenform failed: " + cause + ", so nothing further was sent";
    }
  }
}
