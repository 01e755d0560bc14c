package io.tokenform.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenListing;
import io.tokenform.access.UnreadableToken;
import io.tokenform.finding.SourceText;
import io.tokenform.policy.Policy;
import io.tokenform.policy.PolicyParser;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        new TokenSearch(
            TokenListing.of(LIVE),
            Optional.of(PolicyNames.of(policy, TokenListing.of(LIVE), NOW)),
            false,
            NOW);
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
    return new TokenSearch(TokenListing.of(LIVE), Optional.empty(), withRevoked, NOW);
  }

  private static Token token(
      int number, String description, Optional<Instant> expiresAt, Optional<Instant> revokedAt) {
    return new Token(id(number), description, Permissions.NONE, expiresAt, revokedAt);
  }

  private static TokenId id(int number) {
    return TokenId.parse("00000000-0000-4000-8000-00000000000" + number);
  }

  private static final Token USED = labelled("aaaa0000-0000-4000-8000-000000000001", "");
  private static final Token RETIRING =
      labelled(
          "aaaa1111-0000-4000-8000-000000000002",
          " (tokenform: retiring until 2026-02-01T00:00:00Z)");
  private static final Token PARKED =
      labelled(
          "bbbb0000-0000-4000-8000-000000000003",
          " (tokenform: parked 2026-01-01T00:00:00Z INC-42)");

  private static Token labelled(String id, String label) {
    return new Token(
        TokenId.parse(id), "checkout" + label, Permissions.NONE, NEVER, Optional.empty());
  }

  private static TokenSearch among(Token... live) {
    return new TokenSearch(TokenListing.of(List.of(live)), Optional.empty(), false, NOW);
  }

  @Test
  void aDescriptionWithoutItsLabelMeansTheOneInUseThenTheParkedOne() throws Exception {
    assertThat(among(RETIRING, PARKED, USED).find("checkout")).isEqualTo(USED);
    assertThat(among(RETIRING, PARKED).find("checkout")).isEqualTo(PARKED);
    assertThat(among(RETIRING).find("checkout")).isEqualTo(RETIRING);
    assertThat(among(RETIRING, USED).find(RETIRING.description())).isEqualTo(RETIRING);
    assertThat(among(RETIRING, USED).search("checkout").isById()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"aaaa1", "AAAA1111", "aaaa1111-0000-4", "aaaa1111…", "aaaa1..."})
  void aBeginningThatNoOtherIdHasIsEnough(String text) throws Exception {
    assertThat(among(USED, RETIRING, PARKED).search(text))
        .isEqualTo(new TokenSearch.Found(RETIRING, true));
  }

  @Test
  void aBeginningOfSeveralIdsListsThem() {
    assertThatThrownBy(() -> among(USED, RETIRING, PARKED).find("aaaa"))
        .isInstanceOf(NoSuchLiveTokenException.class)
        .hasMessage(
            "the ids of 2 tokens begin with aaaa: "
                + USED.id()
                + " (\"checkout\"), "
                + RETIRING.id()
                + " (\""
                + RETIRING.description()
                + "\")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bbb", "bbb-", "cccc", "bbbbg", "-bbbb0000"})
  void whatIsTooShortOrNoBeginningMeansNothing(String text) {
    assertThatThrownBy(() -> among(USED, RETIRING, PARKED).find(text))
        .isInstanceOf(NoSuchLiveTokenException.class)
        .hasMessageStartingWith("no token has the id");
  }

  @Test
  void aWholeDescriptionGoesBeforeTheBeginningOfAnId() throws Exception {
    Token cafe = new Token(id(7), "bbbb", Permissions.NONE, NEVER, Optional.empty());
    assertThat(among(PARKED, cafe).find("bbbb")).isEqualTo(cafe);
  }

  @Test
  void aRevokedTokenIsFoundByABeginningOnlyWhereSuchAreAskedFor() throws Exception {
    Token gone = new Token(USED.id(), "gone", Permissions.NONE, NEVER, Optional.of(NOW));
    assertThatThrownBy(() -> among(gone).find("aaaa"))
        .hasMessage("the token " + USED.id() + " was revoked at " + NOW);
    assertThat(
            new TokenSearch(TokenListing.of(List.of(gone)), Optional.empty(), true, NOW)
                .find("aaaa"))
        .isEqualTo(gone);
  }

  @Test
  void oneThatCannotBeReadIsNeitherFoundNorPassedOver() {
    UnreadableToken odd =
        new UnreadableToken(
            7, Optional.of(id(9)), Optional.of("Odd"), false, "its permissions must be a list");
    TokenSearch search =
        new TokenSearch(new TokenListing(LIVE, List.of(odd)), Optional.empty(), false, NOW);

    for (String wanted : List.of(id(9).toString(), "Odd", id(9).toString().substring(0, 35))) {
      assertThatThrownBy(() -> search.find(wanted))
          .isInstanceOf(NoSuchLiveTokenException.class)
          .hasMessage("the token " + id(9) + " cannot be read: its permissions must be a list");
    }
  }
}
