package io.tokenform.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void aTokenIsActiveUntilTheVeryMomentOfItsExpiry() {
    Token token = token(Optional.of(NOW), Optional.empty());
    assertThat(token.isActive(NOW.minusNanos(1))).isTrue();
    assertThat(token.isActive(NOW)).isFalse();
    assertThat(token.isExpired(NOW)).isTrue();
  }

  @Test
  void aTokenWithoutExpiryNeverExpires() {
    assertThat(token(Optional.empty(), Optional.empty()).isActive(Instant.MAX)).isTrue();
  }

  @Test
  void aRevokedTokenIsNeverActive() {
    Token token = token(Optional.empty(), Optional.of(NOW));
    assertThat(token.isRevoked()).isTrue();
    assertThat(token.isActive(NOW.minusSeconds(1))).isFalse();
    assertThat(token.isExpired(NOW)).isFalse();
  }

  @Test
  void whatWasRevokedIsNotCalledExpired() {
    Optional<Instant> past = Optional.of(NOW);
    assertThat(token(Optional.empty(), Optional.empty()).status(NOW)).hasToString("active");
    assertThat(token(past, Optional.empty()).status(NOW)).hasToString("expired");
    assertThat(token(past, past).status(NOW)).hasToString("revoked");
  }

  private static Token token(Optional<Instant> expiresAt, Optional<Instant> revokedAt) {
    TokenId id = TokenId.parse("55555555-5555-4555-8555-555555555555");
    return new Token(id, "d", Permissions.NONE, expiresAt, revokedAt);
  }
}
