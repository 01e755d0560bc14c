package io.tokenform.live;

import io.tokenform.access.Flag;
import io.tokenform.access.Label;
import io.tokenform.access.LiveDescription;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenListing;
import io.tokenform.access.UnreadableToken;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.Nearest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the one live token that somebody means by its id, by its name in the policy, by its
 * description with or without its label, or by the beginning of its id. What is given whole goes
 * before a beginning, and a name of the policy before a description that is the same text.
 */
public final class TokenSearch {
  /** Fewer digits are more likely a slip than an id. */
  private static final int FEWEST_DIGITS = 4;

  /** The beginning of an id, perhaps as outputs shorten it. */
  private static final Pattern BEGINNING =
      Pattern.compile("(?<id>[0-9a-fA-F][0-9a-fA-F-]{3,35})(?:\u2026|\\.\\.\\.)?");

  private final Collection<Token> live;
  private final List<UnreadableToken> unreadable;
  private final Optional<PolicyNames> names;
  private final boolean withRevoked;
  private final Instant now;

  /**
   * @param live what the cluster has listed
   * @param names the names that a policy has for them, where there is a policy
   * @param withRevoked whether revoked tokens can be found, too
   * @param now the time by which tokens count as expired
   */
  public TokenSearch(
      TokenListing live, Optional<PolicyNames> names, boolean withRevoked, Instant now) {
    this.live = live.tokens();
    this.unreadable = live.unreadable();
    this.names = names;
    this.withRevoked = withRevoked;
    this.now = now;
  }

  /**
   * A token that was found.
   *
   * @param isById whether it was its id that was given, or the beginning of it: that means this one
   *     alone, and none of its other generations
   */
  public record Found(Token token, boolean isById) {}

  /**
   * The token that is meant.
   *
   * @throws NoSuchLiveTokenException if it is none, if it is several, or if it is a revoked one
   *     that was not asked for
   * @throws InvalidPolicyException if a name of the policy means no live token
   */
  public Token find(String text) throws NoSuchLiveTokenException, InvalidPolicyException {
    return search(text).token();
  }

  /**
   * The same, and by what it was found.
   *
   * @throws NoSuchLiveTokenException as {@link #find}
   * @throws InvalidPolicyException as {@link #find}
   */
  public Found search(String text) throws NoSuchLiveTokenException, InvalidPolicyException {
    Optional<TokenId> id = id(text);
    if (id.isPresent()) {
      refuseUnreadable(token -> token.id().equals(id));
      return new Found(allowed(byId(id.get())), true);
    }
    Optional<Token> named = named(text);
    if (named.isPresent()) {
      return new Found(allowed(named.get()), false);
    }
    refuseUnreadable(
        token -> token.description().filter(found -> isDescribedAs(found, text)).isPresent());
    List<Token> described = where(live, token -> isDescribedAs(token.description(), text));
    if (!described.isEmpty()) {
      return new Found(byDescription(text, described), false);
    }
    return new Found(byBeginning(text), true);
  }

  /** The token that a name of the policy means; a revoked one only where such can be found. */
  private Optional<Token> named(String text) throws InvalidPolicyException {
    if (names.isEmpty()) {
      return Optional.empty();
    }
    Optional<Token> revoked = withRevoked ? names.get().revokedToken(text) : Optional.empty();
    return revoked.isPresent() ? revoked : names.get().liveToken(text);
  }

  private static boolean isDescribedAs(String description, String text) {
    return description.equals(text) || LiveDescription.parse(description).text().equals(text);
  }

  /** What may be meant and cannot be read is neither found nor passed over. */
  private void refuseUnreadable(Predicate<UnreadableToken> isMeant)
      throws NoSuchLiveTokenException {
    Optional<UnreadableToken> found = unreadable.stream().filter(isMeant).findFirst();
    if (found.isPresent()) {
      throw new NoSuchLiveTokenException(
          found.get().name() + " cannot be read: " + found.get().why(),
          found
                  .get()
                  .atWorst()
                  .map(
                      token ->
                          "to take all its access: tokenform token revoke " + token.id() + "; ")
                  .orElse("")
              + SetAside.HINT);
    }
  }

