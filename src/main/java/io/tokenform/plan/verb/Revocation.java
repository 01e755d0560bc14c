package io.tokenform.plan.verb;

import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Policy;
import io.tokenform.policy.UnwrittenPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Live tokens that somebody wants revoked, in the order in which they were named. */
public final class Revocation {
  private final Map<TokenId, Named> wanted = new LinkedHashMap<>();

  /** Adds a token; one that is there already is not added again. */
  public void add(Named token) {
    wanted.putIfAbsent(token.token().id(), token);
  }

  /** Those that are revoked already. */
  public List<Token> done() {
    return wanted.values().stream().map(Named::token).filter(Token::isRevoked).toList();
  }

  /** Those that are not revoked yet. */
  public List<Named> open() {
    return wanted.values().stream().filter(named -> !named.token().isRevoked()).toList();
  }

  /** The policy that wants it of those that are not revoked yet. */
  public Policy policy() {
    List<DesiredToken> tokens = new ArrayList<>();
    Set<TokenName> names = new HashSet<>();
    for (Named named : open()) {
      TokenName name = names.add(named.name()) ? named.name() : Typed.byId(named.token());
      tokens.add(UnwrittenPolicy.revoked(name, named.token().id(), Typed.WHERE));
    }
    return UnwrittenPolicy.of(Typed.SOURCE, tokens);
  }
}
