package io.tokenform.plan;

import java.util.Arrays;
import java.util.Optional;

/**
 * Changes that may be made at the same time. A plan's waves are made one after another, each when
 * the one before it is complete, so that a handover leaves no gap: the new token has its access
 * before the old one loses it.
 */
public enum Wave {
  /** What an apply left that did not end. */
  CLEAN_UPS("clean-ups", "what an apply left that did not end"),
  /** Makes databases, and changes settings so that no data is lost. */
  DATABASES("databases", "makes databases and changes their settings"),
  /** Only grants, or leaves access alone. */
  GRANTS("grants", "only grants, or leaves access alone"),
  /** Gives databases other names, once their users have access under these. */
  RENAMES("renames", "renames databases"),
  /** Grants and takes at once. */
  EXCHANGES("exchanges", "grants and takes at once"),
  /** Only takes. */
  TAKES("takes", "only takes"),
  /** Ends tokens, or the access of those that have a successor. */
  ENDS("ends", "ends tokens and the access of old ones"),
  /** Loses data: nobody has access any more, or everything else has been done. */
  LOSSES("losses", "shortens retention and deletes databases");

  private final String word;
  private final String title;

  Wave(String word, String title) {
    this.word = word;
    this.title = title;
  }

  /** When a change of permissions with this effect is made. */
  static Wave of(Effect effect) {
    return switch (effect) {
      case WIDENS, NEUTRAL -> GRANTS;
      case BOTH -> EXCHANGES;
      case NARROWS -> TAKES;
    };
  }

  /** The wave of that word, as in files. */
  public static Optional<Wave> named(String word) {
    return Arrays.stream(values()).filter(wave -> wave.word.equals(word)).findFirst();
  }

  /** What its changes have in common, for people. */
  public String title() {
    return title;
  }

  @Override
  public String toString() {
    return word;
  }
}
