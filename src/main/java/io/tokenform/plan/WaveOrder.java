package io.tokenform.plan;

import java.util.Comparator;
import java.util.List;

/** In which order the waves are gone through. */
public enum WaveOrder {
  /** Nobody is without access in between. */
  GRANT_FIRST("grant-first"),
  /** Access that must go goes at once: for incidents. */
  REVOKE_FIRST("revoke-first");

  private final String word;

  WaveOrder(String word) {
    this.word = word;
  }

  /** The waves, first to last. */
  public List<Wave> waves() {
    return switch (this) {
      case GRANT_FIRST ->
          List.of(
              Wave.CLEAN_UPS,
              Wave.DATABASES,
              Wave.GRANTS,
              Wave.RENAMES,
              Wave.EXCHANGES,
              Wave.TAKES,
              Wave.ENDS,
              Wave.LOSSES);
      case REVOKE_FIRST ->
          List.of(
              Wave.CLEAN_UPS,
              Wave.DATABASES,
              // The tokens of a database must not lose its old name before it has the new one.
              Wave.RENAMES,
              Wave.TAKES,
              Wave.EXCHANGES,
              Wave.GRANTS,
              Wave.ENDS,
              Wave.LOSSES);
    };
  }

  /** Changes in the order in which they are made: by wave, and by address within a wave. */
  public Comparator<Change> comparator() {
    List<Wave> waves = waves();
    return (one, other) -> {
      int byWave = Integer.compare(waves.indexOf(one.wave()), waves.indexOf(other.wave()));
      return byWave != 0 ? byWave : one.address().compareTo(other.address());
    };
  }

  @Override
  public String toString() {
    return word;
  }
}
