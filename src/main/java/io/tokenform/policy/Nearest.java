package io.tokenform.policy;

import java.util.Collection;
import java.util.Optional;
import org.apache.commons.text.similarity.DamerauLevenshteinDistance;

/** Finds the word that somebody probably meant. */
public final class Nearest {
  private Nearest() {}

  /**
   * The candidate with the fewest edits between it and {@code word}, of equals the first; none
   * where it would take more than a third of the word's length.
   */
  public static Optional<String> to(String word, Collection<String> candidates) {
    int allowed = Math.max(1, word.length() / 3);
    DamerauLevenshteinDistance distance = new DamerauLevenshteinDistance(allowed);
    String best = null;
    int fewest = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      int edits = candidate.equalsIgnoreCase(word) ? 0 : distance.apply(word, candidate);
      if (edits >= 0 && edits < fewest) {
        best = candidate;
        fewest = edits;
      }
    }
    return Optional.ofNullable(best);
  }

  /** A hint that asks for the nearest candidate, if one is near. */
  public static Optional<String> hint(String word, Collection<String> candidates) {
    return to(word, candidates).map(nearest -> "did you mean \"" + nearest + "\"?");
  }
}
