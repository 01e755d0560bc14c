package io.tokenform.sandbox;

/** Where a sandbox took its state from when it started. */
public enum StartedFrom {
  /** From the state file: it goes on where an earlier run ended. */
  STATE,
  /** From the seed, for there was no state file. */
  SEED,
  /**
   * From the seed although there is a state file: that one grew from another seed. The first change
   * replaces it.
   */
  NEW_SEED,
  /** From neither: a cluster without tokens and databases. */
  NOTHING
}
