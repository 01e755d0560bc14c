package io.tokenform.policy.placement;

import io.tokenform.access.Glob;
import io.tokenform.finding.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which clusters of a fleet are meant: those for which all terms hold. A {@code *} stands for any
 * text, in a name and in a label's value.
 *
 * @param terms at least one
 */
public record ClusterSelector(List<Term> terms) {
  /** How to write one, for hints. */
  public static final String FORM =
      "write a cluster's name, a pattern such as prod-*, !NAME for all others, or LABEL=VALUE or"
          + " LABEL!=VALUE; a comma between two means that both must hold";

  private static final String NOT = "!";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._*-]+");
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._/*-]+");

  /** What must hold of a cluster. */
  public sealed interface Term {
    /** Whether it holds of a cluster. */
    boolean holds(Place place);

    /** What is wrong with the term in a fleet, if something is. */
    Optional<Places.Mistake> mistakeIn(Places fleet);
  }

  /**
   * A cluster has this name, or, where {@code isDenied}, has another one.
   *
   * @param glob a name or a pattern
   */
  public record Named(String glob, boolean isDenied) implements Term {
    @Override
    public boolean holds(Place place) {
      return Glob.matches(glob, place.name().value()) != isDenied;
    }

    /** Also a name that is denied is one of the fleet: misspelt, it would leave nothing out. */
    @Override
    public Optional<Places.Mistake> mistakeIn(Places fleet) {
      if (fleet.have(glob)) {
        return Optional.empty();
      }
      return Optional.of(
          glob.contains("*")
              ? fleet.nothingMeant(glob)
              : fleet.notNamed(glob, isDenied ? "!=" : "="));
    }

    @Override
    public String toString() {
      return (isDenied ? NOT : "") + glob;
    }
  }

  /**
   * A cluster has a label with this value, or, where {@code isDenied}, has not: with another value,
   * or without the label.
   *
   * @param glob a value or a pattern
   */
  public record Labelled(String key, String glob, boolean isDenied) implements Term {
    @Override
    public boolean holds(Place place) {
      String value = place.labels().get(key);
      boolean has = value != null && Glob.matches(glob, value);
      return has != isDenied;
    }

    /**
     * A label that no cluster has is a mistake, and so is such a value: denied, it would mean every
     * cluster, so there it is one if it looks like a value that there is.
     */
    @Override
    public Optional<Places.Mistake> mistakeIn(Places fleet) {
      Collection<String> values = fleet.labelValues(key);
      if (values.isEmpty()) {
        return Optional.of(
            new Places.Mistake(
                "no cluster of the fleet has the label \"" + key + "\"",
                Nearest.hint(key, fleet.labelKeys())
                    .orElseGet(() -> listed("labels", fleet.labelKeys()))));
      }
      if (values.stream().anyMatch(value -> Glob.matches(glob, value))) {
        return Optional.empty();
      }
      Optional<String> nearest = Nearest.hint(glob, values);
      return isDenied && nearest.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Places.Mistake(
                  "no cluster of the fleet has " + key + "=" + glob,
                  nearest.orElseGet(() -> listed("values of " + key, values))));
    }

    private static String listed(String what, Collection<String> words) {
      return words.isEmpty()
          ? "no cluster has labels"
          : "the " + what + " are " + String.join(", ", words);
    }

    @Override
    public String toString() {
      return key + (isDenied ? "!=" : "=") + glob;
    }
  }

  /**
   * @throws IllegalArgumentException if there is no term
   */
  public ClusterSelector {
    terms = List.copyOf(terms);
    if (terms.isEmpty()) {
      throw new IllegalArgumentException("a selector of everything");
    }
  }

  /**
   * Reads a selector as it stands in a text: {@code prod-*}, {@code env=prod}, or several with
   * commas between them.
   *
   * @throws IllegalArgumentException if it is none; the message says why
   */
  public static ClusterSelector parse(String text) {
    List<Term> terms = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      terms.add(term(trimmed(part)));
    }
    return new ClusterSelector(terms);
  }

  /** Those that have all of these labels. */
  public static ClusterSelector of(SortedMap<String, String> labels) {
    return new ClusterSelector(
        labels.entrySet().stream()
            .<Term>map(label -> new Labelled(label.getKey(), label.getValue(), false))
            .toList());
  }

  private static Term term(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      boolean isOther = text.startsWith(NOT);
      String name = isOther ? text.substring(NOT.length()) : text;
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            text.isEmpty() ? "it is empty" : "\"" + text + "\" is no cluster's name");
      }
      return new Named(name, isOther);
    }
    boolean isDenied = equals > 0 && text.charAt(equals - 1) == '!';
    String key = trimmed(text.substring(0, isDenied ? equals - 1 : equals));
    String value = trimmed(text.substring(equals + 1));
    if (!Place.isLabel(key)) {
      throw new IllegalArgumentException(
          key.isEmpty() ? "there is no label before =" : "\"" + key + "\" is no label");
    }
    if (!isValue(value)) {
      throw new IllegalArgumentException(
          value.isEmpty()
              ? "the label \"" + key + "\" has no value"
              : "\"" + value + "\" is no value of a label");
    }
    return new Labelled(key, value, isDenied);
  }

  /** The text without spaces around it; any other blank is a mistake. */
  private static String trimmed(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && text.charAt(start) == ' ') {
      start++;
    }
    while (end > start && text.charAt(end - 1) == ' ') {
      end--;
    }
    return text.substring(start, end);
  }

  /** Whether a text can be what a selector says of a label's value. */
  static boolean isValue(String text) {
    return text.length() <= Place.LONGEST_LABEL && VALUE.matcher(text).matches();
  }

  /** Whether it means a cluster. */
  public boolean selects(Place place) {
    for (Term term : terms) {
      if (!term.holds(place)) {
        return false;
      }
    }
    return true;
  }

  /** Whether one of several means a cluster; of none, every cluster is meant. */
  public static boolean anySelects(List<ClusterSelector> selectors, Place place) {
    return selectors.isEmpty() || selectors.stream().anyMatch(one -> one.selects(place));
  }

  /** As somebody would write it. */
  @Override
  public String toString() {
    return terms.stream().map(Term::toString).collect(Collectors.joining(","));
  }
}
