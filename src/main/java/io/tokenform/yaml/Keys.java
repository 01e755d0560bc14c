package io.tokenform.yaml;

import java.util.List;
import java.util.Map;

/**
 * The keys of a map, and what to say of others.
 *
 * @param known those that it may have
 * @param synonyms the known key for a word that people write instead
 * @param hints what to do about a key that is right elsewhere
 */
public record Keys(List<String> known, Map<String, String> synonyms, Map<String, String> hints) {
  public static Keys of(String... known) {
    return new Keys(List.of(known), Map.of(), Map.of());
  }
}
