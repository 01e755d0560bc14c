package io.tokenform.cluster;

/** Hears of each attempt of a call, on the thread that makes it, before the next one. */
@FunctionalInterface
public interface AttemptListener {
  /** Hears of nothing. */
  AttemptListener NONE = attempt -> {};

  void attempted(Attempt attempt);

  /**
   * How many bytes of each body it wants to hear of. With none, as here, an attempt has no {@link
   * Transcript}, and no body is copied for one.
   */
  default int longestBody() {
    return 0;
  }
}
