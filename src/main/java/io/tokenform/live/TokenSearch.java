package io.tokenform.live;

import io.tokenform.access.Flag;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.Nearest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds the one live token that somebody means by its id, by its name in the policy, or by its
 * description. A name of the policy goes before a description that is the same text.
 */
public final class TokenSearch {
  private final Collection<Token> live;
  private final Optional<PolicyNames> names;
  private final boolean withRevoked;
  private final Instant now;

  /**
   * @param live all tokens of the cluster, in any order
   * @param names the names that a policy has for them, where there is a policy
   * @param withRevoked whether revoked tokens can be found, too
   * @param now the time by which tokens count as expired
   */
  public TokenSearch(
      Collection<Token> live, Optional<PolicyNames> names, boolean withRevoked, Instant now) {
    this.live = live;
    this.names = names;
    this.withRevoked = withRevoked;
    this.now = now;
  }

  /**
   * The token that is meant.
   *
   * @throws NoSuchLiveTokenException if it is none, if it is several, or if it is a revoked one
   *     that was not asked for
   * @throws InvalidPolicyException if a name of the policy means no live token
   */
  public Token find(String text) throws NoSuchLiveTokenException, InvalidPolicyException {
    Optional<TokenId> id = id(text);
    if (id.isPresent()) {
      return allowed(byId(id.get()));
    }
    Optional<Token> named =
        names.isPresent() ? names.get().liveToken(text) : Optional.<Token>empty();
    return named.isPresent() ? allowed(named.get()) : byDescription(text);
  }

  private static Optional<TokenId> id(String text) {
    try {
      return Optional.of(TokenId.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Token byId(TokenId id) throws NoSuchLiveTokenException {
    return live.stream()
        .filter(token -> token.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new NoSuchLiveTokenException(
                    "the cluster has no token with the id " + id,
                    "check the id, and that this is the right cluster"));
  }

  private Token allowed(Token token) throws NoSuchLiveTokenException {
    if (token.isRevoked() && !withRevoked) {
      throw revoked(token);
    }
    return token;
  }

  private static NoSuchLiveTokenException revoked(Token token) {
    return new NoSuchLiveTokenException(
        "the token " + token.id() + " was revoked at " + token.revokedAt().orElseThrow(),
        Flag.INCLUDE_REVOKED + " shows it");
  }

  /** The token that works and has the description; if none works, one that does not. */
  private Token byDescription(String text) throws NoSuchLiveTokenException {
    List<Token> all = live.stream().filter(token -> token.description().equals(text)).toList();
    List<Token> found = where(all, token -> token.isActive(now));
    if (found.isEmpty()) {
      found = where(all, token -> withRevoked || !token.isRevoked());
    }
    if (found.size() == 1) {
      return found.get(0);
    }
    if (found.size() > 1) {
      throw new NoSuchLiveTokenException(
          found.size() + " tokens have the description \"" + text + "\": " + ids(found),
          "give the id of the one that is meant");
    }
    if (all.size() == 1) {
      throw revoked(all.get(0));
    }
    if (!all.isEmpty()) {
      throw new NoSuchLiveTokenException(
          "the tokens with the description \"" + text + "\" were all revoked: " + ids(all),
          Flag.INCLUDE_REVOKED + " with an id shows one of them");
    }
    throw nobody(text);
  }

  private NoSuchLiveTokenException nobody(String text) {
    TreeSet<String> candidates = new TreeSet<>(names.map(PolicyNames::names).orElse(List.of()));
    live.stream()
        .filter(token -> withRevoked || !token.isRevoked())
        .forEach(token -> candidates.add(token.description()));
    return new NoSuchLiveTokenException(
        "no token has the id"
            + (names.isPresent() ? ", the name in the policy" : "")
            + " or the description \""
            + text
            + "\"",
        Nearest.hint(text, candidates).orElse("tokenform token list shows all"));
  }

  private static List<Token> where(List<Token> tokens, Predicate<Token> condition) {
    return tokens.stream().filter(condition).toList();
  }

  private static String ids(List<Token> tokens) {
    return tokens.stream()
        .map(token -> token.id().toString())
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
