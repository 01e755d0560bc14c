package io.tokenform.plan;

import static io.tokenform.plan.PlanWorld.QUIET;
import static io.tokenform.plan.PlanWorld.database;
import static io.tokenform.plan.PlanWorld.id;
import static io.tokenform.plan.PlanWorld.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tokenform.access.Address;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.access.database.PartitionPart;
import io.tokenform.access.database.PartitionTemplate;
import io.tokenform.access.database.Retention;
import io.tokenform.cluster.Request;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabasePlannersTest {
  private static final String HEAD = QUIET + "tokens: {}\ndatabases:\n";

  private static PlanWorld world() {
    return new PlanWorld().withDatabases(database("orders", "90d"), database("logs", "infinite"));
  }

  private static List<String> lines(Plan plan) {
    return plan.changes().stream()
        .map(change -> change.wave() + " " + change.kind() + " " + change.address())
        .toList();
  }

  private static List<String> sent(Change change) {
    return change.steps().stream()
        .map(step -> step.request().orElseThrow())
        .map(DatabasePlannersTest::line)
        .toList();
  }

  private static String line(Request request) {
    return request.method()
        + " "
        + request.path().replaceFirst(".*/v0/", "")
        + request.body().map(body -> " " + body).orElse("");
  }

  private static List<Diagnostic> of(Plan plan, Guardrail rule) {
    return plan.findings().stream()
        .filter(finding -> finding.rule().equals(Optional.of(rule)))
        .toList();
  }

  @Test
  void aDatabaseThatIsNotThereIsMadeWithWhatThePolicyStates() throws Exception {
    Plan plan = world().plan(HEAD + "  new: {retention: 30d, maxTables: 10}\n  orders: {}\n");

    assertThat(lines(plan)).containsExactly("databases create-database database.new");
    assertThat(sent(plan.changes().get(0)))
        .singleElement()
        .asString()
        .contains("POST databases", "\"name\"", "2592000000000000", "\"maxTables\"")
        .doesNotContain("maxColumns");
    assertThat(plan.databases().unchanged()).containsExactly(new DatabaseName("orders"));
    assertThat(plan.isDenied()).isFalse();
  }

  @Test
  void onlyWhatDiffersIsSentAndWhatIsAbsentIsLeftAlone() throws Exception {
    Plan plan = world().plan(HEAD + "  orders: {retention: 120d, maxTables: 500}\n");

    assertThat(lines(plan)).containsExactly("databases update-database database.orders");
    assertThat(sent(plan.changes().get(0)))
        .singleElement()
        .asString()
        .contains("PATCH databases/orders", "retentionPeriod")
        .doesNotContain("maxTables", "maxColumns");
    assertThat(plan.changes().get(0).isIrreversible()).isFalse();
    assertThat(of(plan, Guardrail.DATA_LOSS)).isEmpty();
  }

  @Test
  void aShorterRetentionLosesDataAndIsDenied() throws Exception {
    Plan plan = world().plan(HEAD + "  orders: {retention: 30d}\n  logs: {retention: infinite}\n");

    assertThat(lines(plan)).containsExactly("losses update-database database.orders");
    assertThat(plan.changes().get(0).isIrreversible()).isTrue();
    assertThat(plan.isDenied()).isTrue();
    assertThat(of(plan, Guardrail.DATA_LOSS))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.message())
                  .isEqualTo(
                      "the database \"orders\" would keep its data for 30 days instead of 90 days,"
                          + " and what is older would be lost: irreversible");
              assertThat(finding.hint()).contains("allow it once with --allow data-loss:orders");
            });
  }

  @Test
  void anAllowanceIsForOneDatabaseAlone() throws Exception {
    String policy = HEAD + "  orders: {retention: 30d}\n  logs: {retention: 30d}\n";

    Plan one = world().allowing("data-loss:orders").plan(policy);
    Plan both = world().allowing("data-loss").plan(policy);

    assertThat(of(one, Guardrail.DATA_LOSS)).filteredOn(Diagnostic::isDenied).hasSize(1);
    assertThat(of(one, Guardrail.DATA_LOSS)).filteredOn(Diagnostic::isAllowed).hasSize(1);
    assertThat(both.isDenied()).isFalse();
  }

  @Test
  void theNameOfADatabaseCountsAgainstThePlatformToo() throws Exception {
    String policy = HEAD + "  orders: {retention: 30d}\n";

    Plan plan = world().platform("data-loss: deny").allowing("data-loss:orders").plan(policy);
    Plan excepted = world().platform("data-loss: {level: deny, except: [orders]}").plan(policy);

    assertThat(plan.isDenied()).isFalse();
    assertThat(plan.onlyWithDigest()).isEmpty();
    assertThat(excepted.isDenied()).isFalse();
  }

  @Test
  void aDeletionIsLastAndDenied() throws Exception {
    Plan plan =
        world()
            .with(token(1, "A", Permission.read("logs")))
            .plan(
                QUIET
                    + "tokens:\n  a: {id: "
                    + id(1)
                    + ", permissions: {read: [orders]}}\n"
                    + "databases:\n  logs: {state: deleted}\n  gone: {state: deleted}\n");

    assertThat(lines(plan))
        .containsExactly("exchanges update token.a", "losses delete-database database.logs");
    assertThat(sent(plan.changes().get(1))).containsExactly("DELETE databases/logs");
    assertThat(of(plan, Guardrail.DATA_LOSS)).singleElement().matches(Diagnostic::isDenied);
    assertThat(of(plan, Guardrail.DANGLING)).isEmpty();
    assertThat(plan.databases().unchanged()).containsExactly(new DatabaseName("gone"));
  }

  @Test
  void permissionsThatAreLeftOnADeletedDatabaseAreSaid() throws Exception {
    Plan plan =
        world()
            .with(token(1, "A", Permission.read("logs")))
            .plan(HEAD + "  logs: {state: deleted}\n");

    assertThat(of(plan, Guardrail.DANGLING))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.message())
                    .contains("\"A\"", id(1).toString(), "\"logs\"", "which would be gone"));
  }

  @Test
  void creatingANameAgainSaysWhoseAccessItRevives() throws Exception {
    String tokens = QUIET + "tokens:\n  wanted: {id: " + id(2) + ", permissions: {read: [old]}}\n";
    PlanWorld world =
        world()
            .with(
                token(1, "Forgotten", Permission.write("old")),
                token(2, "Wanted", Permission.read("old")));

    Plan plan = world.plan(tokens + "databases:\n  old: {}\n");
    Plan without = world.plan(tokens + "databases:\n  orders: {}\n");

    assertThat(of(plan, Guardrail.DANGLING))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.message())
                    .contains("\"Forgotten\"", "would have access to the new one")
                    .doesNotContain("wanted"));
    assertThat(of(without, Guardrail.DANGLING))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.message()).contains("Forgotten", "wanted", "does not exist"));
  }

  @Test
  void accessThatANewDatabaseRevivesUntilThePlanTakesItIsSaid() throws Exception {
    String policy =
        QUIET
            + "tokens:\n  former: {id: "
            + id(1)
            + ", permissions: {read: [logs]}}\ndatabases:\n  old: {}\n  fresh: {}\n";
    PlanWorld world =
        world().with(token(1, "Former", Permission.read("logs"), Permission.write("old")));

    Plan plan = world.plan(policy);

    assertThat(lines(plan))
        .containsExactly(
            "databases create-database database.fresh",
            "databases create-database database.old",
            "takes update token.former");
    assertThat(of(plan, Guardrail.DANGLING))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.message())
                    .isEqualTo(
                        "there was a database \"old\" before, and \"former\" would have access to"
                            + " the new one until the plan takes it: permissions keep the names of"
                            + " databases that are gone"));
  }

  @ParameterizedTest
  @EnumSource(WaveOrder.class)
  void theNewNameOfADatabaseRevivesAccessOnlyBeforeThatIsTaken(WaveOrder order) throws Exception {
    Plan plan =
        world()
            .order(order)
            .with(token(1, "Former", Permission.read("logs"), Permission.write("sales")))
            .plan(
                QUIET
                    + "tokens:\n  former: {id: "
                    + id(1)
                    + ", permissions: {read: [logs]}}\ndatabases:\n  sales: {renamed: orders}\n");

    assertThat(lines(plan))
        .containsExactly("renames rename-database database.sales", "takes update token.former");
    assertThat(of(plan, Guardrail.DANGLING))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.message())
                    .isEqualTo(
                        "\"former\" has permissions on the name \"sales\" already, and would have"
                            + " access to the database that gets it until the plan takes it"));
  }

  @Test
  void aLongDescriptionOfTheClusterIsCut() throws Exception {
    Plan plan =
        world()
            .with(token(1, "x".repeat(10_000), Permission.read("gone")))
            .plan(HEAD + "  orders: {}\n");

    assertThat(of(plan, Guardrail.DANGLING))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.message())
                    .startsWith("\"" + "x".repeat(200) + "...\" (" + id(1) + ") has")
                    .hasSizeLessThan(400));
  }

  @Test
  void aPermissionOnANameThatNoDatabaseCanHaveIsSaid() throws Exception {
    PlanWorld world = world().with(token(1, "Odd", Permission.read("..")));
    String policy = HEAD + "  orders: {}\n";

    assertThat(of(world.plan(policy), Guardrail.DANGLING))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.message())
                    .isEqualTo(
                        "\"Odd\" ("
                            + id(1)
                            + ") has permissions on \"..\", which no database can be called"));
    assertThat(world.platform("dangling: deny").plan(policy).isDenied()).isTrue();
    assertThat(world.allowing("dangling").plan(policy).isDenied()).isFalse();
  }

  @Test
  void aNameThatTheVendorRefusesIsAWarning() throws Exception {
    Plan created = world().plan(HEAD + "  my db: {}\n");
    Plan renamed = world().plan(HEAD + "  _orders: {renamed: orders}\n");
    Plan there =
        new PlanWorld()
            .withDatabases(database("my db", "90d"))
            .plan(HEAD + "  my db: {retention: 120d}\n  other db: {state: deleted}\n");

    assertThat(created.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo(Code.BAD_DATABASE_NAME);
              assertThat(finding.message())
                  .isEqualTo(
                      "the cluster may refuse the name \"my db\": a new database's name may have"
                          + " the letters a to z and A to Z, digits, _, - and /");
            });
    assertThat(created.hasErrors()).isFalse();
    assertThat(renamed.findings())
        .extracting(Diagnostic::message)
        .containsExactly(
            "the cluster may refuse the name \"_orders\": a new database's name must begin with a"
                + " letter or a digit");
    assertThat(there.findings()).isEmpty();
  }

  @Test
  void theTemplateThatTheClusterUsesByItselfIsNoOther() throws Exception {
    String policy = HEAD + "  orders: {partitionTemplate: [{type: time, value: \"%Y-%m-%d\"}]}\n";
    Database stated =
        new Database(
            new DatabaseName("orders"),
            Retention.parse("90d"),
            500,
            200,
            Optional.of(new PartitionTemplate(List.of(new PartitionPart.Time("%Y-%m-%d")))));

    assertThat(world().plan(policy).findings()).isEmpty();
    assertThat(new PlanWorld().withDatabases(stated).plan(policy).findings()).isEmpty();
    assertThat(
            world().plan(policy.replace("[{type", "[{type: tag, value: room}, {type")).findings())
        .extracting(Diagnostic::code)
        .containsExactly(Code.PARTITION_TEMPLATE);
  }

  @Test
  void aRenameGivesItsUsersTheNewNameBeforeAndTakesTheOldOneLater() throws Exception {
    Plan plan =
        world()
            .with(
                token(1, "Reader", Permission.read("orders")),
                token(2, "Writer", Permission.write("orders"), Permission.read("logs")))
            .plan(
                QUIET
                    + "tokens:\n"
                    + "  reader: {id: "
                    + id(1)
                    + ", permissions: {read: [sales]}}\n"
                    + "  writer: {id: "
                    + id(2)
                    + ", permissions: {write: [sales], read: [sales]}}\n"
                    + "databases:\n  sales: {renamed: orders, retention: 120d}\n");

    assertThat(lines(plan))
        .containsExactly(
            "renames rename-database database.sales",
            "exchanges update token.reader",
            "exchanges update token.writer");
    RenameDatabase rename = (RenameDatabase) plan.changes().get(0);
    assertThat(rename.carried())
        .extracting(RenameDatabase.Carried::meanwhile)
        .containsExactly(
            Permissions.of(Permission.read("orders"), Permission.read("sales")),
            Permissions.of(
                Permission.read("logs"), Permission.write("orders"), Permission.write("sales")));
    assertThat(sent(rename))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("PATCH tokens/" + id(1)),
            second -> assertThat(second).startsWith("PATCH tokens/" + id(2)),
            third -> assertThat(third).startsWith("PUT databases/orders/rename").contains("sales"),
            fourth -> assertThat(fourth).startsWith("PATCH databases/sales"));
    assertThat(((Update) plan.changes().get(2)).beforeSending().permissions())
        .contains(rename.carried().get(1).meanwhile());
    assertThat(plan.isDenied()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(WaveOrder.class)
  void whoHadNoAccessGetsItUnderTheNewNameOnlyAfterTheRename(WaveOrder order) throws Exception {
    Plan plan =
        world()
            .order(order)
            .with(token(1, "New"))
            .plan(
                QUIET
                    + "tokens:\n  new: {id: "
                    + id(1)
                    + ", permissions: {read: [sales]}}\n"
                    + "databases:\n  sales: {renamed: orders}\n");

    assertThat(lines(plan))
        .containsExactly("renames rename-database database.sales", "exchanges update token.new");
    assertThat(((RenameDatabase) plan.changes().get(0)).carried()).isEmpty();
  }

  @Test
  void twoRenamesGiveATokenTheSame() throws Exception {
    Plan plan =
        world()
            .with(token(1, "Both", Permission.read("orders"), Permission.read("logs")))
            .plan(
                QUIET
                    + "tokens:\n  both: {id: "
                    + id(1)
                    + ", permissions: {read: [sales, lines]}}\n"
                    + "databases:\n  sales: {renamed: orders}\n  lines: {renamed: logs}\n");

    List<Permissions> meanwhile =
        plan.databaseChanges().stream()
            .map(change -> ((RenameDatabase) change).carried().get(0).meanwhile())
            .toList();
    assertThat(meanwhile).hasSize(2);
    assertThat(meanwhile.get(0)).isEqualTo(meanwhile.get(1)).hasSize(4);
  }

  @Test
  void whoHasTheOldNameAloneIsSaid() throws Exception {
    PlanWorld world =
        world()
            .with(
                token(1, "Unmanaged", Permission.read("orders")),
                token(2, "All", Permission.read("*")),
                token(3, "Both", Permission.read("orders"), Permission.read("sales")),
                token(4, "Mine", Permission.read("orders")));
    String policy =
        QUIET
            + "tokens:\n  mine: {id: "
            + id(4)
            + ", description: Mine}\ndatabases:\n  sales: {renamed: orders}\n";

    Plan plan = world.plan(policy);

    assertThat(plan.isDenied()).isTrue();
    assertThat(of(plan, Guardrail.STRANDED))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.message())
                  .contains("\"Unmanaged\" (" + id(1) + ") and \"mine\" would lose it")
                  .doesNotContain("All", "Both");
            });
    assertThat(world.allowing("stranded:sales").plan(policy).isDenied()).isFalse();
  }

  @Test
  void aMisspeltFormerNameMakesNoNewDatabaseInSilence() throws Exception {
    Plan plan = world().plan(HEAD + "  sales: {renamed: ordres}\n");

    assertThat(plan.isDenied()).isTrue();
    assertThat(of(plan, Guardrail.STRANDED))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.message())
                  .isEqualTo(
                      "there is no database \"ordres\" to be renamed, and \"sales\" would be a new"
                          + " one, without data");
              assertThat(finding.hint().orElseThrow()).startsWith("did you mean \"orders\"?");
            });
    assertThat(of(world().plan(HEAD + "  sales: {renamed: invoices}\n"), Guardrail.STRANDED))
        .isEmpty();
  }

  @Test
  void aRenameThatIsDoneIsUnchangedAndOneThatCannotBeIsAnError() throws Exception {
    String policy = HEAD + "  sales: {renamed: orders}\n";
    Plan done = new PlanWorld().withDatabases(database("sales", "90d")).plan(policy);
    Plan both =
        new PlanWorld()
            .withDatabases(database("sales", "90d"), database("orders", "90d"))
            .plan(policy);

    assertThat(done.changes()).isEmpty();
    assertThat(done.findings()).isEmpty();
    assertThat(both.hasErrors()).isTrue();
    assertThat(both.findings()).extracting(Diagnostic::code).containsExactly(Code.RENAME_CONFLICT);
  }

  @Test
  void anotherPartitionTemplateIsAFindingAndNoChange() throws Exception {
    Database byYear =
        new Database(
            new DatabaseName("orders"),
            Retention.parse("90d"),
            500,
            200,
            Optional.of(new PartitionTemplate(List.of(new PartitionPart.Time("%Y")))));
    String policy = HEAD + "  orders: {partitionTemplate: [{type: time, value: \"%Y\"}]}\n";

    Plan same = new PlanWorld().withDatabases(byYear).plan(policy);
    Plan other = world().plan(policy);
    Plan made = new PlanWorld().withDatabases(database("logs", "90d")).plan(policy);

    assertThat(same.findings()).isEmpty();
    assertThat(other.changes()).isEmpty();
    assertThat(other.findings())
        .extracting(Diagnostic::code)
        .containsExactly(Code.PARTITION_TEMPLATE);
    assertThat(sent(made.changes().get(0))).singleElement().asString().contains("%Y");
  }

  @Test
  void aDatabaseThatThePlanMakesIsKnown() throws Exception {
    String tokens =
        "guardrails: {unmanaged-token: off}\ntokens:\n  a: {id: "
            + id(1)
            + ", permissions: {read: [fresh]}}\n";
    PlanWorld world = world().with(token(1, "A"));

    Plan made = world.plan(tokens + "databases:\n  fresh: {}\n");
    Plan deleted =
        world
            .allowing("data-loss")
            .plan(tokens.replace("fresh", "logs") + "databases:\n  orders: {state: deleted}\n");

    assertThat(of(made, Guardrail.UNKNOWN_DATABASE)).isEmpty();
    assertThat(lines(made))
        .containsExactly("databases create-database database.fresh", "grants update token.a");
    assertThat(of(world.plan(tokens), Guardrail.UNKNOWN_DATABASE)).hasSize(1);
    assertThat(of(deleted, Guardrail.UNKNOWN_DATABASE)).isEmpty();
  }

  @Test
  void aSelectionOfDatabasesLeavesTokensAlone() throws Exception {
    String policy =
        QUIET
            + "tokens:\n  a: {id: "
            + id(1)
            + ", permissions: {read: [logs]}}\n"
            + "databases:\n  fresh: {}\n  other: {}\n";

    Plan plan =
        world()
            .with(token(1, "A"))
            .selection(
                new Selection(Set.of(), Set.of(), Set.of(new DatabaseName("fresh")), Set.of()))
            .plan(policy);

    assertThat(lines(plan)).containsExactly("databases create-database database.fresh");
    assertThat(plan.unselected()).hasSize(1);
    assertThat(plan.databases().unselected()).containsExactly(new DatabaseName("other"));
  }

  @Test
  void whatIsDueAloneLeavesDatabasesAlone() throws Exception {
    Plan plan = world().due(Due.ONLY).plan(HEAD + "  fresh: {}\n  orders: {retention: 1d}\n");

    assertThat(plan.changes()).isEmpty();
    assertThat(plan.databases().unselected()).hasSize(2);
  }

  @Test
  void settingsThatNobodyKnowsAreAnError() throws Exception {
    Plan plan = new PlanWorld().databases("orders").plan(HEAD + "  orders: {retention: 30d}\n");

    assertThat(plan.changes()).isEmpty();
    assertThat(plan.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo(Code.UNREADABLE_DATABASE);
              assertThat(finding.hint())
                  .contains(
                      "take a new snapshot; this one has no settings of it: it is an older one, the"
                          + " database could not be read, or it has what looks like a secret");
            });
  }

  @Test
  void aPolicyWithoutDatabasesIsHeldAgainstNoRuleOfThem() throws Exception {
    Plan plan = world().with(token(1, "A", Permission.read("gone"))).plan(QUIET + "tokens: {}\n");
    Plan asked =
        world()
            .with(token(1, "A", Permission.read("gone")))
            .plan("guardrails: {unmanaged-token: off, dangling: warn}\ntokens: {}\n");

    assertThat(plan.guardrails())
        .extracting(GuardrailVerdict::rule)
        .doesNotContain(Guardrail.DATA_LOSS, Guardrail.DANGLING, Guardrail.STRANDED);
    assertThat(plan.findings()).isEmpty();
    assertThat(of(asked, Guardrail.DANGLING)).hasSize(1);
  }

  private static final String READS_SALES =
      QUIET
          + """
          tokens:
            a: {id: %s, permissions: {read: [sales]}}
          databases:
            sales: {renamed: orders}
          """
              .formatted(id(1));

  private static final String LINEAGE =
      QUIET
          + """
          tokens:
            edge:
              description: Edge
              permissions: {read: [sales]}
              deliver: vault
              rotate: {every: 90d, overlap: 5d}
          databases:
            sales: {renamed: orders}
          """;

  @ParameterizedTest
  @EnumSource(WaveOrder.class)
  void aPermissionOnAllDatabasesDoesNotTakeTheOldNameTooEarly(WaveOrder order) throws Exception {
    PlanWorld world =
        world()
            .order(order)
            .with(token(1, "A", Permission.read("orders"), Permission.write("orders")));

    Plan plan = world.plan(READS_SALES.replace("read: [sales]", "read: [\"*\"]"));

    assertThat(lines(plan))
        .containsExactly("renames rename-database database.sales", "exchanges update token.a");
    assertThat(((RenameDatabase) plan.changes().get(0)).carried())
        .extracting(RenameDatabase.Carried::meanwhile)
        .containsExactly(
            Permissions.of(
                Permission.read("orders"), Permission.read("sales"), Permission.write("orders")));
  }

  @ParameterizedTest
  @EnumSource(WaveOrder.class)
  void anOldTokenThatStillWorksKeepsTheDatabaseAndGetsNothingElse(WaveOrder order)
      throws Exception {
    String retiring = "Edge (tokenform: retiring until 2026-02-01T00:00:00Z)";
    PlanWorld world =
        world()
            .order(order)
            .with(
                PlanWorld.made(1, "Edge", PlanWorld.NOW, Permission.read("orders")),
                PlanWorld.made(2, retiring, PlanWorld.NOW, Permission.read("orders")));

    Plan plan = world.plan(LINEAGE.replace("read: [sales]", "read: [sales, logs]"));

    assertThat(of(plan, Guardrail.STRANDED)).isEmpty();
    assertThat(lines(plan))
        .containsExactly(
            "renames rename-database database.sales",
            "exchanges update token.edge",
            "exchanges update " + Address.of(id(2)));
    assertThat(((RenameDatabase) plan.changes().get(0)).carried())
        .extracting(RenameDatabase.Carried::id, RenameDatabase.Carried::isOld)
        .containsExactly(tuple(id(1), false), tuple(id(2), true));
    Update ofOld = (Update) plan.changes().get(2);
    assertThat(ofOld.after().permissions()).contains(Permissions.of(Permission.read("sales")));
    assertThat(ofOld.meanwhile())
        .contains(Permissions.of(Permission.read("orders"), Permission.read("sales")));
  }

  @Test
  void anOldTokenIsNotCarriedToANameThatThePolicyDoesNotGiveIt() throws Exception {
    String retiring = "Edge (tokenform: retiring until 2026-02-01T00:00:00Z)";
    String due = "Edge (tokenform: retiring until 2025-01-01T00:00:00Z)";

    for (Plan plan :
        List.of(
            world()
                .with(
                    PlanWorld.made(1, "Edge", PlanWorld.NOW, Permission.read("logs")),
                    PlanWorld.made(2, retiring, PlanWorld.NOW, Permission.read("orders")))
                .plan(LINEAGE.replace("read: [sales]", "read: [logs]")),
            world()
                .with(
                    PlanWorld.made(1, "Edge", PlanWorld.NOW, Permission.read("logs")),
                    PlanWorld.made(2, due, PlanWorld.NOW, Permission.read("orders")))
                .plan(LINEAGE))) {
      assertThat(of(plan, Guardrail.STRANDED)).isEmpty();
      assertThat(plan.changes())
          .filteredOn(RenameDatabase.class::isInstance)
          .singleElement()
          .satisfies(rename -> assertThat(((RenameDatabase) rename).carried()).isEmpty());
    }
  }

  @Test
  void aRenameThatNobodyWroteIsSaid() throws Exception {
    PlanWorld world =
        world()
            .with(
                token(1, "A", Permission.read("orders"), Permission.read("logs")),
                token(2, "B", Permission.write("orders")));
    String policy =
        QUIET
            + """
            tokens:
              a: {id: %s, permissions: {read: [sales, logs]}}
              b: {id: %s, permissions: {write: [%s]}}
            databases:
              sales: {retention: 30d}
            %s"""
                .formatted(id(1), id(2), "%s", "%s");

    assertThat(of(world.plan(policy.formatted("sales", "")), Guardrail.STRANDED))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.isDenied()).isTrue();
              assertThat(finding.message())
                  .isEqualTo(
                      "\"sales\" would be a new database, without data, and \"a\", \"b\" would have"
                          + " it in the place of \"orders\"");
            });
    // It is still in use, or the policy says what becomes of it.
    assertThat(of(world.plan(policy.formatted("orders", "")), Guardrail.STRANDED)).isEmpty();
    assertThat(
            of(
                world.plan(policy.formatted("sales", "  orders: {state: deleted}\n")),
                Guardrail.STRANDED))
        .isEmpty();
    assertThat(of(world.plan(policy.formatted("sales", "  orders: {}\n")), Guardrail.STRANDED))
        .isEmpty();
  }

  @Test
  void aRotationAndARenameTakeTwoApplies() throws Exception {
    Plan plan =
        world()
            .with(
                PlanWorld.made(
                    1,
                    "Edge",
                    PlanWorld.NOW.minusSeconds(100L * 86_400),
                    Permission.read("orders")))
            .plan(LINEAGE);

    assertThat(plan.count(Kind.ROTATE)).isEqualTo(1);
    assertThat(of(plan, Guardrail.STRANDED)).singleElement().matches(Diagnostic::isDenied);
  }

  @Test
  void aNewTokenIsMadeOnceItsDatabaseHasTheName() throws Exception {
    Plan plan = world().plan(LINEAGE);
    Plan other = world().plan(LINEAGE.replace("read: [sales]", "read: [logs]"));

    assertThat(lines(plan))
        .containsExactly("renames rename-database database.sales", "exchanges create token.edge");
    assertThat(lines(other))
        .containsExactly("grants create token.edge", "renames rename-database database.sales");
    assertThat(plan.isDenied()).isFalse();
  }

  @Test
  void accessIsNotTradedForANameThatThePlanDoesNotGive() throws Exception {
    Selection tokenAlone = new Selection(Set.of(PlanWorld.name("a")), Set.of(), Set.of(), Set.of());
    Token user = token(1, "A", Permission.read("orders"));

    Plan trades = world().selection(tokenAlone).with(user).plan(READS_SALES);
    Plan gains = world().selection(tokenAlone).with(token(1, "A")).plan(READS_SALES);
    Plan other =
        world()
            .selection(tokenAlone)
            .with(user)
            .plan(READS_SALES.replace("read: [sales]", "read: [logs]"));
    Plan due =
        world()
            .due(Due.ONLY)
            .with(
                PlanWorld.made(
                    1,
                    "Edge",
                    PlanWorld.NOW.minusSeconds(100L * 86_400),
                    Permission.read("orders")))
            .plan(LINEAGE);

    for (Plan plan : List.of(trades, gains, due)) {
      assertThat(plan.count(Kind.RENAME_DATABASE)).isZero();
      assertThat(of(plan, Guardrail.STRANDED))
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.isDenied()).isTrue();
                assertThat(finding.message())
                    .contains("does not rename the database \"orders\" to \"sales\"");
              });
    }
    assertThat(of(other, Guardrail.STRANDED)).isEmpty();
  }

  @Test
  void aRenameThatWouldLoseDataIsAnError() throws Exception {
    Plan shorter = world().plan(HEAD + "  sales: {renamed: orders, retention: 30d}\n");
    Plan longer = world().plan(HEAD + "  sales: {renamed: orders, retention: 120d}\n");

    assertThat(shorter.findings())
        .filteredOn(finding -> finding.code() == Code.RENAME_CONFLICT)
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.message()).contains("for a shorter time in the same plan"));
    assertThat(shorter.hasErrors()).isTrue();
    assertThat(shorter.changes()).noneMatch(Change::isIrreversible);
    assertThat(longer.hasErrors()).isFalse();
  }
}
