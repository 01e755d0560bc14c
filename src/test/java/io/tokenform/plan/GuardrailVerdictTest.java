package io.tokenform.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.finding.Guardrail;
import io.tokenform.plan.GuardrailVerdict.Source;
import io.tokenform.plan.GuardrailVerdict.Verdict;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What became of a guardrail. */
class GuardrailVerdictTest {
  private static GuardrailVerdict verdict(Guardrail rule, Guardrail.Level level, Source source) {
    return new GuardrailVerdict(rule, level, source, Optional.empty(), Verdict.PASSED);
  }

  @ParameterizedTest
  @CsvSource({
    "WIDENING, WARN, PLATFORM, warn, true",
    "WIDENING, DENY, PLATFORM, warn, true",
    "WIDENING, DENY, PLATFORM, deny, true",
    "WIDENING, WARN, PLATFORM, deny, false",
    "WIDENING, DENY, POLICY, deny, false",
    "WIDENING, DENY, DEFAULT, deny, false",
    "LOCKOUT, DENY, PLATFORM, deny, false",
  })
  void onlyThePlatformsOwnAtThatLevelOrAStricterOneIsAsStrict(
      Guardrail rule, Guardrail.Level level, Source source, String setting, boolean isAsStrict)
      throws Exception {
    var widening = PlanWorld.platformOf("widening: " + setting).active().get(0);

    assertThat(verdict(rule, level, source).isAsStrictAs(widening)).isEqualTo(isAsStrict);
  }

  @Test
  void theyStandByRuleAndThenByWhoSetThem() {
    GuardrailVerdict platform = verdict(Guardrail.LOCKOUT, Guardrail.Level.DENY, Source.PLATFORM);
    GuardrailVerdict policy = verdict(Guardrail.LOCKOUT, Guardrail.Level.WARN, Source.POLICY);
    GuardrailVerdict later = verdict(Guardrail.WIDENING, Guardrail.Level.DENY, Source.PLATFORM);

    assertThat(Stream.of(later, policy, platform).sorted(GuardrailVerdict.ORDER))
        .containsExactly(platform, policy, later);
  }

  @Test
  void wordsAreThoseOfFiles() {
    assertThat(Source.values())
        .extracting(Source::toString)
        .containsExactly("platform", "policy", "default");
    assertThat(Verdict.values())
        .extracting(Verdict::toString)
        .containsExactly("passed", "warned", "allowed", "denied");
  }

  @Test
  void anotherVerdictLeavesTheRest() {
    GuardrailVerdict passed = verdict(Guardrail.LOCKOUT, Guardrail.Level.DENY, Source.PLATFORM);

    assertThat(passed.withVerdict(Verdict.DENIED))
        .isEqualTo(
            new GuardrailVerdict(
                Guardrail.LOCKOUT,
                Guardrail.Level.DENY,
                Source.PLATFORM,
                Optional.empty(),
                Verdict.DENIED));
  }
}
