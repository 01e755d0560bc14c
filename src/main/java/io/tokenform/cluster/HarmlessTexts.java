package io.tokenform.cluster;

import io.tokenform.access.Masking;
import java.util.HashMap;
import java.util.Map;

/**
 * Takes in the texts of a listing. Somebody may have put a secret into a description, or given its
 * name to a database: it is not taken in, so that nothing that is made of it can give it away.
 *
 * <p>A listing names the same few databases again and again. Each name is looked through once, and
 * is one text for all tokens that have it.
 */
final class HarmlessTexts {
  /** A hostile cluster may name others without end. */
  private static final int MOST_NAMES = 10_000;

  private final Masking masking;
  private final Map<String, String> names = new HashMap<>();

  /**
   * @param masking what no text may repeat
   */
  HarmlessTexts(Masking masking) {
    this.masking = masking;
  }

  /** The text with no secret in it. */
  String text(String text) {
    return masking.mask(text);
  }

  /** The same for the name of a database or of an action. */
  String name(String text) {
    String known = names.get(text);
    if (known == null) {
      known = masking.mask(text);
      if (names.size() < MOST_NAMES) {
        names.put(text, known);
      }
    }
    return known;
  }
}
