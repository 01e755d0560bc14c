package io.tokenform.plan;

import static io.tokenform.plan.PlanWorld.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.plan.GuardrailVerdict.Source;
import io.tokenform.plan.GuardrailVerdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a plan whose comment does not show all that is gained. */
class CutCommentTest {
  private static final String GAIN =
      "tokens: {a: {description: A, permissions: {read: [logs], write: [nowhere]}}}\n";

  private final PlanWorld world = new PlanWorld().with(token(1, "A"));

  private static Diagnostic cutComment(Plan plan) {
    return plan.findings().stream()
        .filter(finding -> finding.code() == Guardrail.CUT_COMMENT.code())
        .reduce(
            (one, other) -> {
              throw new AssertionError("two of them: " + one + ", " + other);
            })
        .orElseThrow();
  }

  private static Verdict verdict(Plan plan, Source source) {
    return plan.guardrails().stream()
        .filter(
            held -> held.rule().code() == Guardrail.CUT_COMMENT.code() && held.source() == source)
        .findFirst()
        .orElseThrow()
        .verdict();
  }

  @Test
  void somethingHasToBeMissing() {
    assertThatIllegalArgumentException().isThrownBy(() -> new CutComment(0, 0, 1000));
    assertThatCode(() -> new CutComment(1, 0, 1000)).doesNotThrowAnyException();
    assertThatCode(() -> new CutComment(0, 1, 1000)).doesNotThrowAnyException();
  }

  @Test
  void byDefaultThePlanIsDenied() throws Exception {
    Plan plan = world.plan(GAIN);
    assertThat(plan.isDenied()).isFalse();

    Plan judged = new CutComment(1, 0, 1000).judged(plan);

    assertThat(judged.isDenied()).isTrue();
    assertThat(cutComment(judged).isDenied()).isTrue();
    assertThat(verdict(judged, Source.DEFAULT)).isEqualTo(Verdict.DENIED);
    assertThat(cutComment(judged).where()).hasToString("tokens.yaml:1:1");
    assertThat(judged.changes()).isEqualTo(plan.changes());
    assertThat(judged.guardrails()).hasSameSizeAs(plan.guardrails());
    assertThat(judged.findings()).hasSize(plan.findings().size() + 1);
    // It stands at the beginning of the policy, so before what the plan found further down.
    assertThat(judged.findings())
        .extracting(Diagnostic::code)
        .containsExactly(Guardrail.CUT_COMMENT.code(), Guardrail.UNKNOWN_DATABASE.code());
  }

  @Test
  void anAllowanceOfThePlanCounts() throws Exception {
    Plan plan = world.allowing("cut-comment").plan(GAIN);
    assertThat(plan.allowed()).hasSize(1);

    Plan judged = new CutComment(1, 0, 1000).judged(plan);

    assertThat(judged.isDenied()).isFalse();
    assertThat(cutComment(judged).isAllowed()).isTrue();
    assertThat(verdict(judged, Source.DEFAULT)).isEqualTo(Verdict.ALLOWED);
  }

  @Test
  void aPlatformThatOnlyWarnsIsToldAtItsOwnPlace() throws Exception {
    Plan judged = new CutComment(1, 0, 1000).judged(world.platform("cut-comment: warn").plan(GAIN));

    assertThat(judged.isDenied()).isFalse();
    assertThat(cutComment(judged).where().fileAndLine()).isEqualTo("platform.yaml:2");
    assertThat(verdict(judged, Source.PLATFORM)).isEqualTo(Verdict.WARNED);
  }

  @Test
  void ofTwoSettingsTheStricterOneIsTold() throws Exception {
    Plan warning = world.platform("cut-comment: warn").plan(GAIN);
    List<GuardrailVerdict> both = new ArrayList<>(warning.guardrails());
    both.add(
        new GuardrailVerdict(
            Guardrail.CUT_COMMENT,
            Guardrail.Level.DENY,
            Source.DEFAULT,
            Optional.empty(),
            Verdict.PASSED));

    Plan judged = new CutComment(1, 0, 1000).judged(warning.with(warning.findings(), both));

    assertThat(cutComment(judged).isDenied()).isTrue();
    assertThat(verdict(judged, Source.PLATFORM)).isEqualTo(Verdict.WARNED);
    assertThat(verdict(judged, Source.DEFAULT)).isEqualTo(Verdict.DENIED);
  }

  @Test
  void aPlanThatIsNotHeldAgainstItIsLeftAlone() throws Exception {
    Plan plan = world.platform("cut-comment: off").plan(GAIN);

    assertThat(new CutComment(1, 0, 1000).judged(plan)).isEqualTo(plan);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, no room for 1 change that gains access",
    "2, 0, no room for 2 changes that gain access",
    "0, 1, no room for 1 database to which somebody gains access",
    "0, 3, no room for 3 databases to which somebody gains access",
    "2, 1, no room for 2 changes that gain access and 1 database to which somebody gains access",
  })
  void whatIsMissingIsCounted(int changes, int databases, String end) throws Exception {
    Plan judged = new CutComment(changes, databases, 1000).judged(world.plan(GAIN));

    assertThat(cutComment(judged).message()).contains("1000 characters").endsWith(end);
  }
}
