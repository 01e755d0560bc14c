package io.tokenform.live;

import static io.tokenform.live.LiveTokens.active;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenform.access.Permission;
import io.tokenform.access.Token;
import io.tokenform.live.TokenFilter.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TokenFilterTest {
  private static final List<Token> LIVE =
      List.of(
          active(1, "grafana", Permission.read("metrics")),
          active(2, "grafana prod", Permission.write("metrics"), Permission.read("logs")),
          active(3, "backup", Permission.read("*")),
          active(4, "idle"));

  @ParameterizedTest
  @CsvSource({
    "ID, 00000000-0000-4000-8000-000000000002, grafana prod",
    "ID, 00000000-0000-4000-8000-000000000099, ''",
    "DESCRIPTION, grafana, grafana",
    "DESCRIPTION, grafana*, grafana;grafana prod",
    "DESCRIPTION, *p*, grafana prod;backup",
    "DESCRIPTION, Grafana, ''",
    "DATABASE, metrics, grafana;grafana prod;backup",
    "DATABASE, logs, grafana prod;backup",
    "DATABASE, future, backup",
    "DATABASE, *, backup",
  })
  void aFilterIncludesTheTokensThatFit(Kind kind, String text, String descriptions) {
    TokenFilter filter = new TokenFilter(kind, text);
    assertThat(String.join(";", included(filter))).isEqualTo(descriptions);
  }

  @Test
  void anIdMayBeWrittenInCapitals() {
    TokenFilter filter = new TokenFilter(Kind.ID, "ABCDEF01-0000-4000-8000-000000000000");
    assertThat(filter.text()).isEqualTo("abcdef01-0000-4000-8000-000000000000");
    assertThat(filter).isEqualTo(new TokenFilter(Kind.ID, filter.text()));
  }

  @Test
  void onlyAnIdHasToBeOne() {
    assertThatThrownBy(() -> new TokenFilter(Kind.ID, "grafana"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a UUID of the form 8-4-4-4-12");
  }

  @ParameterizedTest
  @EnumSource
  void aFilterSaysWhatItLooksFor(Kind kind) {
    assertThatThrownBy(() -> new TokenFilter(kind, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is nothing after the colon");
  }

  private static List<String> included(TokenFilter filter) {
    return LIVE.stream().filter(filter::includes).map(Token::description).toList();
  }
}
