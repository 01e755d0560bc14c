package io.tokenform.sandbox.fault;

import io.tokenform.sandbox.api.Area;
import java.util.Optional;
import java.util.Random;

/**
 * One rule of faults.
 *
 * @param text as it was given
 * @param method the only one that it matches; empty for any that its kind can happen to
 * @param area the only one whose requests it matches; empty for all but the data side, which is not
 *     there for the client of the Management API and would disturb the counting
 */
record FaultRule(
    String text, FaultKind kind, Optional<String> method, Optional<Area> area, Share share) {

  boolean matches(String requested, Area at) {
    return matches(at) && matches(requested);
  }

  private boolean matches(Area at) {
    return area.isPresent() ? area.get() == at : at != Area.DATA;
  }

  private boolean matches(String requested) {
    return method.isPresent()
        ? method.get().equals(requested)
        : kind.methods().isEmpty() || kind.methods().contains(requested);
  }

  /** What happens to the {@code n}-th request that it matches, counted from 1. */
  Decision decide(long n, Random lots) {
    return share.hits(n, lots) ? kind.draw(lots) : Decision.NONE;
  }

  /** Whether anything depends on the seed. */
  boolean drawsLots() {
    return share.isDrawn() || kind.varies();
  }

  /**
   * Which of the matching requests are hit: each condition has to hold.
   *
   * @param skip not the first so many
   * @param first none after the first so many
   * @param every only each so-manieth
   * @param rate of those that are left, this part, from 0 to 1
   */
  record Share(long skip, long first, long every, double rate) {
    static final Share ALL = new Share(0, Long.MAX_VALUE, 1, 1);

    boolean hits(long n, Random lots) {
      return n > skip && n <= first && n % every == 0 && (!isDrawn() || lots.nextDouble() < rate);
    }

    boolean isDrawn() {
      return rate < 1;
    }

    /** Whether there is a request that it can hit. */
    boolean isPossible() {
      return (skip / every + 1) * every <= first;
    }
  }
}
