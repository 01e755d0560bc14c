package io.tokenform.apply;

/** The journal that is to be rolled back is not what it was when the plan was made. */
public final class StaleJournalException extends Exception {
  private static final long serialVersionUID = 1L;

  public StaleJournalException(String name) {
    super("the journal " + name + " has changed since the plan was made; nothing was sent");
  }
}
