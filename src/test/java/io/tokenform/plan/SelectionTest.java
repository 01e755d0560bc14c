package io.tokenform.plan;

import static io.tokenform.plan.PlanWorld.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which tokens a plan is about. */
class SelectionTest {
  @Test
  void withoutTargetsEveryTokenIsSelected() {
    assertThat(Selection.ALL.includes(name("grafana"))).isTrue();
  }

  @Test
  void targetsSelectNobodyElse() {
    Selection selection = new Selection(Set.of(name("grafana")), Set.of());

    assertThat(selection.includes(name("grafana"))).isTrue();
    assertThat(selection.includes(name("telegraf"))).isFalse();
  }

  @Test
  void whatIsExcludedIsNotSelectedThoughItIsATarget() {
    Selection excluding = new Selection(Set.of(), Set.of(name("grafana")));
    assertThat(excluding.includes(name("grafana"))).isFalse();
    assertThat(excluding.includes(name("telegraf"))).isTrue();

    Selection both = new Selection(Set.of(name("grafana")), Set.of(name("grafana")));
    assertThat(both.includes(name("grafana"))).isFalse();
  }
}
