package io.tokenform.plan.verb;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenListing;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.SourceText;
import io.tokenform.live.PolicyNames;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Policy;
import io.tokenform.policy.PolicyParser;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Live tokens by small numbers, and what a policy says of them. */
final class VerbWorld {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private VerbWorld() {}

  static TokenId id(int number) {
    return TokenId.parse("00000000-0000-4000-8000-%012d".formatted(number));
  }

  static Token token(int number, String description, Permission... permissions) {
    return new Token(
        id(number), description, Permissions.of(permissions), Optional.empty(), Optional.empty());
  }

  static Named named(Token token) {
    return new Named(token, Optional.empty());
  }

  static Policy policy(String tokens) throws InvalidPolicyException {
    return PolicyParser.parse(new SourceText("tokens.yaml", "version: 1\ntokens:\n" + tokens));
  }

  /** A token as a policy names it. */
  static Named named(Token token, Policy policy, List<Token> live) {
    return new Named(
        token, PolicyNames.of(policy, TokenListing.of(live), NOW).desiredToken(token.id()));
  }

  /** What a verb's policy says, a token a line. */
  static List<String> lines(Policy policy) {
    return policy.tokens().stream().map(VerbWorld::line).toList();
  }

  private static String line(DesiredToken desired) {
    return desired.name()
        + desired
            .id()
            .map(id -> " " + Integer.parseInt(id.value().toString().substring(24)))
            .orElse("")
        + desired.description().map(text -> " \"" + text.value() + "\"").orElse("")
        + desired.permissions().map(set -> " " + set).orElse("")
        + desired.lifecycle().deliver().map(sink -> " to " + sink.value()).orElse("")
        + desired.lifecycle().expires().map(end -> " expires " + end.value()).orElse("")
        + desired.lifecycle().revoked().map(where -> " revoked").orElse("");
  }
}
