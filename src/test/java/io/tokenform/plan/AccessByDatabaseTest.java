package io.tokenform.plan;

import static io.tokenform.plan.PlanWorld.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import io.tokenform.plan.AccessByDatabase.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who gains and who loses access to each database. */
class AccessByDatabaseTest {
  private static Entry gain(String token, Action action) {
    return new Entry(true, token, action, List.of());
  }

  private static Entry loss(String token, Action action, String... kept) {
    return new Entry(false, token, action, List.of(kept));
  }

  @Test
  void eachDatabaseHasItsGainsAndLossesInTheOrderOfThePlan() throws Exception {
    Plan plan =
        new PlanWorld()
            .with(
                token(1, "A", Permission.read("logs"), Permission.read("metrics")),
                token(2, "B", Permission.read("metrics")),
                token(3, "C", Permission.write("logs")))
            .plan(
                """
                tokens:
                  a: {description: A, permissions: {read: [logs]}}
                  b: {description: B, permissions: {read: [logs]}}
                  c: {description: C, permissions: {read: [logs], write: [logs]}}
                """);

    var byDatabase = AccessByDatabase.of(plan);

    assertThat(byDatabase.keySet()).containsExactly("logs", "metrics");
    assertThat(byDatabase.get("logs"))
        .containsExactly(gain("c", Action.READ), gain("b", Action.READ));
    assertThat(byDatabase.get("metrics"))
        .containsExactly(loss("b", Action.READ), loss("a", Action.READ));
  }

  @Test
  void allDatabasesComeFirst() throws Exception {
    Plan plan =
        new PlanWorld()
            .with(token(1, "A"), token(2, "B"), token(3, "C"), token(4, "D"))
            .plan(
                """
                tokens:
                  a: {description: A, permissions: {read: ['!first', zlast]}}
                  b: {description: B, permissions: {write: ['*']}}
                  c: {description: C, permissions: {read: [middle, '*'], write: [middle]}}
                  d: {description: D, permissions: {read: ['"late']}}
                """);

    var byDatabase = AccessByDatabase.of(plan);

    // What follows from the same on all databases is not told again.
    assertThat(byDatabase.keySet()).containsExactly("*", "!first", "\"late", "middle", "zlast");
    assertThat(byDatabase.get("*"))
        .containsExactly(gain("b", Action.WRITE), gain("c", Action.READ));
    assertThat(byDatabase.get("middle")).containsExactly(gain("c", Action.WRITE));
  }

  @Test
  void aLossOnAllDatabasesTellsWhichOnesAreLeft() throws Exception {
    Plan plan =
        new PlanWorld()
            .with(
                token(
                    1, "A", Permission.read("*"), Permission.read("orders"), Permission.write("*")))
            .plan(
                """
                tokens:
                  a: {description: A, permissions: {read: [logs, metrics], write: [logs]}}
                """);

    assertThat(AccessByDatabase.of(plan))
        .containsOnlyKeys("*")
        .containsEntry(
            "*",
            List.of(loss("a", Action.READ, "logs", "metrics"), loss("a", Action.WRITE, "logs")));
  }

  @Test
  void aPlanThatChangesNoAccessHasNoEntries() throws Exception {
    Plan plan =
        new PlanWorld()
            .with(token(1, "A", Permission.read("logs")))
            .plan("tokens: {a: {id: 00000000-0000-4000-8000-000000000001, description: B}}\n");

    assertThat(plan.hasChanges()).isTrue();
    assertThat(AccessByDatabase.of(plan)).isEmpty();
  }
}
