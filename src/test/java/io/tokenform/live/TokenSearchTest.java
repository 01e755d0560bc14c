package io.tokenform.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.finding.SourceText;
import io.tokenform.policy.Policy;
import io.tokenform.policy.PolicyParser;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenSearchTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Optional<Instant> NEVER = Optional.empty();
  private static final Optional<Instant> PAST = Optional.of(NOW);

  private static final List<Token> LIVE =
      List.of(
          token(1, "backup", NEVER, NEVER),
          token(2, "backup", PAST, NEVER),
          token(3, "backup", NEVER, PAST),
          token(4, "gone", NEVER, PAST),
          token(5, "gone twice", NEVER, PAST),
          token(6, "gone twice", NEVER, PAST),
          token(7, "old", PAST, NEVER),
          token(8, "old", PAST, NEVER),
          token(9, "named", NEVER, NEVER));

  private static final String POLICY =
      """
      version: 1
      tokens:
        named: {id: 00000000-0000-4000-8000-000000000001}
        retired: {id: 00000000-0000-4000-8000-000000000004}
      """;

  @ParameterizedTest
  @CsvSource({"backup,1", "named,9", "00000000-0000-4000-8000-000000000002,2"})
  void theTokenThatWorksIsMeantFirst(String text, int number) throws Exception {
    assertThat(search(false).find(text).id()).isEqualTo(id(number));
  }

  @Test
  void aNameOfThePolicyGoesBeforeADescription() throws Exception {
    Policy policy = PolicyParser.parse(new SourceText("tokens.yaml", POLICY));
    TokenSearch search =
        new TokenSearch(LIVE, Optional.of(PolicyNames.of(policy, LIVE, NOW)), false, NOW);
    assertThat(search.find("named").id()).isEqualTo(id(1));
    assertThatThrownBy(() -> search.find("retired"))
        .isInstanceOf(NoSuchLiveTokenException.class)
        .hasMessage("the token " + id(4) + " was revoked at " + NOW);
    assertThatThrownBy(() -> search.find("retierd"))
        .hasMessage("no token has the id, the name in the policy or the description \"retierd\"")
        .extracting("hint")
        .isEqualTo("did you mean \"retired\"?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "old        | 2 tokens have the description \"old\": 7, 8",
        "gone       | the token 4 was revoked at 2026-01-01T00:00:00Z",
        "gone twice | the tokens with the description \"gone twice\" were all revoked: 5, 6",
        "nobody     | no token has the id or the description \"nobody\"",
      })
  void whatTellsNoOneTokenApartSaysWhy(String text, String message) {
    assertThatThrownBy(() -> search(false).find(text))
        .isInstanceOf(NoSuchLiveTokenException.class)
        .hasMessage(
            message.replaceAll("\\b([4-8])\\b(?!-)", "00000000-0000-4000-8000-00000000000$1"));
  }

  @Test
  void revokedTokensAreFoundWhereTheyAreAskedFor() throws Exception {
    assertThat(search(true).find("gone").id()).isEqualTo(id(4));
    assertThat(search(true).find("backup").id()).isEqualTo(id(1));
    assertThatThrownBy(() -> search(true).find("gone twice"))
        .hasMessageStartingWith("2 tokens have the description \"gone twice\"");
  }

  @Test
  void anIdThatTheClusterDoesNotKnowIsNoDescription() {
    assertThatThrownBy(() -> search(true).find("00000000-0000-4000-8000-000000000099"))
        .isInstanceOf(NoSuchLiveTokenException.class)
        .hasMessage("the cluster has no token with the id 00000000-0000-4000-8000-000000000099")
        .extracting("hint")
        .isEqualTo("check the id, and that this is the right cluster");
  }

  @Test
  void aMistypedDescriptionGetsTheNearestOneThatCouldBeFound() {
    assertThat(hint(false, "bakcup")).contains("did you mean \"backup\"?");
    assertThat(hint(false, "gone twcie")).contains("tokenform token list shows all");
    assertThat(hint(true, "gone twcie")).contains("did you mean \"gone twice\"?");
  }

  private static Optional<String> hint(boolean withRevoked, String text) {
    return catchThrowableOfType(
            NoSuchLiveTokenException.class, () -> search(withRevoked).find(text))
        .hint();
  }

  private static TokenSearch search(boolean withRevoked) {
    return new TokenSearch(LIVE, Optional.empty(), withRevoked, NOW);
  }

  private static Token token(
      int number, String description, Optional<Instant> expiresAt, Optional<Instant> revokedAt) {
    return new Token(id(number), description, Permissions.NONE, expiresAt, revokedAt);
  }

  private static TokenId id(int number) {
    return TokenId.parse("00000000-0000-4000-8000-00000000000" + number);
  }
}
