package io.tokenform.plan;

import static io.tokenform.plan.PlanWorld.id;
import static io.tokenform.plan.PlanWorld.name;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.finding.Allowance;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.finding.Subject;
import io.tokenform.plan.GuardrailVerdict.Source;
import io.tokenform.plan.GuardrailVerdict.Verdict;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a finding is a warning, a denial, or allowed this once. */
class JudgementTest {
  private static final Location WHERE = new Location(new SourceText("tokens.yaml", ""), 1, 1, 1);
  private static final Diagnostic LOCKOUT =
      Diagnostic.of(Guardrail.LOCKOUT, WHERE, "it would lose all its access")
          .about(Subject.of(name("grafana"), id(1)));
  private static final Diagnostic MAX_CHANGES =
      Diagnostic.of(Guardrail.MAX_CHANGES, WHERE, "there are too many").hint("look again");

  private static Diagnostic judged(Diagnostic finding, Source source, String... allowed) {
    Set<Allowance> allowances =
        Stream.of(allowed).map(Allowance::parse).collect(Collectors.toSet());
    return new Judgement(Guardrail.Level.DENY, source, allowances).of(finding);
  }

  @Test
  void aGuardrailThatWarnsLeavesTheFindingAsItIs() {
    Set<Allowance> allowances = Set.of(Allowance.of(Guardrail.LOCKOUT));

    Diagnostic warned = new Judgement(Guardrail.Level.WARN, Source.POLICY, allowances).of(LOCKOUT);

    assertThat(warned).isEqualTo(LOCKOUT);
    assertThat(Judgement.verdict(warned)).isEqualTo(Verdict.WARNED);
  }

  @Test
  void aGuardrailThatDeniesSaysHowToAllowItForThatTokenAlone() {
    Diagnostic denied = judged(LOCKOUT, Source.POLICY);

    assertThat(denied.isDenied()).isTrue();
    assertThat(denied.hint()).contains("allow it once with --allow lockout:grafana");
    assertThat(Judgement.verdict(denied)).isEqualTo(Verdict.DENIED);
    assertThat(judged(LOCKOUT, Source.PLATFORM).hint())
        .contains("allow it once with --allow lockout:" + id(1));
  }

  @Test
  void whatTheFindingAdvisesComesFirst() {
    assertThat(judged(MAX_CHANGES, Source.POLICY).hint())
        .contains("look again; allow it once with --allow max-changes");
  }

  @ParameterizedTest
  @CsvSource({
    "POLICY, lockout:grafana, true",
    "DEFAULT, lockout:grafana, true",
    "PLATFORM, lockout:grafana, false",
    "POLICY, lockout, true",
    "PLATFORM, lockout, true",
    "POLICY, lockout:00000000-0000-4000-8000-000000000001, true",
    "PLATFORM, lockout:00000000-0000-4000-8000-000000000001, true",
    "PLATFORM, lockout:00000000-0000-4000-8000-000000000002, false",
    "POLICY, lockout:telegraf, false",
    "POLICY, wildcard-write, false",
    "POLICY, wildcard-write:grafana, false",
  })
  void anAllowanceCountsForItsRuleAndItsToken(Source source, String allowance, boolean counts) {
    Diagnostic judged = judged(LOCKOUT, source, allowance);

    assertThat(judged.isAllowed()).isEqualTo(counts);
    assertThat(judged.isDenied()).isEqualTo(!counts);
    assertThat(Judgement.verdict(judged)).isEqualTo(counts ? Verdict.ALLOWED : Verdict.DENIED);
  }

  @Test
  void whatAllowedItIsSaid() {
    Diagnostic allowed = judged(LOCKOUT, Source.POLICY, "lockout:grafana");

    assertThat(allowed.allowance()).contains(Allowance.parse("lockout:grafana"));
    assertThat(allowed.hint()).contains("allowed once with --allow lockout:grafana");
  }

  @Test
  void ofSeveralAllowancesTheFirstThatCountsIsTheOne() {
    String byId = "lockout:" + id(1);
    assertThat(judged(LOCKOUT, Source.POLICY, "lockout:grafana", byId, "lockout").allowance())
        .contains(Allowance.parse("lockout"));
    assertThat(judged(LOCKOUT, Source.PLATFORM, "lockout:grafana", byId).allowance())
        .contains(Allowance.parse(byId));
  }

  @Test
  void aNameThatDoesNotCountIsSaidNotTo() {
    assertThat(judged(LOCKOUT, Source.PLATFORM, "lockout:grafana", "lockout:other").hint())
        .hasValueSatisfying(
            hint ->
                assertThat(hint)
                    .startsWith("--allow lockout:grafana does not count here")
                    .endsWith("allow it once with --allow lockout:" + id(1)));
    assertThat(judged(LOCKOUT, Source.PLATFORM, "lockout:other").hint())
        .contains("allow it once with --allow lockout:" + id(1));
  }

  @Test
  void aRuleThatIsNotAboutOneTokenIsAllowedAsAWhole() {
    assertThat(judged(MAX_CHANGES, Source.PLATFORM, "max-changes").isAllowed()).isTrue();
    assertThat(judged(MAX_CHANGES, Source.PLATFORM).isDenied()).isTrue();
  }
}
