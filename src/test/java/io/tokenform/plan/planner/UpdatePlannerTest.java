package io.tokenform.plan.planner;

import static io.tokenform.plan.PlanWorld.QUIET;
import static io.tokenform.plan.PlanWorld.id;
import static io.tokenform.plan.PlanWorld.name;
import static io.tokenform.plan.PlanWorld.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Subject;
import io.tokenform.plan.Change;
import io.tokenform.plan.ManagedFields;
import io.tokenform.plan.Plan;
import io.tokenform.plan.PlanWorld;
import io.tokenform.plan.Update;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which live tokens are not what the policy says. */
class UpdatePlannerTest {
  private static final Permission METRICS = Permission.read("metrics");
  private static final Permission LOGS = Permission.read("logs");
  private static final Permission ADMIN = new Permission(new Action("admin"), "metrics");

  private final PlanWorld world = new PlanWorld();

  private static Diagnostic only(Plan plan) {
    assertThat(plan.findings()).hasSize(1);
    return plan.findings().get(0);
  }

  @Test
  void aTokenThatIsAsThePolicySaysIsUnchanged() throws Exception {
    Plan plan =
        world
            .with(token(1, "B", LOGS), token(2, "A", METRICS))
            .plan(
                QUIET
                    + """
                    tokens:
                      b: {description: B, permissions: {read: [logs]}}
                      a: {description: A}
                    """);

    assertThat(plan.changes()).isEmpty();
    assertThat(plan.unchanged()).containsExactly(name("a"), name("b"));
    assertThat(plan.findings()).isEmpty();
  }

  @Test
  void anAuthoritativeTokenGetsWhatThePolicySaysAndNothingElse() throws Exception {
    Update update =
        world
            .with(token(1, "Grafana", METRICS))
            .update("tokens: {grafana: {description: Grafana, permissions: {read: [logs]}}}\n");

    assertThat(update.before())
        .isEqualTo(new ManagedFields(Optional.of("Grafana"), Optional.of(Permissions.of(METRICS))));
    assertThat(update.after())
        .isEqualTo(new ManagedFields(Optional.of("Grafana"), Optional.of(Permissions.of(LOGS))));
  }

  @Test
  void anAdditiveTokenKeepsWhatItHas() throws Exception {
    String policy =
        "tokens: {grafana: {description: Grafana, mode: additive, permissions: {read: [logs]}}}\n";
    world.with(token(1, "Grafana", METRICS));

    assertThat(world.update(policy).permissionsAfter()).containsExactly(LOGS, METRICS);
    assertThat(new PlanWorld().with(token(1, "Grafana", METRICS, LOGS)).plan(policy).unchanged())
        .containsExactly(name("grafana"));
  }

  @Test
  void aChangeKnowsTheRolesOfItsPermissions() throws Exception {
    Update update =
        world
            .with(token(1, "Grafana"))
            .update(
                """
                roles: {reader: {read: [logs]}}
                tokens: {grafana: {description: Grafana, roles: [reader]}}
                """);

    assertThat(update.roles().of(LOGS)).containsExactly("reader");
  }

  @Test
  void aTokenThatWouldKeepASecretIsNotChanged() throws Exception {
    Permission secret = Permission.read("[secret]");
    world.with(token(1, "Grafana", secret));

    Plan additive =
        world.plan(
            QUIET
                + "tokens: {grafana: {description: Grafana, mode: additive,"
                + " permissions: {read: [logs]}}}\n");
    assertThat(additive.changes()).isEmpty();
    assertThat(only(additive).code()).isEqualTo(Code.SECRET_ON_CLUSTER);
    assertThat(only(additive).isError()).isTrue();
    assertThat(only(additive).subjects()).containsExactly(Subject.of(name("grafana"), id(1)));

    // To take it away sends none, and a description has nothing to do with it.
    assertThat(
            world
                .update(
                    QUIET
                        + "tokens: {grafana: {description: Grafana, permissions: {read: [logs]}}}\n")
                .permissionsAfter())
        .containsExactly(LOGS);
    assertThat(
            world
                .update(QUIET + "tokens: {grafana: {id: " + id(1) + ", description: Other}}\n")
                .update()
                .description())
        .contains("Other");
  }

  @Test
  void aDescriptionByWhichAnotherTokenIsFoundIsNotGiven() throws Exception {
    Plan plan =
        world
            .with(token(1, "Old"), token(2, "Grafana"))
            .plan(
                QUIET
                    + """
                    tokens:
                      grafana: {description: Grafana}
                      old: {id: 00000000-0000-4000-8000-000000000001, description: Grafana}
                    """);

    assertThat(plan.changes()).isEmpty();
    assertThat(plan.unchanged()).containsExactly(name("grafana"));
    Diagnostic finding = only(plan);
    assertThat(finding.code()).isEqualTo(Code.AMBIGUOUS_DESCRIPTION);
    assertThat(finding.isError()).isTrue();
    assertThat(finding.subjects())
        .containsExactly(Subject.of(name("old"), id(1)), Subject.of(name("grafana")));
    assertThat(finding.where().line()).isEqualTo(5);
    assertThat(finding.other().orElseThrow().line()).isEqualTo(4);
  }

  @Test
  void aDescriptionThatNobodyIsFoundByIsGiven() throws Exception {
    Plan plan =
        world
            .with(token(1, "Old"), token(2, "Grafana"))
            .plan(
                QUIET
                    + """
                    tokens:
                      grafana: {id: 00000000-0000-4000-8000-000000000002, description: Grafana}
                      old: {id: 00000000-0000-4000-8000-000000000001, description: Grafana}
                    """);

    assertThat(plan.changes()).extracting(Change::address).hasSize(1);
    assertThat(plan.findings()).isEmpty();
  }

  @Test
  void theLossOfAnActionThatTokenformDoesNotKnowIsSaid() throws Exception {
    world.with(token(1, "Grafana", METRICS, ADMIN));

    Plan plan =
        world.plan(
            QUIET + "tokens: {grafana: {description: Grafana, permissions: {read: [metrics]}}}\n");
    assertThat(plan.changes()).hasSize(1);
    Diagnostic finding = only(plan);
    assertThat(finding.code()).isEqualTo(Code.UNDOCUMENTED_ACTION);
    assertThat(finding.isError()).isFalse();
    assertThat(finding.message()).contains("\"grafana\"", "\"admin metrics\"", "\"admin\"");
    assertThat(finding.subjects()).containsExactly(Subject.of(name("grafana"), id(1)));

    assertThat(
            world
                .plan(
                    QUIET
                        + "tokens: {grafana: {description: Grafana, mode: additive,"
                        + " permissions: {read: [logs]}}}\n")
                .findings())
        .isEmpty();
  }

  @Test
  void theLossOfAKnownActionIsOrdinary() throws Exception {
    assertThat(
            world
                .with(token(1, "Grafana", METRICS, LOGS))
                .plan(
                    QUIET
                        + "tokens: {grafana: {description: Grafana,"
                        + " permissions: {read: [metrics]}}}\n")
                .findings())
        .isEmpty();
  }
}
