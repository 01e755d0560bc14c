package io.tokenform.plan.verb;

import static io.tokenform.plan.verb.VerbWorld.NOW;
import static io.tokenform.plan.verb.VerbWorld.lines;
import static io.tokenform.plan.verb.VerbWorld.policy;
import static io.tokenform.plan.verb.VerbWorld.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.SinkName;
import io.tokenform.access.TokenName;
import io.tokenform.policy.Expiry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A token that somebody wants made. */
class CreationTest {
  private static final Creation CREATION =
      new Creation(
          new TokenName("checkout"),
          "Checkout",
          Permissions.of(Permission.write("orders")),
          new SinkName("vault"),
          Optional.of(new Expiry.After(Duration.ofDays(90))));

  @Test
  void thePolicyFindsItByItsDescriptionAndDeliversIt() {
    assertThat(lines(CREATION.policy()))
        .containsExactly("checkout \"Checkout\" [write orders] to vault expires 90d");
  }

  @ParameterizedTest
  @CsvSource({
    "Checkout, in use",
    "Checkout (tokenform: parked 2026-01-01T00:00:00Z INC-42), parked",
    "Checkout (tokenform: retiring until 2026-01-05T00:00:00Z), retiring",
  })
  void aWorkingNamesakeIsInTheWay(String description, String state) {
    assertThatThrownBy(() -> CREATION.requireNew(List.of(token(1, description)), NOW))
        .isInstanceOf(RefusedVerbException.class)
        .hasMessageContaining("Checkout\" already")
        .hasMessageEndingWith("which is " + state);
    assertThatCode(() -> CREATION.requireNew(List.of(token(1, "Checkout 2")), NOW))
        .doesNotThrowAnyException();
  }

  @Test
  void aNameOfThePolicyIsTakenInTheSink() throws Exception {
    assertThatThrownBy(
            () ->
                CREATION.requireFreeName(
                    Optional.of(policy("  checkout: {description: Other, permissions: {}}\n"))))
        .isInstanceOf(RefusedVerbException.class)
        .hasMessageContaining("\"checkout\" is a token of the policy");
    CREATION.requireFreeName(Optional.empty());
  }
}