  /** The one that cannot be read and is not revoked, whose id or the beginning of it is given. */
  public Optional<UnreadableToken> unreadable(String text) {
    Matcher matcher = BEGINNING.matcher(text);
    String beginning = matcher.matches() ? matcher.group("id").toLowerCase(Locale.ROOT) : "";
    if (beginning.replace("-", "").length() < FEWEST_DIGITS
        || !where(live, token -> token.id().toString().startsWith(beginning)).isEmpty()) {
      return Optional.empty();
    }
    List<UnreadableToken> found =
        unreadable.stream()
            .filter(
                token -> token.id().filter(id -> id.toString().startsWith(beginning)).isPresent())
            .toList();
    return found.size() == 1 && !found.get(0).isRevoked()
        ? Optional.of(found.get(0))
        : Optional.empty();
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

  /**
   * The token that works and has the description; if none works, one that does not. One in use goes
   * before one with a label, and of those one that was parked before the others.
   */
  private Token byDescription(String text, List<Token> all) throws NoSuchLiveTokenException {
    List<Token> found = preferred(text, where(all, token -> token.isActive(now)));
    if (found.isEmpty()) {
      found = preferred(text, where(all, token -> withRevoked || !token.isRevoked()));
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

  private static List<Token> preferred(String text, List<Token> tokens) {
    List<Token> exact = where(tokens, token -> token.description().equals(text));
    if (!exact.isEmpty()) {
      return exact;
    }
    List<Token> parked =
        where(tokens, token -> LiveDescription.parse(token.description()).has(Label.Parked.class));
    return parked.isEmpty() ? tokens : parked;
  }

  private Token byBeginning(String text) throws NoSuchLiveTokenException {
    Matcher matcher = BEGINNING.matcher(text);
    String beginning = matcher.matches() ? matcher.group("id").toLowerCase(Locale.ROOT) : "";
    if (beginning.replace("-", "").length() < FEWEST_DIGITS) {
      throw nobody(text);
    }
    refuseUnreadable(
        token -> token.id().filter(id -> id.toString().startsWith(beginning)).isPresent());
    List<Token> all = where(live, token -> token.id().toString().startsWith(beginning));
    List<Token> found = where(all, token -> withRevoked || !token.isRevoked());
    if (found.size() > 1) {
      throw new NoSuchLiveTokenException(
          "the ids of " + found.size() + " tokens begin with " + beginning + ": " + listed(found),
          "give more of the id of the one that is meant");
    }
    if (found.size() == 1) {
      return found.get(0);
    }
    throw all.isEmpty() ? nobody(text) : revoked(all.get(0));
  }

  private static String listed(List<Token> tokens) {
    return tokens.stream()
        .sorted(TokenOrder.ID.comparator())
        .map(token -> token.id() + " (\"" + token.description() + "\")")
        .collect(Collectors.joining(", "));
  }

  private NoSuchLiveTokenException nobody(String text) {
    TreeSet<String> candidates = new TreeSet<>(names.map(PolicyNames::names).orElse(List.of()));
    live.stream()
        .filter(token -> withRevoked || !token.isRevoked())
        .forEach(token -> candidates.add(LiveDescription.parse(token.description()).text()));
    return new NoSuchLiveTokenException(
        "no token has the id"
            + (names.isPresent() ? ", the name in the policy" : "")
            + " or the description \""
            + text
            + "\"",
        Nearest.hint(text, candidates).orElse("tokenform token list shows all"));
  }

  private static List<Token> where(Collection<Token> tokens, Predicate<Token> condition) {
    return tokens.stream().filter(condition).toList();
  }

  private static String ids(List<Token> tokens) {
    return tokens.stream()
        .map(token -> token.id().toString())
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
