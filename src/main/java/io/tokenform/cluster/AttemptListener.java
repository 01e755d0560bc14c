package io.tokenform.cluster;

/** Hears of each attempt of a call, on the thread that makes it, before the next one. */
@FunctionalInterface
public interface AttemptListener {
  /** Hears of nothing. */
  AttemptListener NONE = attempt -> {};

  void attempted(Attempt attempt);
}
