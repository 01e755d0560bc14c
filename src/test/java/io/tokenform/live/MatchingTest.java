package io.tokenform.live;

import static io.tokenform.live.LiveTokens.NOW;
import static io.tokenform.live.LiveTokens.active;
import static io.tokenform.live.LiveTokens.desired;
import static io.tokenform.live.LiveTokens.expired;
import static io.tokenform.live.LiveTokens.id;
import static io.tokenform.live.LiveTokens.policy;
import static io.tokenform.live.LiveTokens.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenListing;
import io.tokenform.access.TokenName;
import io.tokenform.access.UnreadableToken;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.SourceText;
import io.tokenform.finding.Subject;
import io.tokenform.policy.Policy;
import io.tokenform.policy.PolicyParser;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MatchingTest {
  private static final String FIRST = id(1).toString();
  private static final String SECOND = id(2).toString();

  @Test
  void anIdMeansItsTokenWhateverItsDescriptionAndEvenIfItNoLongerWorks() throws Exception {
    Token renamed = active(1, "another");
    Token expired = expired(2, "expired");
    Token revoked = revoked(3, "revoked");
    Policy policy =
        policy(
            """
            tokens:
              a: {id: 00000000-0000-4000-8000-000000000001, description: wanted}
              b: {id: 00000000-0000-4000-8000-000000000002}
              c: {id: 00000000-0000-4000-8000-000000000003}
            """);

    Matching matching =
        Matching.of(policy, TokenListing.of(List.of(revoked, expired, renamed)), NOW);

    assertThat(matching.liveToken(desired(policy, "a"))).contains(renamed);
    assertThat(matching.liveToken(desired(policy, "b"))).contains(expired);
    assertThat(matching.liveToken(desired(policy, "c"))).contains(revoked);
    assertThat(policy.tokens()).allSatisfy(one -> assertThat(matching.problem(one)).isEmpty());
  }

  @Test
  void aDescriptionMeansTheOneTokenThatWorks() throws Exception {
    Policy policy = policy("tokens: {a: {description: backup}}");
    Token works = active(2, "backup");
    List<Token> live = List.of(revoked(1, "backup"), works, expired(3, "backup"));

    Matching matching = Matching.of(policy, TokenListing.of(live), NOW);

    assertThat(matching.liveToken(desired(policy, "a"))).contains(works);
    assertThat(matching.problem(desired(policy, "a"))).isEmpty();
    assertThat(matching.desiredToken(id(2))).contains(desired(policy, "a"));
    assertThat(matching.desiredToken(id(1))).isEmpty();
  }

  @Test
  void aTokenThatNoLongerWorksIsNotMeantByItsDescription() throws Exception {
    Diagnostic problem =
        problem(
            "tokens: {a: {description: backup}}", "a", revoked(1, "backup"), expired(2, "backup"));

    assertThat(problem.code()).isEqualTo(Guardrail.MISSING_TOKEN.code());
    assertThat(problem.message()).isEqualTo("no active token has the description \"backup\"");
    assertThat(problem.hint())
        .contains(
            "give the id of the token that is meant (tokenform token list --unmanaged shows those"
                + " that the policy does not name); or say with deliver where its secret goes, and"
                + " tokenform makes it");
    assertThat(problem.subjects()).containsExactly(Subject.of(new TokenName("a")));
    assertThat(problem.where()).hasToString("tokens.yaml:2:27");
  }

  @Test
  void aTokenThatTokenformMakesIsMadeByApply() throws Exception {
    Diagnostic problem =
        problem(
            "tokens: {a: {description: backup, permissions: {write: [logs]}, deliver: files}}",
            "a",
            active(1, "bakcup"));

    assertThat(problem.code()).isEqualTo(Guardrail.MISSING_TOKEN.code());
    assertThat(problem.hint()).contains("tokenform apply makes it, and delivers its secret");
  }

  @Test
  void aMistypedDescriptionGetsTheOneThatIsNear() throws Exception {
    Diagnostic problem =
        problem("tokens: {a: {description: bakcup}}", "a", active(1, "backup"), active(2, "logs"));

    assertThat(problem.hint()).contains("did you mean \"backup\"?");
  }

  @Test
  void whatNamesATokenByItsIdGoesBeforeWhatDescribesIt() throws Exception {
    Policy policy =
        policy(
            """
            tokens:
              a: {description: backup}
              z: {id: 00000000-0000-4000-8000-000000000001}
            """);
    Token backup = active(1, "backup");

    Matching matching = Matching.of(policy, TokenListing.of(List.of(backup)), NOW);

    assertThat(matching.liveToken(desired(policy, "z"))).contains(backup);
    assertThat(matching.problem(desired(policy, "z"))).isEmpty();
    assertThat(matching.desiredToken(id(1))).contains(desired(policy, "z"));
    assertThat(matching.liveToken(desired(policy, "a"))).isEmpty();
    Diagnostic problem = matching.problem(desired(policy, "a")).orElseThrow();
    assertThat(problem.code()).isEqualTo(Code.TOKEN_MATCHED_TWICE);
    assertThat(problem.message()).isEqualTo("\"a\" and \"z\" both mean the live token " + id(1));
    assertThat(problem.hint()).contains("keep one of them, or give each its own id");
    assertThat(problem.subjects())
        .containsExactly(
            Subject.of(new TokenName("a"), id(1)), Subject.of(new TokenName("z"), id(1)));
    assertThat(problem.where()).hasToString("tokens.yaml:3:3");
    assertThat(problem.other())
        .hasValueSatisfying(other -> assertThat(other).hasToString("tokens.yaml:4:3"));
  }

  @Test
  void anIdThatTheClusterDoesNotKnowIsAnError() throws Exception {
    Diagnostic problem =
        problem(
            "tokens: {a: {id: 00000000-0000-4000-8000-000000000009, description: backup}}",
            "a",
            active(1, "logs"),
            revoked(2, "backup"));

    assertThat(problem.code()).isEqualTo(Guardrail.MISSING_TOKEN.code());
    assertThat(problem.message()).isEqualTo("the cluster has no token with the id " + id(9));
    assertThat(problem.hint())
        .contains("check that this is the right cluster; its tokens: tokenform token list");
    assertThat(problem.subjects()).containsExactly(Subject.of(new TokenName("a")));
    assertThat(problem.where()).hasToString("tokens.yaml:2:18");
  }

  @Test
  void aWrongIdGetsTheIdsOfTheTokensWithTheDescription() throws Exception {
    String text = "tokens: {a: {id: 00000000-0000-4000-8000-000000000009, description: backup}}";

    assertThat(problem(text, "a", active(1, "backup")).hint())
        .contains("the description is that of " + FIRST + "; is that the one?");
    assertThat(problem(text, "a", active(2, "backup"), active(1, "backup")).hint())
        .contains("the description is that of " + FIRST + ", " + SECOND + "; is that the one?");
  }

  @Test
  void aDescriptionOfSeveralTokensMeansNoneOfThem() throws Exception {
    Policy policy = policy("tokens: {a: {description: backup}}");
    List<Token> live = List.of(active(2, "backup"), active(1, "backup"));

    Matching matching = Matching.of(policy, TokenListing.of(live), NOW);

    assertThat(matching.liveToken(desired(policy, "a"))).isEmpty();
    assertThat(matching.desiredToken(id(1))).isEmpty();
    Diagnostic problem = matching.problem(desired(policy, "a")).orElseThrow();
    assertThat(problem.code()).isEqualTo(Code.AMBIGUOUS_DESCRIPTION);
    assertThat(problem.message())
        .isEqualTo("2 active tokens have the description \"backup\": " + FIRST + ", " + SECOND);
    assertThat(problem.hint()).contains("add the id of the one that is meant");
    assertThat(problem.subjects()).containsExactly(Subject.of(new TokenName("a")));
  }

  @Test
  void unmanagedIsWhatNoTokenOfThePolicyMeansOrMayMean() throws Exception {
    Policy policy =
        policy(
            """
            tokens:
              a: {id: 00000000-0000-4000-8000-000000000001}
              b: {description: logs}
              c: {description: backup}
            """);
    Token first = active(9, "nobody's");
    Token second = revoked(6, "backup");
    Token third = active(7, "another");
    List<Token> live =
        List.of(
            first,
            active(1, "by id"),
            active(2, "logs"),
            active(3, "backup"),
            second,
            active(4, "backup"),
            third);

    assertThat(Matching.of(policy, TokenListing.of(live), NOW).unmanaged(live))
        .containsExactly(first, second, third);
  }

  private static Diagnostic problem(String text, String name, Token... live) throws Exception {
    Policy policy = policy(text);
    Matching matching = Matching.of(policy, TokenListing.of(List.of(live)), NOW);
    assertThat(matching.liveToken(desired(policy, name))).isEmpty();
    return matching.problem(desired(policy, name)).orElseThrow();
  }

  @Test
  void whatCannotBeReadBelongsToTheTokenThatMeansItOrMayMeanIt() throws Exception {
    Policy policy =
        PolicyParser.parse(
            new SourceText(
                "tokens.yaml",
                """
                version: 1
                tokens:
                  by-id: {id: 00000000-0000-4000-8000-00000000000a, permissions: {}}
                  by-text: {description: Odd, permissions: {}}
                  absent: {description: Absent, permissions: {}}
                  gone: {description: Gone, permissions: {}}
                """));
    UnreadableToken byId =
        unreadable(
            1, Optional.of(TokenId.parse("00000000-0000-4000-8000-00000000000a")), Optional.of(""));
    UnreadableToken byText = unreadable(2, Optional.empty(), Optional.of("Odd"));
    UnreadableToken doubtful = unreadable(3, Optional.empty(), Optional.empty());
    UnreadableToken revoked =
        new UnreadableToken(4, Optional.empty(), Optional.of("Gone"), true, "odd");

    Matching matching =
        Matching.of(
            policy, new TokenListing(List.of(), List.of(byId, byText, doubtful, revoked)), NOW);

    assertThat(policy.tokens())
        .extracting(desired -> matching.problem(desired).orElseThrow().code().word())
        .containsExactly(
            "unreadable-token", "unreadable-token", "unreadable-token", "missing-token");
    assertThat(matching.unreadableUnmanaged()).containsExactly(revoked);
  }

  private static UnreadableToken unreadable(
      int number, Optional<TokenId> id, Optional<String> description) {
    return new UnreadableToken(number, id, description, false, "odd");
  }
}
