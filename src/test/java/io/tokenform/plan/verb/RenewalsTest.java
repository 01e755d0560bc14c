package io.tokenform.plan.verb;

import static io.tokenform.plan.verb.VerbWorld.NOW;
import static io.tokenform.plan.verb.VerbWorld.id;
import static io.tokenform.plan.verb.VerbWorld.lines;
import static io.tokenform.plan.verb.VerbWorld.named;
import static io.tokenform.plan.verb.VerbWorld.policy;
import static io.tokenform.plan.verb.VerbWorld.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.SinkName;
import io.tokenform.access.Token;
import io.tokenform.access.TokenName;
import io.tokenform.policy.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tokens get successors by hand, and what those are like. */
class RenewalsTest {
  private static final Optional<SinkName> VAULT = Optional.of(new SinkName("vault"));
  private static final Permission ORDERS = Permission.write("orders");
  private static final TokenName OTHER = new TokenName("other");

  private static final Token CHECKOUT = token(1, "Checkout", ORDERS);
  private static final Token BATCH = token(2, "Batch", ORDERS);
  private static final Token REPORT = token(3, "Report", Permission.read("metrics"));
  private static final List<Token> LIVE = List.of(CHECKOUT, BATCH, REPORT);

  private static final String POLICY =
      """
        checkout: {description: Checkout, permissions: {write: [orders]}, deliver: files}
        batch: {id: 00000000-0000-4000-8000-000000000002}
        report: {description: Report, mode: additive, permissions: {read: [logs]}}
      """;

  private static Renewals renewals(Optional<SinkName> deliver) throws Exception {
    return new Renewals(Optional.of(policy(POLICY)), deliver, Permissions.NONE);
  }

  private static Named managed(Token token) throws Exception {
    return named(token, policy(POLICY), LIVE);
  }

  @Test
  void whatThePolicySaysOfATokenHolds() throws Exception {
    Renewals renewals = renewals(Optional.empty());
    renewals.add(managed(CHECKOUT), OTHER);
    renewals.add(managed(CHECKOUT), OTHER);

    assertThat(renewals.names()).containsExactly(new TokenName("checkout"));
    assertThat(lines(renewals.policy()))
        .hasSize(3)
        .contains("checkout \"Checkout\" [write orders] to files");
  }

  @Test
  void anotherSinkHoldsForThisOnce() throws Exception {
    Renewals renewals = renewals(VAULT);
    renewals.add(managed(CHECKOUT), OTHER);

    assertThat(lines(renewals.policy())).contains("checkout \"Checkout\" [write orders] to vault");
  }

  @Test
  void aTokenWithoutASinkNeedsOneAndKeepsWhatItHas() throws Exception {
    assertThatThrownBy(() -> renewals(Optional.empty()).add(managed(REPORT), OTHER))
        .isInstanceOf(RefusedVerbException.class)
        .hasMessage("nothing says where the secret of a successor of \"report\" goes");
    Renewals renewals = renewals(VAULT);
    renewals.add(managed(REPORT), OTHER);
    assertThat(lines(renewals.policy()))
        .contains("report \"Report\" [read logs, read metrics] to vault");
  }

  @Test
  void aTokenThatThePolicyNamesByItsIdIsRefused() {
    assertThatThrownBy(() -> renewals(VAULT).add(managed(BATCH), OTHER))
        .isInstanceOf(RefusedVerbException.class)
        .hasMessage(
            "the policy names the token of \"batch\" by its id, and a successor has another one")
        .extracting("hint")
        .asString()
        .contains("Batch");
  }

  @Test
  void aSuccessorOfAnUnmanagedTokenIsLikeIt() throws Exception {
    Token token =
        new Token(
            id(7),
            "Old job (tokenform: parked 2026-01-01T00:00:00Z INC-1)",
            Permissions.of(ORDERS),
            Optional.of(NOW),
            Optional.of(NOW.plus(Duration.ofDays(90))),
            Optional.empty());
    Renewals renewals = new Renewals(Optional.empty(), VAULT, Permissions.NONE);
    renewals.add(named(token), new TokenName("old-job"));

    Policy policy = renewals.policy();
    assertThat(lines(policy))
        .containsExactly("old-job \"Old job\" [write orders] to vault expires 90d");
    assertThat(policy.sources().get(0).name()).isEqualTo("command line");
  }

  @Test
  void withoutPermissionsNobodyKnowsWhatASuccessorIsToHave() {
    assertThatThrownBy(
            () ->
                new Renewals(Optional.empty(), VAULT, Permissions.NONE)
                    .add(named(token(4, "Nothing")), OTHER))
        .isInstanceOf(RefusedVerbException.class)
        .hasMessageContaining("has no permissions");
  }

  @Test
  void permissionsCanBeNamedForATokenThatNoPolicyNames() throws Exception {
    Permissions named = Permissions.of(ORDERS);
    Renewals renewals = new Renewals(Optional.empty(), VAULT, named);
    renewals.add(named(token(4, "Nothing")), OTHER);

    assertThat(lines(renewals.policy()))
        .containsExactly("other \"Nothing\" [write orders] to vault");
    assertThatThrownBy(
            () ->
                new Renewals(Optional.of(policy(POLICY)), VAULT, named)
                    .add(managed(CHECKOUT), OTHER))
        .isInstanceOf(RefusedVerbException.class)
        .hasMessage("the policy names \"checkout\", and says what it may do");
  }

  @ParameterizedTest
  @CsvSource({"retiring until 2026-01-05T00:00:00Z,retiring", "pending 3f9a1c3f9a1c,pending"})
  void onlyATokenInUseOrAParkedOneGetsASuccessor(String label, String word) {
    Token old = token(5, "Old (tokenform: " + label + ")", ORDERS);
    assertThatThrownBy(
            () -> new Renewals(Optional.empty(), VAULT, Permissions.NONE).add(named(old), OTHER))
        .isInstanceOf(RefusedVerbException.class)
        .hasMessageContaining("is " + word);
  }

  @Test
  void aNameOfThePolicyIsNotGivenToAnotherToken() {
    assertThatThrownBy(
            () -> renewals(VAULT).add(named(token(6, "X", ORDERS)), new TokenName("checkout")))
        .isInstanceOf(RefusedVerbException.class)
        .hasMessageContaining("\"checkout\" is a token of the policy");
  }

  @Test
  void twoTokensDoNotShareANameInTheSink() throws Exception {
    Renewals renewals = new Renewals(Optional.empty(), VAULT, Permissions.NONE);
    renewals.add(named(token(6, "X", ORDERS)), OTHER);
    assertThatThrownBy(() -> renewals.add(named(token(7, "Y", ORDERS)), OTHER))
        .isInstanceOf(RefusedVerbException.class)
        .hasMessageContaining("would be \"other\" to the sink");
  }
}
