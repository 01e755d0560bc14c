package io.tokenform.finding;

import io.tokenform.access.Writing;
import java.util.Collection;
import java.util.Optional;
import org.apache.commons.text.similarity.DamerauLevenshteinDistance;

/**
 * Finds the word that somebody probably meant. Where many are asked for, use {@link Suggestions}.
 */
public final class Nearest {
  /** The longest word that is compared, in characters: comparing takes its square. */
  static final int LONGEST = 256;

  private Nearest() {}

  /**
   * The candidate with the fewest edits between it and {@code word}, of equals the first; none
   * where it would take more than a third of the word's length. A word of more than {@value
   * #LONGEST} characters has only a candidate that differs in case alone. One that looks the same
   * takes no edits.
   */
  public static Optional<String> to(String word, Collection<String> candidates) {
    int allowed = allowed(word);
    DamerauLevenshteinDistance distance = new DamerauLevenshteinDistance(allowed);
    String best = null;
    int fewest = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      int edits = edits(word, candidate, allowed, distance);
      if (edits >= 0 && edits < fewest) {
        best = candidate;
        fewest = edits;
      }
    }
    return Optional.ofNullable(best);
  }

  private static int edits(
      String word, String candidate, int allowed, DamerauLevenshteinDistance distance) {
    if (candidate.equalsIgnoreCase(word) || Writing.difference(candidate, word).isPresent()) {
      return 0;
    }
    boolean isFar = Math.abs(candidate.length() - word.length()) > allowed;
    return isFar || word.length() > LONGEST ? -1 : distance.apply(word, candidate);
  }

  /** How many edits there may be between a word and what was meant. */
  static int allowed(String word) {
    return Math.max(1, word.length() / 3);
  }

  /** A hint that asks for the nearest candidate, if one is near. */
  public static Optional<String> hint(String word, Collection<String> candidates) {
    return to(word, candidates).map(nearest -> question(word, nearest));
  }

  /** Of two that look the same, it says what tells them apart. */
  static String question(String word, String nearest) {
    return "did you mean \""
        + nearest
        + "\"?"
        + Writing.difference(nearest, word)
            .map(what -> " It looks the same, but " + what)
            .orElse("");
  }
}
