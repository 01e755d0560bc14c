package io.tokenform.sandbox.api;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A part of what the sandbox serves, as a path names it. */
public enum Area {
  /** All tokens: GET lists them, POST creates one. */
  TOKENS("tokens"),
  /** One token. */
  TOKEN("token"),
  /** All databases: GET lists them, POST creates one. */
  DATABASES("databases"),
  /** One database, or its tables. */
  DATABASE("database"),
  /** The data side: queries and writes. */
  DATA("data"),
  /** A path that nothing is at. */
  NOWHERE("nowhere");

  private final String word;

  Area(String word) {
    this.word = word;
  }

  /**
   * The area of a path.
   *
   * @param path without the query
   */
  public static Area of(String path) {
    if (DataSide.serves(path)) {
      return DATA;
    }
    Optional<Route> route = Route.of(path);
    return route.isPresent() ? route.get().resource().area() : NOWHERE;
  }

  /** The area that {@code word} names, if it names one where something is. */
  public static Optional<Area> named(String word) {
    return Arrays.stream(values())
        .filter(area -> area != NOWHERE && area.word.equals(word))
        .findFirst();
  }

  /** The words for all areas where something is, in the order of their declaration. */
  public static List<String> words() {
    return Arrays.stream(values()).filter(area -> area != NOWHERE).map(area -> area.word).toList();
  }
}
