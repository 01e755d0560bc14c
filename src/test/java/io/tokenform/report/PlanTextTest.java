package io.tokenform.report;

import static io.tokenform.report.Plans.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Masking;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.plan.Plan;
import io.tokenform.planfile.SavedPlan;
import io.tokenform.report.text.Columns;
import io.tokenform.report.text.Style;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTextTest {
  @Test
  void whatAWildcardTakesInIsNoLoss() {
    SavedPlan saved = new Plans().change("backup", read("logs", "metrics"), read("*")).plan();
    assertThat(new PlanText(Style.PLAIN).render(saved.plan()))
        .contains(
            """
                  + read  *
                    read  logs     now part of read *
                    read  metrics  now part of read *
            """)
        .contains("Effects: widens 1.\n");
    assertThat(new PlanMarkdown(CommentOptions.DEFAULT).render(saved))
        .contains("adds read **all databases**<br>keeps read `logs`, `metrics`, as part of **all")
        .doesNotContain("removes");
    assertThat(new PlanAnnotations(UnaryOperator.identity()).render(saved))
        .contains("adds read all databases; keeps read logs, read metrics, as part of all")
        .doesNotContain("removes");
  }

  @Test
  void theLossOfAWildcardIsALoss() {
    SavedPlan saved = new Plans().change("backup", read("*"), read("logs")).plan();
    assertThat(new PlanText(Style.PLAIN).render(saved.plan()))
        .contains(
            """
                  - read  *
                    read  logs  was part of read *
            """)
        .contains("(all)  - backup read, keeps logs\n", "Effects: narrows 1.\n");
    assertThat(new PlanMarkdown(CommentOptions.DEFAULT).render(saved))
        .contains("removes read **all databases**<br>keeps read `logs` ")
        .doesNotContain("adds");
    assertThat(new PlanAnnotations(UnaryOperator.identity()).render(saved))
        .contains("::removes read all databases; keeps read logs\n");
  }

  @Test
  void aWildcardOfAnotherActionTakesNothingIn() {
    SavedPlan saved =
        new Plans().change("x", read("logs"), Permissions.of(Permission.write("*"))).plan();
    assertThat(new PlanText(Style.PLAIN).render(saved.plan()))
        .contains("      - read   logs\n", "Effects: widens and narrows 1.\n");
  }

  @Test
  void whatIsWrittenBesideAWildcardIsPartOfIt() {
    assertThat(
            new PlanText(Style.PLAIN)
                .render(new Plans().change("x", read("*"), read("*", "logs")).plan().plan()))
        .contains("        read  *\n        read  logs  named now, part of read *\n", "neutral 1");
    assertThat(
            new PlanText(Style.PLAIN)
                .render(new Plans().change("x", read("*", "logs"), read("*")).plan().plan()))
        .contains(
            "        read  *\n        read  logs  not named any more, part of read *\n",
            "neutral 1");
  }

  @Test
  void aLargePlanBeginsWithALineForEachChange() {
    String large = new PlanText(Style.PLAIN).render(plan(PlanText.LARGE));
    assertThat(large)
        .contains(
            """
            Changes
              ~ token-0  widens and narrows  + read a0, + read b0, - read logs and 1 more
              ~ token-1  widens and narrows  + read a1, + read b1, - read logs and 1 more
            """);
    assertThat(large.indexOf("Changes\n")).isLessThan(large.indexOf("Wave 1"));
    assertThat(new PlanText(Style.PLAIN).render(plan(PlanText.LARGE - 1)))
        .doesNotContain("Changes\n");
  }

  private static Plan plan(int changes) {
    Plans plans = new Plans();
    for (int i = 0; i < changes; i++) {
      plans.change("token-" + i, read("logs"), read("a" + i, "b" + i, "c" + i));
    }
    return plans.plan().plan();
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 120})
  void itsLinesFitTheTerminal(int width) {
    Plans plans = new Plans("some/rather/deep/folder/of/policies/tokens.yaml");
    for (int i = 0; i < 12; i++) {
      plans.change(
          "a-token-with-a-long-name-" + i,
          "the old one, of many words, which says nothing ".repeat(5),
          "\u76e3\u8996 ".repeat(60),
          read("logs"),
          read("metrics", "a-database-with-a-long-name-" + i),
          List.of());
    }
    plans.unmanaged("x".repeat(1 << 20), read("logs"));
    plans.unmanaged("short", read("logs"));
    PlanText text = new PlanText(Style.PLAIN, new Masking(), OptionalInt.of(width), true);
    assertThat(text.render(plans.plan().plan()).lines())
        .filteredOn(line -> !line.contains("sha256:") && !line.contains("\""))
        .allSatisfy(line -> assertThat(Columns.width(line)).isLessThanOrEqualTo(width));
  }

  @Test
  void aDescriptionOfAMegabyteIsNotPrintedWhole() {
    Plans plans =
        new Plans()
            .change("x", "a".repeat(1 << 20), "b".repeat(1 << 20), read(), read(), List.of());
    plans.unmanaged("c".repeat(1 << 20), read("logs"));
    assertThat(new PlanText(Style.PLAIN).render(plans.plan().plan()))
        .hasSizeLessThan(2_000)
        .contains("(characters 1 to 200 of 1,048,576)");
  }
}
