package io.tokenform.finding;

import io.tokenform.access.Writing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.text.similarity.DamerauLevenshteinDistance;

/**
 * Suggests, of many names that are known, the one that somebody probably meant, and does so for
 * many words. Each word would be compared with each name, so the work of all suggestions together
 * is bounded: once it is used up, only a name that differs in case alone is suggested.
 */
public final class Suggestions {
  /** How many pairs of characters are compared in all; it takes less than a second. */
  static final long MOST_WORK = 25_000_000;

  private final Map<Integer, List<Known>> byLength = new HashMap<>();
  private final Map<String, String> byFolded = new HashMap<>();
  private final Collection<String> candidates;
  private boolean isIndexed;
  private long work;

  /**
   * A name that is known.
   *
   * @param rank its place among all of them
   */
  private record Known(String name, int rank) {}

  /**
   * @param candidates the names that are known; of equally near ones the first is suggested
   */
  public Suggestions(Collection<String> candidates) {
    this.candidates = candidates;
  }

  /** Done at the first question, since most runs have none. */
  private void index() {
    if (isIndexed) {
      return;
    }
    isIndexed = true;
    int rank = 0;
    for (String candidate : candidates) {
      byFolded.putIfAbsent(folded(candidate), candidate);
      byLength
          .computeIfAbsent(candidate.length(), length -> new ArrayList<>())
          .add(new Known(candidate, rank++));
    }
  }

  /** A hint that asks for the nearest name, if one is near. */
  public Optional<String> hint(String word) {
    return to(word).map(nearest -> Nearest.question(word, nearest));
  }

  /** The same as {@link Nearest#to}, until the work is used up. */
  Optional<String> to(String word) {
    index();
    String same = byFolded.get(folded(word));
    if (same != null || word.length() > Nearest.LONGEST) {
      return Optional.ofNullable(same);
    }
    int allowed = Nearest.allowed(word);
    Known best = null;
    int fewest = allowed;
    // A name takes as many edits at least as its length differs.
    for (int difference = 0; difference <= fewest; difference++) {
      int[] lengths = {word.length() - difference, word.length() + difference};
      for (int length : lengths) {
        DamerauLevenshteinDistance distance = new DamerauLevenshteinDistance(allowed);
        for (Known known : byLength.getOrDefault(length, List.of())) {
          work += (long) word.length() * length;
          if (work > MOST_WORK) {
            return Optional.empty();
          }
          int edits = distance.apply(word, known.name());
          boolean isNearer =
              best == null ? edits <= fewest : edits < fewest || known.rank() < best.rank();
          if (edits >= 0 && edits <= fewest && isNearer) {
            best = known;
            fewest = edits;
          }
        }
      }
    }
    return Optional.ofNullable(best).map(Known::name);
  }

  /** How many pairs of characters have been compared. */
  long work() {
    return Math.min(work, MOST_WORK);
  }

  /** The same for texts that differ in case alone, or look the same. */
  private static String folded(String written) {
    String text = Writing.skeleton(written);
    StringBuilder folded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      folded.append(Character.toLowerCase(Character.toUpperCase(text.charAt(i))));
    }
    return folded.toString();
  }
}
