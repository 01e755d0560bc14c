package io.tokenform.live;

import static io.tokenform.live.LiveTokens.NOW;
import static io.tokenform.live.LiveTokens.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenOrderTest {
  private static final Optional<Instant> UNKNOWN = Optional.empty();
  private static final Optional<Instant> NEVER = Optional.empty();
  private static final Optional<Instant> EARLY = Optional.of(NOW);
  private static final Optional<Instant> LATE = Optional.of(NOW.plusSeconds(1));

  private static final List<Token> LIVE =
      List.of(
          token(5, "b", LATE, EARLY),
          token(2, "a", UNKNOWN, LATE),
          token(4, "a", EARLY, NEVER),
          token(3, "c", EARLY, NEVER),
          token(1, "d", UNKNOWN, EARLY));

  @Test
  void tokensStandInTheOrderOfTheirFieldAndThenOfTheirIds() {
    assertThat(sorted(TokenOrder.ID)).containsExactly(id(1), id(2), id(3), id(4), id(5));
    assertThat(sorted(TokenOrder.DESCRIPTION)).containsExactly(id(2), id(4), id(5), id(3), id(1));
  }

  @Test
  void theOldestComesFirstAndWhatHasNoKnownAgeLast() {
    assertThat(sorted(TokenOrder.CREATED)).containsExactly(id(3), id(4), id(5), id(1), id(2));
  }

  @Test
  void whatExpiresFirstComesFirstAndWhatNeverDoesLast() {
    assertThat(sorted(TokenOrder.EXPIRES)).containsExactly(id(1), id(5), id(2), id(3), id(4));
  }

  @Test
  void eachOrderHasItsWord() {
    assertThat(Arrays.stream(TokenOrder.values()).map(TokenOrder::toString))
        .containsExactly("id", "description", "created", "expires");
  }

  private static List<TokenId> sorted(TokenOrder order) {
    return LIVE.stream().sorted(order.comparator()).map(Token::id).toList();
  }

  private static Token token(
      int number, String description, Optional<Instant> createdAt, Optional<Instant> expiresAt) {
    return new Token(
        id(number), description, Permissions.NONE, createdAt, expiresAt, Optional.empty());
  }
}
