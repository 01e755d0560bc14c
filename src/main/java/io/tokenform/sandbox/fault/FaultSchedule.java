package io.tokenform.sandbox.fault;

import io.tokenform.sandbox.api.Area;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Decides about one request after the other what goes wrong; safe for use by many threads. */
public final class FaultSchedule {
  private final List<Entry> entries = new ArrayList<>();

  FaultSchedule(List<FaultRule> rules, long seed) {
    for (FaultRule rule : rules) {
      entries.add(new Entry(rule, mix(seed ^ mix(rule.text().hashCode())), new AtomicLong()));
    }
  }

  public Decision decide(String method, Area area) {
    Decision decision = Decision.NONE;
    for (Entry entry : entries) {
      // A rule counts what it matches, even if another one decides.
      if (entry.rule.matches(method, area)) {
        decision = decision.and(entry.next());
      }
    }
    return decision;
  }

  /** SplitMix64's mixing function: neighbours go far apart. */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }

  /** A rule, and how many requests it has matched. */
  private record Entry(FaultRule rule, long seed, AtomicLong matched) {
    private Decision next() {
      long n = matched.incrementAndGet();
      // The JDK describes how Random goes on from its seed, so every run and every JDK agree.
      return rule.decide(n, new Random(mix(seed + n)));
    }
  }
}
