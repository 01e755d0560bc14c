package io.tokenform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Mode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t", "\u2003 ", "a\nb", "a\u0000", "\u007fa", "a\u0085"})
  void aNameIsVisibleAndOnOneLine(String text) {
    assertThatThrownBy(() -> new TokenName(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNameHasAtMost128Characters() {
    assertThat(new TokenName("\ud83d\ude00".repeat(128)).value()).hasSize(256);
    assertThatThrownBy(() -> new TokenName("a".repeat(129)))
        .hasMessage("a token's name must have at most 128 characters");
  }

  @Test
  void aCheckedNameIsTheSameName() {
    assertThat(Names.check("caf\u00e9 7", "a role")).isEqualTo("caf\u00e9 7");
    assertThatThrownBy(() -> Names.check(" ", "a role"))
        .hasMessage("a role's name must not be blank");
    assertThatThrownBy(() -> Names.check("a\n", "a role"))
        .hasMessage("a role's name must not contain control characters");
  }

  @Test
  void namesAreOrderedAsTheirText() {
    TokenName upper = new TokenName("B");
    TokenName lower = new TokenName("a");
    TokenName longer = new TokenName("ab");
    assertThat(Stream.of(longer, lower, upper).sorted()).containsExactly(upper, lower, longer);
    assertThat(lower).isEqualTo(new TokenName("a")).isNotEqualTo(longer).hasToString("a");
  }

  @Test
  void aTokenIsFoundByItsIdOrItsDescription() {
    Location where = new Location(new SourceText("p.yaml", ""), 1, 1, 1);
    assertThatThrownBy(
            () ->
                new DesiredToken(
                    new TokenName("a"),
                    where,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Mode.AUTHORITATIVE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
