package io.tokenform.policy.expect;

import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A statement about access that must hold. In the patterns of tokens and of databases each {@code
 * *} stands for any text. A token is known by its name in the policy; what has the form of an id is
 * one, and {@code *} alone is every token, unmanaged ones included.
 */
public sealed interface Expectation {
  /** Its place: that of what it is about. */
  Location where();

  /**
   * As one line of a policy would say it; the same for the same expectation, wherever it stands.
   */
  String text();

  /** The patterns of tokens in it. */
  List<Located<String>> tokens();

  /** Asks the one of these that is for its form. */
  <T> T ask(Forms<T> forms);

  /** What somebody has to say of each form. */
  interface Forms<T> {
    T ofToken(OfToken expectation);

    T ofDatabase(OfDatabase expectation);

    T never(Never expectation);
  }

  /**
   * Tokens can do something, and cannot do something else.
   *
   * @param token a pattern
   * @param can what each of them must be able to do
   * @param cannot what none of them may be able to do
   */
  record OfToken(Located<String> token, List<Clause> can, List<Clause> cannot)
      implements Expectation {
    public OfToken {
      Objects.requireNonNull(token, "token");
      can = List.copyOf(can);
      cannot = List.copyOf(cannot);
    }

    @Override
    public Location where() {
      return token.where();
    }

    @Override
    public List<Located<String>> tokens() {
      return List.of(token);
    }

    @Override
    public <T> T ask(Forms<T> forms) {
      return forms.ofToken(this);
    }

    @Override
    public String text() {
      List<String> parts = new ArrayList<>(List.of("token: " + Clause.text(token.value())));
      if (!can.isEmpty()) {
        parts.add("can: " + clauses(can));
      }
      if (!cannot.isEmpty()) {
        parts.add("cannot: " + clauses(cannot));
      }
      return map(parts);
    }
  }

  /**
   * A database is written or read by these tokens and no others.
   *
   * @param database a pattern
   * @param writers patterns of tokens; absent where nothing is said of them
   * @param readers the same
   */
  record OfDatabase(
      Located<String> database,
      Optional<Located<List<Located<String>>>> writers,
      Optional<Located<List<Located<String>>>> readers)
      implements Expectation {
    public OfDatabase {
      Objects.requireNonNull(database, "database");
      Objects.requireNonNull(writers, "writers");
      Objects.requireNonNull(readers, "readers");
    }

    @Override
    public Location where() {
      return database.where();
    }

    @Override
    public List<Located<String>> tokens() {
      return Stream.concat(writers.stream(), readers.stream())
          .flatMap(names -> names.value().stream())
          .toList();
    }

    @Override
    public <T> T ask(Forms<T> forms) {
      return forms.ofDatabase(this);
    }

    @Override
    public String text() {
      List<String> parts = new ArrayList<>(List.of("database: " + Clause.text(database.value())));
      writers.ifPresent(names -> parts.add("writers: " + names(names.value())));
      readers.ifPresent(names -> parts.add("readers: " + names(names.value())));
      return map(parts);
    }
  }

  /**
   * Nobody can do something, with exceptions.
   *
   * @param where the place of {@code never}
   * @param never what nobody may be able to do
   * @param except patterns of the tokens that may
   */
  record Never(Location where, List<Clause> never, List<Located<String>> except)
      implements Expectation {
    public Never {
      Objects.requireNonNull(where, "where");
      never = List.copyOf(never);
      except = List.copyOf(except);
    }

    @Override
    public List<Located<String>> tokens() {
      return except;
    }

    @Override
    public <T> T ask(Forms<T> forms) {
      return forms.never(this);
    }

    @Override
    public String text() {
      List<String> parts = new ArrayList<>(List.of("never: " + clauses(never)));
      if (!except.isEmpty()) {
        parts.add("except: " + names(except));
      }
      return map(parts);
    }
  }

  private static String clauses(List<Clause> clauses) {
    return map(clauses.stream().map(Clause::toString).toList());
  }

  private static String names(List<Located<String>> patterns) {
    return patterns.stream()
        .map(pattern -> Clause.text(pattern.value()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String map(List<String> parts) {
    return "{" + String.join(", ", parts) + "}";
  }
}
