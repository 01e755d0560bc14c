package io.tokenform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenIdTest {
  @Test
  void upperCaseIsTheSameIdAndIsShownInLowerCase() {
    TokenId id = TokenId.parse("ABCDEF01-2345-6789-ABCD-EF0123456789");
    assertThat(id).isEqualTo(TokenId.parse("abcdef01-2345-6789-abcd-ef0123456789"));
    assertThat(id).isNotEqualTo(TokenId.parse("abcdef01-2345-6789-abcd-ef0123456788"));
    assertThat(id).hasToString("abcdef01-2345-6789-abcd-ef0123456789");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-1-1-1-1",
        "abcdef0123456789abcdef0123456789",
        "abcdef012345-6789-abcd-ef01-23456789",
        "abcdef01-2345-6789-abcd-ef012345678",
        "abcdef01-2345-6789-abcd-ef01234567890",
        "abcdef01-2345-6789-abcd-ef012345678g",
        "abcdef01-2345-6789-abcd_ef0123456789",
        " abcdef01-2345-6789-abcd-ef012345678",
        "abcdef01-2345-6789-abcd-ef0123456789\n",
        "{abcdef01-2345-6789-abcd-ef01234567}",
        "abcdef01-2345-6789-abcd-ef012345678\uff11",
        "\uff41bcdef01-2345-6789-abcd-ef0123456789",
        "abcdef01-2345-6789-abcd-ef012345678\u0661",
        "-bcdef01-2345-6789-abcd-ef0123456789",
        "+bcdef01-2345-6789-abcd-ef0123456789",
      })
  void whatIsNotCanonicalIsRefused(String text) {
    assertThatThrownBy(() -> TokenId.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a UUID of the form 8-4-4-4-12");
  }

  @Test
  void idsAreOrderedAsTheirText() {
    TokenId low = TokenId.parse("00000000-0000-4000-8000-000000000000");
    TokenId middle = TokenId.parse("7fffffff-0000-4000-8000-000000000000");
    // The JDK compares UUIDs as signed numbers, and would put this one first.
    TokenId high = TokenId.parse("80000000-0000-4000-8000-000000000000");
    assertThat(Stream.of(high, low, middle).sorted()).containsExactly(low, middle, high);
  }
}
