package io.tokenform.report.access;

import io.tokenform.access.Action;
import io.tokenform.access.Label;
import io.tokenform.access.Permission;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenStatus;
import io.tokenform.history.Gift;
import io.tokenform.history.Provenance;
import io.tokenform.live.Generations;
import io.tokenform.live.Live;
import io.tokenform.live.PolicyNames;
import io.tokenform.live.Snapshot;
import io.tokenform.live.TokenOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Who may read and write what on one cluster.
 *
 * @param origin where the facts come from
 * @param tokens the tokens that work, by description and id
 * @param gone the tokens that worked at the time of the earlier snapshot and do not work now, in
 *     the same order; empty where there is no earlier snapshot
 * @param all who can read and write all databases, present and future
 * @param databases those that the cluster has, and those that permissions name, by name
 * @param glance the numbers
 */
public record ClusterAccess(
    Origin origin,
    List<ReportedToken> tokens,
    List<ReportedToken> gone,
    DatabaseAccess all,
    List<DatabaseAccess> databases,
    Glance glance) {
  public ClusterAccess {
    Objects.requireNonNull(origin, "origin");
    tokens = List.copyOf(tokens);
    gone = List.copyOf(gone);
    Objects.requireNonNull(all, "all");
    databases = List.copyOf(databases);
    Objects.requireNonNull(glance, "glance");
  }

  /**
   * Finds the facts.
   *
   * @param names the names that a policy has for the tokens, where there is a policy
   * @param now by this time tokens have expired, or are about to
   */
  public static ClusterAccess of(Origin origin, Optional<PolicyNames> names, Instant now) {
    List<Token> live = origin.live().live().tokens();
    List<Token> working = working(live, now);
    Map<TokenId, Token> then = new HashMap<>();
    origin
        .since()
        .ifPresent(
            since ->
                working(since.live().tokens(), since.takenAt())
                    .forEach(token -> then.put(token.id(), token)));
    Set<TokenId> unmanaged =
        names.stream()
            .flatMap(policy -> policy.unmanaged(working).stream())
            .map(Token::id)
            .collect(Collectors.toSet());
    List<ReportedToken> tokens = new ArrayList<>();
    for (Token token : working) {
      tokens.add(
          new ReportedToken(
              origin.cluster(),
              token,
              Generations.label(token).map(Label::word).orElse(TokenStatus.ACTIVE.toString()),
              names.flatMap(policy -> policy.desiredToken(token.id())),
              names.map(policy -> standing(policy, token.id(), unmanaged)),
              origin.since().flatMap(since -> change(then.get(token.id()), token)),
              origin.past().map(past -> past.history().of(token)).orElse(List.of())));
    }
    List<ReportedToken> gone = gone(then, origin, names, now);
    Set<String> known = Set.copyOf(origin.live().live().databases());
    List<DatabaseAccess> databases = databases(tokens, origin, known);
    DatabaseAccess all =
        new DatabaseAccess(
            Permission.ALL_DATABASES,
            true,
            false,
            where(tokens, token -> token.hasAll(Action.READ)),
            where(tokens, token -> token.hasAll(Action.WRITE)));
    return new ClusterAccess(
        origin,
        tokens,
        gone,
        all,
        databases,
        glance(
            tokens,
            all,
            databases,
            now,
            new LeftOut(live.size() - tokens.size(), unreadable(origin.live().live())),
            names.isPresent()));
  }

  /** Whether there is a policy that could name tokens. */
  public boolean hasPolicy() {
    return !origin.policyFiles().isEmpty();
  }

  /** The tokens that work, and then those that are gone. */
  List<ReportedToken> rows() {
    List<ReportedToken> rows = new ArrayList<>(tokens);
    rows.addAll(gone);
    return rows;
  }

  /** The names of databases that permissions name and that the cluster does not have. */
  Set<String> dangling() {
    return databases.stream()
        .filter(database -> !database.isLive())
        .map(DatabaseAccess::name)
        .collect(Collectors.toSet());
  }

  /** How many tokens have a change of this kind; one of both kinds counts as wider and narrower. */
  int changed(AccessChange.Kind kind) {
    return where(rows(), token -> token.change().filter(known -> known.kind() == kind).isPresent())
        .size();
  }

  /** How many tokens of the policy can do more than it gives them. */
  int beyondPolicy() {
    return count(tokens, token -> !token.beyondPolicy().isEmpty());
  }

  /** How many tokens of the policy cannot do all that it gives them. */
  int belowPolicy() {
    return count(tokens, token -> !token.belowPolicy().isEmpty());
  }

  /** One change of each journal that gave something of what is there now, oldest first. */
  List<Gift> gifts() {
    Map<String, Gift> gifts = new HashMap<>();
    for (ReportedToken token : tokens) {
      for (Provenance known : token.past()) {
        known.gift().ifPresent(gift -> gifts.put(gift.journal(), gift));
      }
    }
    return gifts.values().stream()
        .sorted(
            Comparator.comparing((Gift gift) -> gift.header().startedAt())
                .thenComparing(Gift::journal))
        .toList();
  }

  /** How many tokens have a permission that came between two looks, and no journal says how. */
  int unexplained() {
    return count(tokens, ReportedToken::isUnexplained);
  }

  private static List<Token> working(Collection<Token> tokens, Instant now) {
    return tokens.stream()
        .filter(token -> token.isActive(now))
        .sorted(TokenOrder.DESCRIPTION.comparator())
        .toList();
  }

  private static Standing standing(PolicyNames policy, TokenId id, Set<TokenId> unmanaged) {
    if (policy.desiredToken(id).isPresent()) {
      return Standing.MANAGED;
    }
    return unmanaged.contains(id) ? Standing.UNMANAGED : Standing.AMBIGUOUS;
  }

  private static Optional<AccessChange> change(Token then, Token now) {
    return then == null
        ? Optional.of(AccessChange.appeared(now))
        : AccessChange.between(then.permissions(), now.permissions());
  }

  private static List<ReportedToken> gone(
      Map<TokenId, Token> then, Origin origin, Optional<PolicyNames> names, Instant now) {
    Map<TokenId, Token> byId = new HashMap<>();
    origin.live().live().tokens().forEach(token -> byId.put(token.id(), token));
    List<ReportedToken> gone = new ArrayList<>();
    for (Token token : then.values()) {
      Optional<Token> left = Optional.ofNullable(byId.get(token.id()));
      if (left.filter(still -> still.isActive(now)).isEmpty()) {
        gone.add(
            new ReportedToken(
                origin.cluster(),
                token,
                left.map(still -> still.status(now).toString()).orElse("gone"),
                names.flatMap(policy -> policy.desiredToken(token.id())),
                Optional.empty(),
                Optional.of(AccessChange.vanished(token)),
                List.of()));
      }
    }
    gone.sort(Comparator.comparing(ReportedToken::token, TokenOrder.DESCRIPTION.comparator()));
    return gone;
  }

  private static List<DatabaseAccess> databases(
      List<ReportedToken> tokens, Origin origin, Set<String> live) {
    Map<String, List<ReportedToken>> readers = new TreeMap<>();
    Map<String, List<ReportedToken>> writers = new TreeMap<>();
    Set<String> named = new HashSet<>(live);
    for (ReportedToken token : tokens) {
      for (Permission permission : token.permissions()) {
        if (!permission.coversAllDatabases()) {
          named.add(permission.resource());
          if (permission.action().isDocumented()) {
            (permission.action().equals(Action.READ) ? readers : writers)
                .computeIfAbsent(permission.resource(), key -> new ArrayList<>())
                .add(token);
          }
        }
      }
    }
    Optional<Set<String>> before =
        origin.since().map(Snapshot::live).map(then -> Set.copyOf(then.databases()));
    return named.stream()
        .sorted()
        .map(
            name ->
                new DatabaseAccess(
                    name,
                    live.contains(name),
                    live.contains(name)
                        && before.filter(names -> !names.contains(name)).isPresent(),
                    readers.getOrDefault(name, List.of()),
                    writers.getOrDefault(name, List.of())))
        .toList();
  }

  /** How many tokens the report leaves out, and why. */
  private record LeftOut(int ended, int unreadable) {}

  /** Those of which it is not certain that they were revoked. */
  private static int unreadable(Live live) {
    return (int) live.listing().unreadable().stream().filter(token -> !token.isRevoked()).count();
  }

  private static Glance glance(
      List<ReportedToken> tokens,
      DatabaseAccess all,
      List<DatabaseAccess> databases,
      Instant now,
      LeftOut leftOut,
      boolean hasPolicy) {
    Set<String> gone =
        databases.stream()
            .filter(database -> !database.isLive())
            .map(DatabaseAccess::name)
            .collect(Collectors.toSet());
    return new Glance(
        tokens.size(),
        all.writers().size(),
        all.readers().size(),
        count(tokens, token -> token.expiresWithin(AccessReport.SOON, now)),
        count(tokens, token -> token.token().expiresAt().isEmpty()),
        hasPolicy ? OptionalInt.of(standing(tokens, Standing.UNMANAGED)) : OptionalInt.empty(),
        hasPolicy ? OptionalInt.of(standing(tokens, Standing.AMBIGUOUS)) : OptionalInt.empty(),
        count(tokens, token -> !token.on(gone).isEmpty()),
        state(tokens, "parked"),
        state(tokens, "retiring") + state(tokens, "retired"),
        state(tokens, "pending"),
        databases.size() - gone.size(),
        gone.size(),
        leftOut.ended(),
        leftOut.unreadable());
  }

  private static int standing(List<ReportedToken> tokens, Standing standing) {
    return count(tokens, token -> token.standing().filter(standing::equals).isPresent());
  }

  private static int state(List<ReportedToken> tokens, String word) {
    return count(tokens, token -> token.state().equals(word));
  }

  private static int count(List<ReportedToken> tokens, Predicate<ReportedToken> condition) {
    return (int) tokens.stream().filter(condition).count();
  }

  private static List<ReportedToken> where(
      List<ReportedToken> tokens, Predicate<ReportedToken> condition) {
    return tokens.stream().filter(condition).toList();
  }
}
