package io.tokenform.live;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.SourceText;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Policy;
import io.tokenform.policy.PolicyParser;
import java.time.Instant;
import java.util.Optional;

/** Live tokens by small numbers, and policies for them, for the tests of this package. */
final class LiveTokens {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private LiveTokens() {}

  /** The id whose last group is this number. */
  static TokenId id(int number) {
    return TokenId.parse("00000000-0000-4000-8000-%012d".formatted(number));
  }

  static Token active(int number, String description, Permission... permissions) {
    return token(number, description, Optional.empty(), Optional.empty(), permissions);
  }

  static Token expired(int number, String description) {
    return token(number, description, Optional.of(NOW), Optional.empty());
  }

  static Token revoked(int number, String description) {
    return token(number, description, Optional.empty(), Optional.of(NOW));
  }

  private static Token token(
      int number,
      String description,
      Optional<Instant> expiresAt,
      Optional<Instant> revokedAt,
      Permission... permissions) {
    return new Token(id(number), description, Permissions.of(permissions), expiresAt, revokedAt);
  }

  /** The policy of a file with this text behind its version. */
  static Policy policy(String text) throws InvalidPolicyException {
    return PolicyParser.parse(new SourceText("tokens.yaml", "version: 1\n" + text));
  }

  /** What a policy says of the token with this name. */
  static DesiredToken desired(Policy policy, String name) {
    return policy.tokens().stream()
        .filter(token -> token.name().value().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
