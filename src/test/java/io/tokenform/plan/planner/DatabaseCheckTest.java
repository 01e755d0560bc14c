package io.tokenform.plan.planner;

import static io.tokenform.plan.PlanWorld.database;
import static io.tokenform.plan.PlanWorld.id;
import static io.tokenform.plan.PlanWorld.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Permission;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.plan.Effect;
import io.tokenform.plan.HeldExpectation;
import io.tokenform.plan.Kind;
import io.tokenform.plan.Plan;
import io.tokenform.plan.PlanWorld;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What plans say of databases that are renamed or gone, and of those who use them. */
class DatabaseCheckTest {
  private static final String RENAMES =
      """
      tokens:
        a: {id: %s, permissions: {write: [sales]}}
      databases:
        sales: {renamed: orders}
      """
          .formatted(id(1));

  private static final String QUIET = "guardrails: {unmanaged-token: off}\n";

  private static PlanWorld world() {
    return new PlanWorld().withDatabases(database("orders", "90d"), database("logs", "infinite"));
  }

  private static PlanWorld user() {
    return world().with(token(1, "A", Permission.write("orders")));
  }

  private static List<Diagnostic> of(Plan plan, Guardrail rule) {
    return plan.findings().stream()
        .filter(finding -> finding.rule().equals(Optional.of(rule)))
        .toList();
  }

