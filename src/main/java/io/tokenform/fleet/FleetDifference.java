package io.tokenform.fleet;

import io.tokenform.access.Action;
import io.tokenform.access.Durations;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.TokenName;
import io.tokenform.finding.Located;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Lifecycle;
import io.tokenform.policy.Mode;
import io.tokenform.policy.Policy;
import io.tokenform.policy.Rotation;
import io.tokenform.policy.placement.ClusterName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How the desired access and the databases of two clusters differ, as far as their policies say it.
 * Tokens are the same if their names in the policies are. Their ids are not compared: every cluster
 * has its own.
 *
 * @param tokens those that differ, by name
 * @param same how many do not
 * @param databases what the policies say of databases
 */
public record FleetDifference(
    ClusterName first,
    ClusterName second,
    List<TokenDifference> tokens,
    int same,
    DatabaseDifference.All databases) {
  private static final String ROTATE = "rotate.";

  private static final List<String> ORDER =
      List.of(
          "description",
          "was",
          "owner",
          "permissions",
          "mode",
          "state",
          "reason",
          "deliver",
          "expires",
          ROTATE + "every",
          ROTATE + "notBefore",
          ROTATE + "overlap",
          ROTATE + "park",
          ROTATE + "settle");

  private static final Comparator<String> ALL_DATABASES_FIRST =
      Comparator.comparing((String resource) -> !resource.equals(Permission.ALL_DATABASES))
          .thenComparing(Comparator.naturalOrder());

  public FleetDifference {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(second, "second");
    tokens = List.copyOf(tokens);
    Objects.requireNonNull(databases, "databases");
  }

  /** Which of the two clusters. */
  public enum Side {
    FIRST("first"),
    SECOND("second"),
    BOTH("both");

    private final String word;

    Side(String word) {
      this.word = word;
    }

    static Side of(boolean isOfFirst, boolean isOfSecond) {
      return isOfFirst && isOfSecond ? BOTH : isOfFirst ? FIRST : SECOND;
    }

    /** The word for machines. */
    @Override
    public String toString() {
      return word;
    }
  }

  /**
   * A token that differs.
   *
   * @param side where it is
   * @param first the access that the policy of the first cluster gives it; none to a revoked one
   * @param second that of the second
   * @param fields the other fields that differ, in the order of a policy
   */
  public record TokenDifference(
      TokenName token, Side side, Permissions first, Permissions second, List<Field> fields) {
    public TokenDifference {
      Objects.requireNonNull(token, "token");
      Objects.requireNonNull(side, "side");
      Objects.requireNonNull(first, "first");
      Objects.requireNonNull(second, "second");
      fields = List.copyOf(fields);
    }

    /** The access that it has on the first cluster alone, {@code *} understood. */
    public Permissions onlyFirst() {
      return first.accessBeyond(second).withoutCovered();
    }

    /** The access that it has on the second cluster alone, {@code *} understood. */
    public Permissions onlySecond() {
      return second.accessBeyond(first).withoutCovered();
    }

    boolean isNone() {
      return side == Side.BOTH
          && fields.isEmpty()
          && onlyFirst().isEmpty()
          && onlySecond().isEmpty();
    }
  }

  /** What the policies say of a field; absent where one does not set it. */
  public record Field(String name, Optional<String> first, Optional<String> second) {
    /** Those that differ, in this order. */
    static List<Field> differing(
        List<String> order, Map<String, String> first, Map<String, String> second) {
      return order.stream()
          .map(
              name ->
                  new Field(
                      name,
                      Optional.ofNullable(first.get(name)),
                      Optional.ofNullable(second.get(name))))
          .filter(field -> !field.first().equals(field.second()))
          .toList();
    }
  }

  /**
   * An access that a token has on one cluster, and not on the other.
   *
   * @param side where it has it
   * @param elsewhere where it is an access to all databases, those to which the token has it on the
   *     other cluster
   */
  public record Access(Side side, TokenName token, Action action, List<String> elsewhere) {
    public Access {
      elsewhere = List.copyOf(elsewhere);
    }
  }

  /** Compares the policies of two clusters. */
  public static FleetDifference of(
      ClusterName first, Policy firstPolicy, ClusterName second, Policy secondPolicy) {
    Map<TokenName, DesiredToken> one = byName(firstPolicy);
    Map<TokenName, DesiredToken> other = byName(secondPolicy);
    Set<TokenName> names = new TreeSet<>(one.keySet());
    names.addAll(other.keySet());
    List<TokenDifference> tokens = new ArrayList<>();
    for (TokenName name : names) {
      TokenDifference difference =
          difference(
              name, Optional.ofNullable(one.get(name)), Optional.ofNullable(other.get(name)));
      if (!difference.isNone()) {
        tokens.add(difference);
      }
    }
    return new FleetDifference(
        first,
        second,
        tokens,
        names.size() - tokens.size(),
        DatabaseDifference.all(firstPolicy, secondPolicy));
  }

  /** Whether nothing differs. */
  public boolean isEmpty() {
    return tokens.isEmpty() && databases.differing().isEmpty();
  }

  /** How many tokens that differ are there. */
  public int count(Side side) {
    return (int) tokens.stream().filter(token -> token.side() == side).count();
  }

  /**
   * Who has access to what on one cluster alone, by database; {@code *}, which comes first, stands
   * for all databases. An access that follows from one to all databases is not named again.
   */
  public SortedMap<String, List<Access>> byDatabase() {
    SortedMap<String, List<Access>> all = new TreeMap<>(ALL_DATABASES_FIRST);
    for (TokenDifference token : tokens) {
      add(all, Side.FIRST, token.token(), token.onlyFirst(), token.second());
      add(all, Side.SECOND, token.token(), token.onlySecond(), token.first());
    }
    return all;
  }

  private static void add(
      SortedMap<String, List<Access>> all,
      Side side,
      TokenName token,
      Permissions only,
      Permissions elsewhere) {
    for (Permission permission : only) {
      List<String> others =
          permission.coversAllDatabases()
              ? elsewhere.stream()
                  .filter(other -> other.action().equals(permission.action()))
                  .map(Permission::resource)
                  .toList()
              : List.of();
      all.computeIfAbsent(permission.resource(), resource -> new ArrayList<>())
          .add(new Access(side, token, permission.action(), others));
    }
  }

  private static Map<TokenName, DesiredToken> byName(Policy policy) {
    return policy.tokens().stream().collect(Collectors.toMap(DesiredToken::name, token -> token));
  }

  private static TokenDifference difference(
      TokenName name, Optional<DesiredToken> first, Optional<DesiredToken> second) {
    Side side = Side.of(first.isPresent(), second.isPresent());
    return new TokenDifference(name, side, access(first), access(second), fields(first, second));
  }

  /** What a policy gives a token; a revoked one has no access. */
  private static Permissions access(Optional<DesiredToken> token) {
    return token
        .filter(one -> one.lifecycle().revoked().isEmpty())
        .flatMap(DesiredToken::permissions)
        .orElse(Permissions.NONE);
  }

  private static List<Field> fields(Optional<DesiredToken> first, Optional<DesiredToken> second) {
    Map<String, String> one = first.map(FleetDifference::values).orElse(Map.of());
    Map<String, String> other = second.map(FleetDifference::values).orElse(Map.of());
    return Field.differing(ORDER, one, other);
  }

  /** What a policy sets, besides the permissions, as it would write it. */
  private static Map<String, String> values(DesiredToken token) {
    Map<String, String> values = new LinkedHashMap<>();
    put(values, "description", token.description(), Function.identity());
    if (!token.was().isEmpty()) {
      values.put("was", token.was().stream().map(Located::value).collect(Collectors.joining(", ")));
    }
    put(values, "owner", token.owner(), Function.identity());
    Lifecycle life = token.lifecycle();
    if (life.revoked().isPresent()) {
      values.put("state", "revoked");
    } else if (token.permissions().isEmpty()) {
      values.put("permissions", "left as they are");
    }
    if (token.mode() == Mode.ADDITIVE) {
      values.put("mode", token.mode().toString());
    }
    put(values, "reason", life.reason(), Function.identity());
    put(values, "deliver", life.deliver(), Object::toString);
    put(values, "expires", life.expires(), Object::toString);
    life.rotate().ifPresent(rotation -> put(values, rotation));
    return values;
  }

  private static void put(Map<String, String> values, Rotation rotation) {
    rotation.every().map(Durations::text).ifPresent(text -> values.put(ROTATE + "every", text));
    rotation
        .notBefore()
        .map(Instant::toString)
        .ifPresent(text -> values.put(ROTATE + "notBefore", text));
    values.put(ROTATE + "overlap", Durations.text(rotation.overlap()));
    values.put(ROTATE + "park", Durations.text(rotation.park()));
    values.put(ROTATE + "settle", Durations.text(rotation.settle()));
  }

  /** Adds what a policy says, if it says it. */
  static <T> void put(
      Map<String, String> values,
      String name,
      Optional<Located<T>> value,
      Function<? super T, String> text) {
    value.map(Located::value).map(text).ifPresent(known -> values.put(name, known));
  }
}
