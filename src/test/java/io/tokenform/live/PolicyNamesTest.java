package io.tokenform.live;

import static io.tokenform.live.LiveTokens.NOW;
import static io.tokenform.live.LiveTokens.active;
import static io.tokenform.live.LiveTokens.desired;
import static io.tokenform.live.LiveTokens.id;
import static io.tokenform.live.LiveTokens.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenform.access.Token;
import io.tokenform.access.TokenListing;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.policy.Policy;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PolicyNamesTest {
  private static final Token BACKUP = active(1, "backup");
  private static final Token STRAY = active(2, "stray");

  private Policy policy;
  private PolicyNames names;

  @BeforeEach
  void aPolicyThatMeansOneOfTwoTokens() throws Exception {
    policy =
        policy(
            """
            tokens:
              lost: {id: 00000000-0000-4000-8000-000000000009}
              nightly: {description: backup}
            """);
    names = PolicyNames.of(policy, TokenListing.of(List.of(STRAY, BACKUP)), NOW);
  }

  @Test
  void aNameMeansItsLiveToken() throws Exception {
    assertThat(names.names()).containsExactly("lost", "nightly");
    assertThat(names.liveToken("nightly")).contains(BACKUP);
    assertThat(names.liveToken("backup")).isEmpty();
  }

  @Test
  void aNameThatMeansNoLiveTokenSaysWhy() {
    InvalidPolicyException invalid =
        catchThrowableOfType(InvalidPolicyException.class, () -> names.liveToken("lost"));
    assertThat(invalid.findings())
        .extracting(Diagnostic::code)
        .containsExactly(Guardrail.MISSING_TOKEN.code());
  }

  @Test
  void aLiveTokenHasTheNameThatThePolicyGivesIt() {
    assertThat(names.desiredToken(id(1))).contains(desired(policy, "nightly"));
    assertThat(names.desiredToken(id(2))).isEmpty();
  }

  @Test
  void theOtherTokensAreUnmanaged() {
    assertThat(names.unmanaged(List.of(STRAY, BACKUP))).containsExactly(STRAY);
  }
}
