package io.tokenform.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.finding.Code;
import io.tokenform.finding.Counterexample;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.plan.Change;
import io.tokenform.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImportanceTest {
  private static final Location ELSEWHERE = new Location(new SourceText("other.yaml", ""), 1, 1, 1);

  @Test
  void whatGainsWriteAccessStandsFirstThenWhatGainsReadThenTheRest() {
    Plan plan =
        new Plans()
            .change("rest", read("a"), read())
            .change("a-reader", read("a"), read("a", "b"))
            .change("z-reader-of-all", read("a"), read("*"))
            .change("z-writer", read("a"), Permissions.of(Permission.write("b")))
            .change(
                "y-odd",
                read("a"),
                Permissions.of(Permission.read("a"), new Permission(Action.of("admin"), "a")))
            .change("renamed", "old", "new", read("a"), read("a"), List.of())
            .plan(Set.of("lockout"))
            .plan();
    assertThat(new Importance(plan).changes())
        .extracting(change -> change.address().name())
        .containsExactly("y-odd", "z-writer", "z-reader-of-all", "a-reader", "rest", "renamed");
  }

  @Test
  void amongThemWhatIsDeniedStandsFirstAndThenWildcards() {
    Plan plan =
        new Plans()
            .change("a", read("a"), read("b"))
            .change("b", read("a"), read("*"))
            .change("c", read("a"), read("c"))
            .plan()
            .plan();
    Change c = plan.changes().get(2);
    Diagnostic denied =
        Diagnostic.of(Guardrail.DESCRIPTION, ELSEWHERE, "some text").about(c.subject()).asDenied();
    Importance importance = new Importance(with(plan, denied));
    assertThat(importance.changes())
        .extracting(change -> change.address().name())
        .containsExactly("c", "b", "a");
    assertThat(plan.changes().stream().filter(importance::isDenied)).containsExactly(c);
  }

  /** Two findings may have one place and one text, and be about different tokens. */
  @Test
  void aFindingIsTiedToItsTokenAndNotToItsPlaceOrText() {
    Plan plan =
        new Plans()
            .change("a", read("a"), read("b"))
            .change("b", read("a"), read("b"))
            .plan()
            .plan();
    Change a = plan.changes().get(0);
    Change b = plan.changes().get(1);
    Diagnostic denied =
        Diagnostic.of(Guardrail.WIDENING, b.where(), "\"b\" would gain access")
            .about(a.subject())
            .asDenied();
    Importance importance = new Importance(with(plan, denied));
    assertThat(importance.isDenied(a)).isTrue();
    assertThat(importance.isDenied(b)).isFalse();
  }

  /** It may be the very repair, or have nothing to do with what fails. */
  @Test
  void anExpectationDeniesTheChangeAloneThatMakesItFail() {
    Plan plan =
        new Plans()
            .change("gives", read("a"), read("a", "b"))
            .change("keeps", read("b", "c"), read("b"))
            .change("takes", read("a", "b"), read("a"))
            .plan(Set.of("lockout"))
            .plan();
    Counterexample can = new Counterexample(true, Action.READ, List.of("b"));
    Counterexample cannot = new Counterexample(false, Action.READ, List.of("b"));
    assertThat(deniedBy(plan, can)).containsExactly("gives");
    assertThat(deniedBy(plan, cannot)).containsExactly("takes");
  }

  private static List<String> deniedBy(Plan plan, Counterexample access) {
    Diagnostic[] findings =
        plan.changes().stream()
            .map(
                change ->
                    Diagnostic.warning(Code.EXPECTATION, ELSEWHERE, "it fails")
                        .about(change.subject())
                        .by(access)
                        .asDenied())
            .toArray(Diagnostic[]::new);
    Importance importance = new Importance(with(plan, findings));
    return importance.changes().stream()
        .filter(importance::isDenied)
        .map(change -> change.address().name())
        .toList();
  }

  @Test
  void findingsAboutGainsComeBeforeOthersOfTheirKind() {
    Plan plan =
        new Plans()
            .change("a", read("a", "b"), read("b"))
            .change("b", read("a"), Permissions.of(Permission.write("b")))
            .plan()
            .plan();
    List<Diagnostic> findings = new ArrayList<>();
    for (Change change : plan.changes()) {
      findings.add(
          Diagnostic.of(Guardrail.DESCRIPTION, ELSEWHERE, change.address().name())
              .about(change.subject()));
    }
    findings.sort((one, other) -> one.message().compareTo(other.message()));
    assertThat(new Importance(with(plan, findings.toArray(Diagnostic[]::new))).findings())
        .extracting(Diagnostic::message)
        .containsExactly("b", "a");
  }

  @Test
  void databasesToWhichSomebodyGainsAccessStandFirst() {
    Plan plan =
        new Plans()
            .change("a", read("a", "z"), read("z"))
            .change("b", read("a"), read("a", "c"))
            .change("c", read("a"), Permissions.of(Permission.read("a"), Permission.write("d")))
            .plan()
            .plan();
    assertThat(new Importance(plan).databases())
        .extracting(Importance.Database::resource)
        .containsExactly("d", "c", "a");
  }

  private static Plan with(Plan plan, Diagnostic... findings) {
    return new Plan(
        plan.cluster(),
        plan.order(),
        plan.changes(),
        plan.unchanged(),
        plan.unselected(),
        plan.leftAlone(),
        plan.unmanaged(),
        plan.activeTokens(),
        plan.inactiveTokens(),
        plan.dueLeftOut(),
        List.of(findings),
        plan.allowed(),
        plan.guardrails(),
        plan.expectations());
  }

  private static Permissions read(String... databases) {
    return Plans.read(databases);
  }
}
