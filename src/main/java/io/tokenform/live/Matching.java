package io.tokenform.live;

import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Located;
import io.tokenform.finding.Subject;
import io.tokenform.finding.Suggestions;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds the live token that each of the policy's tokens means. */
public final class Matching {
  private final Map<TokenId, Token> byId = new HashMap<>();
  private final Map<String, List<Token>> activeByDescription = new TreeMap<>();
  private final Map<TokenId, DesiredToken> claimed = new HashMap<>();
  private final Set<TokenId> candidates = new HashSet<>();
  private final Map<TokenName, Token> matches = new HashMap<>();
  private final Map<TokenName, Diagnostic> problems = new HashMap<>();
  private final Suggestions descriptions;

  private Matching(Collection<Token> live, Instant now) {
    for (Token token : live) {
      byId.put(token.id(), token);
      if (token.isActive(now)) {
        activeByDescription
            .computeIfAbsent(token.description(), key -> new ArrayList<>())
            .add(token);
      }
    }
    descriptions = new Suggestions(activeByDescription.keySet());
  }

  public static Matching of(Policy policy, Collection<Token> live, Instant now) {
    Matching matching = new Matching(live, now);
    // Ids first: a token found by its description must not take what another names outright.
    policy.tokens().stream().filter(token -> token.id().isPresent()).forEach(matching::match);
    policy.tokens().stream().filter(token -> token.id().isEmpty()).forEach(matching::match);
    return matching;
  }

  /** The live token that is meant, unless there is a problem. */
  public Optional<Token> liveToken(DesiredToken desired) {
    return Optional.ofNullable(matches.get(desired.name()));
  }

  /** Why no live token could be found, if so. */
  public Optional<Diagnostic> problem(DesiredToken desired) {
    return Optional.ofNullable(problems.get(desired.name()));
  }

  /** The policy's token that means a live one, where one does. */
  Optional<DesiredToken> desiredToken(TokenId id) {
    return Optional.ofNullable(claimed.get(id));
  }

  /**
   * Those of some live tokens that no token of the policy means, in their order. One of several
   * that may be meant is none of them.
   */
  public List<Token> unmanaged(Collection<Token> tokens) {
    return tokens.stream()
        .filter(token -> !claimed.containsKey(token.id()) && !candidates.contains(token.id()))
        .toList();
  }

  private void match(DesiredToken desired) {
    Optional<Token> found =
        desired.id().isPresent()
            ? byId(desired, desired.id().get())
            : byDescription(desired, desired.description().orElseThrow());
    found.ifPresent(token -> claim(desired, token));
  }

  private void claim(DesiredToken desired, Token token) {
    DesiredToken first = claimed.putIfAbsent(token.id(), desired);
    if (first == null) {
      matches.put(desired.name(), token);
      return;
    }
    problems.put(
        desired.name(),
        Diagnostic.error(
                Code.TOKEN_MATCHED_TWICE,
                desired.where(),
                "\""
                    + desired.name()
                    + "\" and \""
                    + first.name()
                    + "\" both mean the live token "
                    + token.id())
            .about(Subject.of(desired.name(), token.id()), Subject.of(first.name(), token.id()))
            .alsoAt(first.where())
            .hint("keep one of them, or give each its own id"));
  }

  private Optional<Token> byId(DesiredToken desired, Located<TokenId> id) {
    Optional<Token> found = Optional.ofNullable(byId.get(id.value()));
    if (found.isEmpty()) {
      problems.put(
          desired.name(),
          Diagnostic.error(
                  Code.NO_SUCH_TOKEN,
                  id.where(),
                  "the cluster has no token with the id " + id.value())
              .about(Subject.of(desired.name()))
              .hint(namesake(desired).orElse("check the id, and that this is the right cluster")));
    }
    return found;
  }

  /** What a live token with the description that the policy gives tells about a wrong id. */
  private Optional<String> namesake(DesiredToken desired) {
    return desired
        .description()
        .map(text -> activeByDescription.getOrDefault(text.value(), List.of()))
        .filter(tokens -> !tokens.isEmpty())
        .map(tokens -> "the description is that of " + ids(tokens) + "; is that the one?");
  }

  private Optional<Token> byDescription(DesiredToken desired, Located<String> description) {
    List<Token> tokens = activeByDescription.getOrDefault(description.value(), List.of());
    if (tokens.size() == 1) {
      return Optional.of(tokens.get(0));
    }
    tokens.forEach(token -> candidates.add(token.id()));
    problems.put(
        desired.name(),
        (tokens.isEmpty() ? nobody(description) : several(description, tokens))
            .about(Subject.of(desired.name())));
    return Optional.empty();
  }

  private Diagnostic nobody(Located<String> description) {
    return Diagnostic.error(
            Code.NO_SUCH_TOKEN,
            description.where(),
            "no active token has the description \""
                + description.value()
                + "\", and tokenform does not create tokens yet")
        .hint(
            descriptions
                .hint(description.value())
                .orElse("create it first, or give the id of the token that is meant"));
  }

  private static Diagnostic several(Located<String> description, List<Token> tokens) {
    return Diagnostic.error(
            Code.AMBIGUOUS_DESCRIPTION,
            description.where(),
            tokens.size()
                + " active tokens have the description \""
                + description.value()
                + "\": "
                + ids(tokens))
        .hint("add the id of the one that is meant");
  }

  private static String ids(List<Token> tokens) {
    return tokens.stream()
        .map(Token::id)
        .sorted()
        .map(TokenId::toString)
        .collect(Collectors.joining(", "));
  }
}