  private static List<String> expectations(Plan plan) {
    return plan.findings().stream()
        .filter(finding -> finding.code() == Code.EXPECTATION)
        .map(finding -> (finding.isDenied() ? "denied: " : "") + finding.message())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{database: orders, writers: []}",
        "{database: \"o*\", writers: []}",
        "{never: {write: [orders]}}",
        "{token: a, cannot: {write: [orders]}}",
      })
  void aRenameGetsRidOfNoExpectationOfThePlatform(String expectation) throws Exception {
    Plan before =
        user()
            .expecting("[" + expectation + "]")
            .plan(QUIET + "tokens:\n  a: {id: " + id(1) + ", permissions: {write: [orders]}}\n");
    Plan plan = user().expecting("[" + expectation + "]").plan(QUIET + RENAMES);

    assertThat(before.isDenied()).isTrue();
    assertThat(plan.count(Kind.RENAME_DATABASE)).isEqualTo(1);
    assertThat(plan.isDenied()).isTrue();
    assertThat(plan.failsExpectations()).isTrue();
    assertThat(expectations(plan))
        .singleElement()
        .asString()
        .startsWith("denied: ")
        .contains("\"orders\"", "\"sales\"");
  }

  @Test
  void nothingAllowsIt() throws Exception {
    Plan plan =
        user()
            .expecting("[{never: {write: [orders]}, except: [a]}]")
            .allowing("stranded", "dangling")
            .plan(QUIET + RENAMES);

    assertThat(plan.isDenied()).isTrue();
  }

  @Test
  void aPolicyCannotSayTheSameForThePlatform() throws Exception {
    String own = "expect: [{never: {write: [sales]}, except: [a]}]\n";

    assertThat(
            user()
                .expecting("[{never: {write: [orders]}, except: [a]}]")
                .plan(QUIET + RENAMES + own)
                .expectations())
        .extracting(HeldExpectation::holds)
        .containsExactlyInAnyOrder(false, true);
    assertThat(
            user()
                .expecting(
                    "[{never: {write: [orders]}, except: [a]}, {never: {write: [sales]}, except:"
                        + " [a]}]")
                .plan(QUIET + RENAMES)
                .isDenied())
        .isFalse();
  }

  @Test
  void anExpectationOfThePolicyMovesWithTheRename() throws Exception {
    String old = "expect: [{database: orders, writers: [a]}]\n";

    Plan left = user().plan(QUIET + RENAMES + old);
    Plan moved = user().plan(QUIET + RENAMES + old.replace("orders", "sales"));

    assertThat(expectations(left))
        .containsExactly(
            "denied: this names the database \"orders\" by its old name, and it gets the name"
                + " \"sales\": nothing would be expected of its data");
    assertThat(moved.findings()).isEmpty();
  }

  @Test
  void oneThatIsNotRenamedIsExpectedOfAsBefore() throws Exception {
    Plan plan =
        world()
            .with(token(1, "A", Permission.write("sales")))
            .withDatabases(database("sales", "90d"), database("logs", "infinite"))
            .expecting("[{never: {write: [orders]}}]")
            .plan(QUIET + RENAMES);

    assertThat(plan.changes()).isEmpty();
    assertThat(plan.isDenied()).isFalse();
    assertThat(expectations(plan)).containsExactly("there is no database \"orders\"");
  }

  @Test
  void whoeverKeepsAPermissionOnTheOldNameIsNamed() throws Exception {
    Plan plan =
        world()
            .with(
                token(1, "A", Permission.write("orders")),
                token(2, "B", Permission.read("orders"), Permission.read("*")),
                token(3, "C", Permission.write("orders")))
            .plan(
                QUIET
                    + RENAMES
                        .replace("{id", "{mode: additive, id")
                        .replace(
                            "databases",
                            "  c: {id: " + id(3) + ", permissions: {write: [sales]}}\ndatabases"));

    assertThat(of(plan, Guardrail.STRANDED)).isEmpty();
    assertThat(of(plan, Guardrail.DANGLING))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.message())
                  .isEqualTo(
                      "\"a\" and \"B\" ("
                          + id(2)
                          + ") keep permissions on the old name \"orders\" of the database"
                          + " \"sales\"");
              assertThat(finding.hint().orElseThrow()).contains("mode: additive", "creates");
              assertThat(finding.subjects())
                  .extracting(subject -> subject.database().orElseThrow())
                  .containsExactly("orders");
            });
  }

  @Test
  void aPermissionThatStaysOnTheOldNameCanBeDeniedAllowedAndExcepted() throws Exception {
    String policy = RENAMES.replace("{id", "{mode: additive, id");
    String deny = "guardrails: {unmanaged-token: off, dangling: {level: deny, except: [%s]}}\n";

    assertThat(user().plan(deny.formatted("logs") + policy).isDenied()).isTrue();
    assertThat(user().allowing("dangling:orders").plan(deny.formatted("logs") + policy).isDenied())
        .isFalse();
    assertThat(user().plan(deny.formatted("orders") + policy).findings()).isEmpty();
  }

  @Test
  void aRenameThatTakesTheOldNameLeavesNothing() throws Exception {
    assertThat(user().plan(QUIET + RENAMES).findings()).isEmpty();
  }

  @Test
  void aStrandedTokenKeepsThePermissionToo() throws Exception {
    Plan plan =
        world()
            .with(token(1, "A", Permission.write("orders")))
            .plan(QUIET + "tokens: {}\ndatabases:\n  sales: {renamed: orders}\n");

    assertThat(of(plan, Guardrail.STRANDED)).hasSize(1);
    assertThat(of(plan, Guardrail.DANGLING))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.message()).contains("keeps permissions on the old name");
              assertThat(finding.hint().orElseThrow()).doesNotContain("additive");
            });
  }

  private static final String NAMES_GONE =
      """
      tokens:
        a: {id: %s, permissions: {write: [gone]}}
      databases:
        orders: {}
      """
          .formatted(id(1));

  @ParameterizedTest
  @CsvSource({
    "warn, warn, unknown-database",
    "deny, warn, unknown-database",
    "deny, deny, unknown-database",
    "warn, off, unknown-database",
    "warn, deny, dangling",
    "off, warn, dangling",
    "off, deny, dangling",
  })
  void aPermissionOfThePolicyOnADatabaseThatIsGoneIsToldOnceAndByTheStricterRule(
      String unknown, String dangling, String told) throws Exception {
    String rules =
        "guardrails: {unmanaged-token: off, unknown-database: %s, dangling: %s}\n"
            .formatted(unknown, dangling);

    Plan plan = world().with(token(1, "A", Permission.write("gone"))).plan(rules + NAMES_GONE);

    assertThat(plan.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code().word()).isEqualTo(told);
              assertThat(finding.message()).contains("\"gone\"", "\"a\"");
              assertThat(finding.isDenied()).isEqualTo(rules.contains(told + ": deny"));
            });
  }

  @Test
  void thePlatformsLevelCountsForWhichOfTheTwoTells() throws Exception {
    PlanWorld world = world().with(token(1, "A", Permission.write("gone")));

    assertThat(world.platform("dangling: deny").plan(QUIET + NAMES_GONE).findings())
        .singleElement()
        .matches(finding -> finding.code() == Guardrail.DANGLING.code() && finding.isDenied());
    assertThat(
            world
                .platform("dangling: {level: deny, except: [gone]}")
                .plan(QUIET + NAMES_GONE)
                .findings())
        .singleElement()
        .matches(finding -> finding.code() == Guardrail.UNKNOWN_DATABASE.code());
  }

  @Test
  void whatThePolicyDoesNotSayIsToldAsDanglingBesides() throws Exception {
    PlanWorld world =
        world()
            .with(
                token(1, "A", Permission.write("gone"), Permission.read("gone")),
                token(2, "B", Permission.read("gone")),
                token(3, "C"));

    Plan taken = world.plan(QUIET + NAMES_GONE);
    Plan kept = world.plan(QUIET + NAMES_GONE.replace("{id", "{mode: additive, id"));
    Plan strict =
        world.plan(
            "guardrails: {unmanaged-token: off, dangling: deny}\n"
                + NAMES_GONE.replace(
                    "databases",
                    "  c: {id: " + id(3) + ", permissions: {write: [gone]}}\ndatabases"));

    assertThat(of(taken, Guardrail.UNKNOWN_DATABASE)).hasSize(1);
    assertThat(of(taken, Guardrail.DANGLING))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.message()).startsWith("\"B\" (" + id(2) + ") has permissions"));
    assertThat(of(kept, Guardrail.UNKNOWN_DATABASE)).hasSize(1);
    assertThat(of(kept, Guardrail.DANGLING))
        .singleElement()
        .satisfies(finding -> assertThat(finding.message()).startsWith("\"a\" and \"B\""));
    // The permission of "c" is not live, so "dangling" does not tell of it.
    assertThat(of(strict, Guardrail.UNKNOWN_DATABASE)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"data-loss", "stranded", "dangling"})
  void anExceptionForADatabaseThatNobodyKnowsIsTold(String rule) throws Exception {
    String policy =
        "guardrails: {unmanaged-token: off, %s: {level: deny, except: [ordres, logs]}}\n"
            .formatted(rule);
    String databases = "tokens: {}\ndatabases:\n  orders: {}\n  logs: {}\n";

    for (Plan plan :
        List.of(
            world().plan(policy + databases),
            world()
                .platform(rule + ": {level: deny, except: [ordres, logs]}")
                .plan(QUIET + databases))) {
      assertThat(plan.findings())
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.code()).isEqualTo(Code.UNUSED_EXCEPTION);
                assertThat(finding.message())
                    .startsWith("\"ordres\" excepts no database from " + rule + ": ");
                assertThat(finding.hint().orElseThrow()).contains("\"orders\"");
              });
    }
  }

  @Test
  void anExceptionThatIsUsedIsNotTold() throws Exception {
    PlanWorld world = world().with(token(1, "A", Permission.read("gone")));
    String policy = "tokens: {}\ndatabases:\n  orders: {retention: 1d}\n";

    assertThat(
            world
                .plan(
                    "guardrails: {unmanaged-token: off, dangling: {level: deny, except: [gone]},"
                        + " data-loss: {level: deny, except: [\"ord*\"]}}\n"
                        + policy)
                .findings())
        .isEmpty();
    assertThat(
            world
                .platform(
                    "dangling: {level: deny, except: [gone]}, data-loss: {level: deny, except:"
                        + " [orders]}")
                .plan(QUIET + policy)
                .findings())
        .isEmpty();
  }

  @Test
  void whereNobodyAskedForDatabasesNothingIsSaidOfExceptionsForThem() throws Exception {
    assertThat(
            new PlanWorld()
                .databases()
                .platform("data-loss: {level: deny, except: [orders]}")
                .plan(QUIET + "tokens: {}\n")
                .findings())
        .isEmpty();
  }

  @Test
  void changesThatLoseDataAreCountedByThemselves() throws Exception {
    Plan plan =
        world()
            .allowing("data-loss")
            .plan(
                QUIET
                    + "tokens: {}\ndatabases:\n  orders: {retention: 1d}\n"
                    + "  logs: {maxTables: 7}\n  fresh: {}\n");

    assertThat(plan.losingData()).isEqualTo(1);
    assertThat(plan.count(Effect.NEUTRAL)).isEqualTo(2);
  }
}
