package io.tokenform.expect;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.TokenName;
import io.tokenform.access.UnreadableToken;
import io.tokenform.finding.Located;
import io.tokenform.finding.Suggestions;
import io.tokenform.live.Live;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Mode;
import io.tokenform.policy.Policy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** Who may do what at one time. */
public final class World {
  private final List<Holder> holders;
  private final List<TokenName> names;
  private final NavigableSet<String> databases = new TreeSet<>();
  private final Optional<Policy> policy;
  private final boolean isWhole;
  private final List<UnreadableToken> unreadable;
  private final Map<String, String> renames;
  private final Suggestions nearNames;
  private final Suggestions nearDatabases;

  private World(
      List<Holder> holders,
      Optional<Policy> policy,
      Collection<String> liveDatabases,
      List<UnreadableToken> unreadable,
      Map<String, String> renames,
      boolean isWhole) {
    this.holders = List.copyOf(holders);
    this.policy = policy;
    this.names = policy.map(World::names).orElse(List.of());
    this.isWhole = isWhole;
    this.unreadable = unreadable.stream().filter(token -> !token.isRevoked()).toList();
    this.renames = renames;
    databases.addAll(liveDatabases);
    for (Holder holder : holders) {
      for (Permission permission : holder.permissions()) {
        databases.add(permission.resource());
      }
    }
    databases.remove(Permission.ALL_DATABASES);
    nearNames = new Suggestions(names.stream().map(TokenName::value).toList());
    nearDatabases = new Suggestions(databases);
  }

  /**
   * That of a cluster.
   *
   * @param holders all working tokens
   * @param policy the policy that has names for them, where there is one
   * @param live its databases, and the tokens of which nobody knows what they may do
   */
  public static World of(List<Holder> holders, Optional<Policy> policy, Live live) {
    return of(holders, policy, live, Map.of());
  }

  /**
   * That of a cluster once some databases have other names.
   *
   * @param live with the new names
   * @param renames these, by the old ones
   */
  public static World of(
      List<Holder> holders, Optional<Policy> policy, Live live, Map<String, String> renames) {
    return new World(holders, policy, live.databases(), live.listing().unreadable(), renames, true);
  }

  /**
   * That of a policy alone. What a token may do is known where the policy says all of it; of other
   * tokens and of the cluster's databases nothing is.
   */
  public static World of(Policy policy) {
    List<Holder> holders = new ArrayList<>();
    for (DesiredToken token : policy.tokens()) {
      if (token.lifecycle().revoked().isEmpty()) {
        Optional<Permissions> permissions = token.permissions();
        holders.add(
            new Holder(
                Optional.of(token),
                token.id().map(Located::value),
                token.description().map(Located::value).orElse(""),
                Optional.empty(),
                permissions.orElse(Permissions.NONE),
                permissions.isPresent() && token.mode() == Mode.AUTHORITATIVE));
      }
    }
    return new World(holders, Optional.of(policy), List.of(), List.of(), Map.of(), false);
  }

  /** The names of those that are to live. */
  private static List<TokenName> names(Policy policy) {
    return policy.tokens().stream()
        .filter(token -> token.lifecycle().revoked().isEmpty())
        .map(DesiredToken::name)
        .toList();
  }

  /** All working tokens. */
  List<Holder> holders() {
    return holders;
  }

  /** The names that the policy has for tokens that are to live, whether they do or not. */
  List<TokenName> names() {
    return names;
  }

  /**
   * Whether a pattern fits tokens of other clusters of the fleet, and none that the policy has:
   * nobody expects them here.
   */
  boolean isElsewhere(String pattern) {
    return policy.isPresent()
        && policy.get().fleet().stream().anyMatch(name -> Patterns.fits(pattern, name))
        && policy.get().tokens().stream().noneMatch(token -> Patterns.fits(pattern, token.name()));
  }

  /** The databases that the cluster has, and those that a permission names, by name. */
  NavigableSet<String> databases() {
    return databases;
  }

  /** Whether all tokens and databases are known, and not those of a policy alone. */
  boolean isWhole() {
    return isWhole;
  }

  /** The live tokens that cannot be read, and may do anything. */
  List<UnreadableToken> unreadable() {
    return unreadable;
  }

  /** The new names of the databases that got them with what led to this world, by the old ones. */
  Map<String, String> renames() {
    return renames;
  }

  Suggestions nearNames() {
    return nearNames;
  }

  Suggestions nearDatabases() {
    return nearDatabases;
  }
}
