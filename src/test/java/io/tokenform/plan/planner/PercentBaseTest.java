package io.tokenform.plan.planner;

import static io.tokenform.plan.PlanWorld.desired;
import static io.tokenform.plan.PlanWorld.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Permission;
import io.tokenform.access.Token;
import io.tokenform.plan.PlanWorld;
import io.tokenform.plan.Update;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of which tokens {@code max-changes} takes its percentage. */
class PercentBaseTest {
  private static final Token READER = token(1, "Grafana", Permission.read("logs"));
  private static final Token WITHOUT_ACCESS = token(2, "Empty");

  private final PercentBase base = new PercentBase();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          permissions: {read: [logs]}                 ; 1
          permissions: {}                             ; 1
          description: Grafana                        ; 0
          permissions: {read: [logs]}, mode: additive ; 0
          permissions: {}, mode: additive             ; 0
          """)
  void onlyWhatStatesAllThatATokenMayDoCounts(String entry, int size) throws Exception {
    base.add(desired("tokens: {a: {id: " + READER.id() + ", " + entry + "}}\n"), READER);

    assertThat(base.size()).isEqualTo(size);
  }

  @Test
  void aTokenWithoutAccessCountsIfItGetsSome() throws Exception {
    base.add(
        desired("tokens: {a: {id: " + WITHOUT_ACCESS.id() + ", permissions: {}}}\n"),
        WITHOUT_ACCESS);
    assertThat(base.size()).isZero();

    base.add(
        desired("tokens: {a: {id: " + WITHOUT_ACCESS.id() + ", permissions: {read: [logs]}}}\n"),
        WITHOUT_ACCESS);
    assertThat(base.size()).isEqualTo(1);
  }

  @Test
  void aTokenThatChangesCountsOnceWhateverThePolicySaysOfIt() throws Exception {
    String renamed = "tokens: {a: {id: " + READER.id() + ", description: Other}}\n";
    Update change = new PlanWorld().with(READER).update(renamed);

    base.addAll(List.of(change));
    assertThat(base.size()).isEqualTo(1);

    base.add(
        desired("tokens: {a: {id: " + READER.id() + ", permissions: {read: [logs]}}}\n"), READER);
    assertThat(base.size()).isEqualTo(1);
  }
}
