package io.tokenform.policy.placement;

import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A cluster as a selector sees it.
 *
 * @param labels the values of its labels, by their keys
 */
public record Place(ClusterName name, SortedMap<String, String> labels) {
  /** What a label's key is made of, and its value. */
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]*");

  /** The longest key or value, in characters. */
  static final int LONGEST_LABEL = 128;

  /**
   * @throws IllegalArgumentException if a key or a value is not what {@link #isLabel} allows
   */
  public Place {
    Objects.requireNonNull(name, "name");
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    if (!labels.keySet().stream().allMatch(Place::isLabel)
        || !labels.values().stream().allMatch(Place::isLabel)) {
      throw new IllegalArgumentException("not a label");
    }
  }

  /**
   * Whether a text can be the key or the value of a label: it has 1 to {@value #LONGEST_LABEL}
   * letters from A to Z, digits, dots, slashes, underscores and hyphens, and begins with a letter
   * or a digit.
   */
  public static boolean isLabel(String text) {
    return text.length() <= LONGEST_LABEL && LABEL.matcher(text).matches();
  }
}
