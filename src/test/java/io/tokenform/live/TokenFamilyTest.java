package io.tokenform.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which live tokens are generations of one. */
class TokenFamilyTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String RETIRING = " (tokenform: retiring until 2026-02-01T00:00:00Z)";

  private static final Token USED = token(1, "a", Optional.empty());
  private static final Token OLD = token(2, "a" + RETIRING, Optional.empty());
  private static final Token REVOKED = token(3, "a" + RETIRING, Optional.of(NOW));
  private static final Token OTHER = token(4, "b", Optional.empty());
  private static final Token NAMESAKE = token(5, "a", Optional.empty());

  private static Token token(int number, String description, Optional<Instant> revoked) {
    return new Token(
        TokenId.parse("00000000-0000-4000-8000-%012d".formatted(number)),
        description,
        Permissions.NONE,
        Optional.empty(),
        revoked);
  }

  @Test
  void theOthersDifferInTheirLabelsAlone() {
    List<Token> live = List.of(OTHER, REVOKED, OLD, USED);

    assertThat(TokenFamily.of(USED, live, NOW).all()).containsExactly(USED, OLD);
    assertThat(TokenFamily.of(OLD, live, NOW).all()).containsExactly(OLD, USED);
    assertThat(TokenFamily.of(OLD, live, NOW).text()).isEqualTo("a");
  }

  @Test
  void whereTwoAreInUseNobodyKnowsWhoseTheOthersAre() {
    List<Token> live = List.of(USED, NAMESAKE, OLD);

    assertThat(TokenFamily.of(USED, live, NOW).others()).isEmpty();
    assertThat(TokenFamily.of(OLD, live, NOW).others()).isEmpty();
  }
}
