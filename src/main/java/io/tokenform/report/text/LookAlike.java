package io.tokenform.report.text;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Two texts that differ, and look the same to people: é as one character, and as e with an accent.
 */
public final class LookAlike {
  /** So many characters are told of each text. */
  private static final int MOST = 3;

  private LookAlike() {}

  /**
   * In which characters two such texts differ, as {@code U+00E9 becomes U+0065 U+0301}; nothing
   * where people see the difference, or there is none.
   */
  public static Optional<String> difference(String before, String after) {
    if (before.equals(after) || !normal(before).equals(normal(after))) {
      return Optional.empty();
    }
    int[] one = before.codePoints().toArray();
    int[] other = after.codePoints().toArray();
    int start = Math.max(0, Arrays.mismatch(one, other));
    int same = 0;
    while (same < Math.min(one.length, other.length) - start
        && one[one.length - 1 - same] == other[other.length - 1 - same]) {
      same++;
    }
    return Optional.of(
        characters(one, start, one.length - same)
            + " becomes "
            + characters(other, start, other.length - same));
  }

  private static String normal(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC);
  }

  private static String characters(int[] text, int from, int to) {
    if (from >= to) {
      return "nothing";
    }
    String told =
        Arrays.stream(text, from, Math.min(to, from + MOST))
            .mapToObj(point -> String.format(Locale.ROOT, "U+%04X", point))
            .collect(Collectors.joining(" "));
    return to - from > MOST ? told + " ..." : told;
  }
}
