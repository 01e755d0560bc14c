package io.tokenform.apply.journal;

import io.tokenform.access.ExitCode;
import io.tokenform.access.Explained;
import java.util.Optional;

/** The journal that is to be rolled back is not what it was when the plan was made. */
public final class StaleJournalException extends Exception implements Explained {
  private static final long serialVersionUID = 1L;

  public StaleJournalException(String name) {
    super("the journal " + name + " has changed since the plan was made; nothing was sent");
  }

  @Override
  public Optional<String> hint() {
    return Optional.of("its apply was still running: run rollback again and review what it shows");
  }

  @Override
  public int exitCode() {
    return ExitCode.STALE;
  }
}
