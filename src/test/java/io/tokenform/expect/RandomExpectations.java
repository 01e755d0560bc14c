package io.tokenform.expect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Random expectations over few names, so that they meet something, as data and as YAML. */
public final class RandomExpectations {
  public static final List<String> NAMES =
      List.of("app-a", "app-b", "batch", "viewer-a", "viewer-b");
  public static final List<String> DATABASES = List.of("logs", "metrics", "orders", "orders-eu");

  private static final List<String> TOKEN_PATTERNS =
      List.of("*", "app-*", "*-a", "viewer-*", "gone", "gone-*", "app-a", "app-b", "batch");
  private static final List<String> DATABASE_PATTERNS =
      List.of("orders*", "*s", "future", "future-*", "logs", "metrics", "orders", "orders-eu");

  /**
   * An expectation as data; which fields it has says its form.
   *
   * @param token a pattern, or null
   * @param database a pattern, or null
   * @param never what nobody may, or null
   */
  public record Spec(
      String token,
      Map<String, List<String>> can,
      Map<String, List<String>> cannot,
      String database,
      List<String> writers,
      List<String> readers,
      Map<String, List<String>> never,
      List<String> except) {
    /** As an item of the expect section. */
    public String yaml() {
      List<String> parts = new ArrayList<>();
      if (token != null) {
        parts.add("token: " + quoted(token));
        clauses("can", can, parts);
        clauses("cannot", cannot, parts);
      } else if (database != null) {
        parts.add("database: " + quoted(database));
        names("writers", writers, parts);
        names("readers", readers, parts);
      } else {
        clauses("never", never, parts);
        names("except", except, parts);
      }
      return "{" + String.join(", ", parts) + "}";
    }

    private static void clauses(String key, Map<String, List<String>> clauses, List<String> parts) {
      if (clauses != null) {
        parts.add(
            key
                + ": "
                + clauses.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + reach(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}")));
      }
    }

    private static String reach(List<String> databases) {
      return databases.isEmpty() ? "any" : list(databases);
    }

    private static void names(String key, List<String> names, List<String> parts) {
      if (names != null) {
        parts.add(key + ": " + list(names));
      }
    }

    private static String list(List<String> names) {
      return names.stream().map(Spec::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String quoted(String text) {
      return '"' + text + '"';
    }
  }

  private final Random random;
  private final List<String> ids;

  /**
   * @param ids ids that an expectation may name
   */
  public RandomExpectations(Random random, List<String> ids) {
    this.random = random;
    this.ids = ids;
  }

  public Spec next() {
    switch (random.nextInt(3)) {
      case 0 -> {
        boolean both = random.nextInt(3) == 0;
        boolean can = random.nextBoolean();
        return new Spec(
            token(),
            both || can ? clauses() : null,
            both || !can ? clauses() : null,
            null,
            null,
            null,
            null,
            null);
      }
      case 1 -> {
        boolean writers = random.nextBoolean();
        return new Spec(
            null,
            null,
            null,
            random.nextInt(8) == 0 ? "*" : one(DATABASE_PATTERNS),
            writers ? list(0, this::token) : null,
            !writers || random.nextBoolean() ? list(0, this::token) : null,
            null,
            null);
      }
      default -> {
        return new Spec(
            null,
            null,
            null,
            null,
            null,
            null,
            clauses(),
            random.nextInt(3) == 0 ? null : list(1, this::token));
      }
    }
  }

  private Map<String, List<String>> clauses() {
    Map<String, List<String>> clauses = new LinkedHashMap<>();
    clauses.put(random.nextBoolean() ? "read" : "write", reach());
    if (random.nextInt(4) == 0) {
      clauses.put("read", reach());
    }
    return clauses;
  }

  private List<String> reach() {
    return switch (random.nextInt(6)) {
      case 0 -> List.of();
      case 1 -> List.of("*");
      default -> list(1, () -> random.nextInt(10) == 0 ? "*" : one(DATABASE_PATTERNS));
    };
  }

  private String token() {
    return random.nextInt(6) == 0 ? one(ids) : one(TOKEN_PATTERNS);
  }

  private List<String> list(int least, Supplier<String> item) {
    TreeSet<String> items = new TreeSet<>();
    for (int i = least + random.nextInt(4); i > 0; i--) {
      items.add(item.get());
    }
    return List.copyOf(items);
  }

  private String one(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
