package io.tokenform.policy.placement;

import io.tokenform.access.Names;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A cluster's name: its key in the fleet file. It can be a part of a file's name, and it makes the
 * name of a variable.
 */
public record ClusterName(String value) implements Comparable<ClusterName> {
  /** What a name is made of. */
  static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  /** Begins the names of the variables that are for one cluster alone. */
  public static final String VARIABLE = "INFLUX_DB_MANAGEMENT_TOKEN_";

  /** The longest name, in characters. */
  static final int LONGEST = 64;

  /**
   * @throws IllegalArgumentException if {@code value} is blank, longer than {@value #LONGEST}
   *     characters, or has others than letters from A to Z, digits, dots, underscores and hyphens;
   *     the message says which
   */
  public ClusterName {
    Objects.requireNonNull(value, "value");
    Names.check(value, "a cluster");
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a cluster's name has letters from A to Z, digits, \".\", \"_\" and \"-\", and begins with"
              + " a letter or a digit");
    }
    if (value.length() > LONGEST) {
      throw new IllegalArgumentException(
          "a cluster's name must have at most " + LONGEST + " characters");
    }
  }

  /** Whether a text can be the name of a cluster; then it is no path. */
  public static boolean isName(String text) {
    return FORM.matcher(text).matches() && text.length() <= LONGEST;
  }

  /**
   * The environment variable that has the management token of this cluster alone, as in {@code
   * INFLUX_DB_MANAGEMENT_TOKEN_PROD_EU}. It is the same for names that differ in case and
   * punctuation only.
   */
  public String variable() {
    return VARIABLE + value.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  @Override
  public int compareTo(ClusterName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
