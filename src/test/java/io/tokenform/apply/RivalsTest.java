package io.tokenform.apply;

import static io.tokenform.apply.Changes.NOW;
import static io.tokenform.apply.Changes.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which of two applies that make the same token gives way. */
class RivalsTest {
  private static final Token OWN = token(5, "pending aaaaaaaaaaaa", NOW);

  private static Token token(int number, String label, Instant made) {
    return new Token(
        id(number),
        label.isEmpty() ? "Edge" : "Edge (tokenform: " + label + ")",
        Permissions.NONE,
        Optional.ofNullable(made),
        Optional.empty(),
        Optional.empty());
  }

  private static Optional<TokenId> rival(Token... others) {
    return rival(Set.of(), others);
  }

  private static Optional<TokenId> rival(Set<TokenId> known, Token... others) {
    List<Token> all = new ArrayList<>(List.of(others));
    all.add(OWN);
    return Rivals.of(all, OWN, known).map(Token::id);
  }

  @Test
  void aTokenAloneHasNoRival() {
    assertThat(rival()).isEmpty();
  }

  @Test
  void oneInUseThatThePlanDidNotKnowIsARivalHoweverOld() {
    assertThat(rival(token(1, "", NOW.plusSeconds(9)))).contains(id(1));
    assertThat(rival(token(1, "", null))).contains(id(1));
    assertThat(rival(Set.of(id(1)), token(1, "", NOW))).isEmpty();
  }

  @Test
  void anotherThatIsBeingMadeIsARivalUnlessItIsYounger() {
    assertThat(rival(token(1, "pending bbbbbbbbbbbb", NOW.minusMillis(1)))).contains(id(1));
    assertThat(rival(token(1, "pending bbbbbbbbbbbb", NOW))).contains(id(1));
    assertThat(rival(token(9, "pending bbbbbbbbbbbb", NOW))).contains(id(9));
    assertThat(rival(token(1, "pending bbbbbbbbbbbb", NOW.plusMillis(1)))).isEmpty();
    assertThat(rival(token(1, "pending bbbbbbbbbbbb", null))).contains(id(1));
    assertThat(rival(Set.of(id(1)), token(1, "pending bbbbbbbbbbbb", NOW))).isEmpty();
  }

  @Test
  void oldTokensAreNone() {
    assertThat(
            rival(
                token(1, "retiring until 2026-02-01T00:00:00Z", NOW.minusSeconds(9)),
                token(2, "retired until 2026-02-01T00:00:00Z", NOW.minusSeconds(9)),
                token(3, "parked 2026-01-01T00:00:00Z INC-42", NOW.minusSeconds(9))))
        .isEmpty();
  }

  @Test
  void ofSeveralTheSameOneIsNamedWhateverTheirOrder() {
    assertThat(rival(token(3, "", NOW), token(2, "", NOW))).contains(id(2));
    assertThat(rival(token(2, "", NOW), token(3, "", NOW))).contains(id(2));
  }
}
