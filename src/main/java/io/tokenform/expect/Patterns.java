package io.tokenform.expect;

import io.tokenform.access.Glob;
import io.tokenform.access.TokenName;
import io.tokenform.access.Uuids;
import io.tokenform.finding.Located;
import java.util.List;

/** What the patterns of expectations fit. */
final class Patterns {
  /** Alone, every token; and every known database, where databases are meant. */
  private static final String ALL = "*";

  private Patterns() {}

  /** Whether a pattern can fit several names. */
  static boolean isGlob(String pattern) {
    return pattern.contains(ALL);
  }

  /** Whether a pattern is a token's id; the author of a policy could choose it as a name. */
  static boolean isId(String pattern) {
    return Uuids.isUuid(pattern);
  }

  /** Whether a pattern means a token. An id is fitted by no part of it: people read names. */
  static boolean fits(String pattern, Holder holder) {
    if (pattern.equals(ALL)) {
      return true;
    }
    return isId(pattern)
        ? holder.id().filter(id -> id.toString().equalsIgnoreCase(pattern)).isPresent()
        : holder.name().filter(name -> fits(pattern, name)).isPresent();
  }

  static boolean fitsOne(List<Located<String>> patterns, Holder holder) {
    return patterns.stream().anyMatch(pattern -> fits(pattern.value(), holder));
  }

  static boolean fits(String pattern, TokenName name) {
    return !isId(pattern) && Glob.matches(pattern, name.value());
  }

  /** Whether a pattern fits a database. */
  static boolean fitsDatabase(String pattern, String database) {
    return Glob.matches(pattern, database);
  }
}
