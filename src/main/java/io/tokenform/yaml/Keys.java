package io.tokenform.yaml;

import java.util.List;
import java.util.Map;

/**
 * The keys of a map, and what to say of others.
 *
 * @param known those that it may have
 * @param listed those of them that a message lists; the others are for a rare kind of file
 * @param synonyms the known key for a word that people write instead
 * @param hints what to do about a key that is right elsewhere
 */
public record Keys(
    List<String> known,
    List<String> listed,
    Map<String, String> synonyms,
    Map<String, String> hints) {
  /** Keys of which a message lists all. */
  public Keys(List<String> known, Map<String, String> synonyms, Map<String, String> hints) {
    this(known, known, synonyms, hints);
  }

  public static Keys of(String... known) {
    return new Keys(List.of(known), Map.of(), Map.of());
  }
}
