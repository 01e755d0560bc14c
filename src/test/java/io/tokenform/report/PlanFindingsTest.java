package io.tokenform.report;

import static io.tokenform.report.Plans.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Masking;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.finding.Subject;
import io.tokenform.plan.Plan;
import io.tokenform.planfile.PlanFile;
import io.tokenform.planfile.SavedPlan;
import io.tokenform.report.text.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanFindingsTest {
  private static final Location PLACE = new Location(new SourceText("x.yaml", "line\n"), 1, 1, 1);

  /** Changes one token, and leaves many alone that name databases which are not there. */
  private static SavedPlan plan(int quiet) {
    Plans plans = new Plans().change("changes", read("logs"), read("logs", "nowhere"));
    for (int i = 0; i < quiet; i++) {
      plans.change("quiet-" + i, read("gone-" + i), read("gone-" + i));
    }
    return plans.plan();
  }

  @Test
  void findingsAboutTokensThatThePlanLeavesAloneAreOneLineForEachCode() {
    PlanFindings told = PlanFindings.of(plan(68).plan());
    assertThat(told.each())
        .singleElement()
        .satisfies(finding -> assertThat(finding.message()).contains("nowhere"));
    assertThat(told.groups()).hasSize(1);
    assertThat(new DiagnosticText(Style.PLAIN).render(told.groups().get(0)))
        .isEqualTo(
            "warning[unknown-database]: 68 findings about tokens that this plan does not change:"
                + " quiet-0, quiet-1, quiet-2 and 65 more (--verbose shows each)\n");
  }

  @Test
  void oneFindingIsNoGroup() {
    PlanFindings told = PlanFindings.of(plan(1).plan());
    assertThat(told.each()).hasSize(2);
    assertThat(told.groups()).isEmpty();
  }

  @Test
  void whatDeniesIsToldOneByOneAsLongAsPeopleCanReadIt() {
    Plan plan = plan(0).plan();
    assertThat(PlanFindings.of(plan, denials(10)).groups()).isEmpty();
    PlanFindings many = PlanFindings.of(plan, denials(11));
    assertThat(many.each()).isEmpty();
    assertThat(many.groups()).hasSize(1);
    assertThat(many.groups().get(0).message(UnaryOperator.identity())).startsWith("11 findings");
  }

  @Test
  void whatDeniesComesBeforeWhatWarnsAndWhatIsAllowedIsApart() {
    List<Diagnostic> findings = new ArrayList<>(List.of(missing(1), missing(2)));
    findings.addAll(denials(11));
    assertThat(PlanFindings.of(plan(0).plan(), findings).groups())
        .extracting(group -> group.first().severity().toString() + group.findings().size())
        .containsExactly("denied11", "warning2");
  }

  @Test
  void aFindingAboutAChangedTokenIsTold() {
    Plan plan = plan(0).plan();
    TokenId id = plan.changes().get(0).liveId().orElseThrow();
    Diagnostic byName = finding().about(Subject.of(new TokenName("changes")));
    Diagnostic byId = finding().about(Subject.of(id));
    Diagnostic oneOfTwo =
        finding().about(Subject.of(new TokenName("other")), Subject.of(new TokenName("changes")));
    Diagnostic ofNoToken = finding().about(Subject.ofDatabase("logs"));
    List<Diagnostic> findings = List.of(byName, byId, oneOfTwo, ofNoToken);
    assertThat(PlanFindings.of(plan, findings).each()).isEqualTo(findings);
  }

  @Test
  void everyFormForPeopleFoldsThemAndShowsEachIfAsked() {
    SavedPlan saved = plan(68);
    for (boolean all : new boolean[] {false, true}) {
      CommentOptions comment =
          new CommentOptions(Optional.empty(), CommentOptions.DEFAULT_LIMIT, all, Optional.empty());
      PlanText text = new PlanText(Style.PLAIN, new Masking(), OptionalInt.empty(), all);
      for (String form :
          List.of(
              text.render(saved),
              new PlanMarkdown(comment).render(saved),
              new PlanAnnotations(UnaryOperator.identity(), all).render(saved))) {
        assertThat(form.contains("68 findings about tokens")).isEqualTo(!all);
        assertThat(form.contains("\"gone-3\"") || form.contains("gone-3,")).isEqualTo(all);
        assertThat(form).contains("nowhere");
      }
    }
  }

  @Test
  void machinesGetAllOfThem() {
    assertThat(PlanFile.write(plan(68))).contains("gone-0", "gone-67");
  }

  private static List<Diagnostic> denials(int count) {
    return IntStream.range(0, count).mapToObj(i -> missing(i).asDenied()).toList();
  }

  private static Diagnostic missing(int number) {
    return finding().about(Subject.of(new TokenName("missing-" + number)));
  }

  private static Diagnostic finding() {
    return Diagnostic.of(Guardrail.MISSING_TOKEN, PLACE, "it is not there");
  }
}
