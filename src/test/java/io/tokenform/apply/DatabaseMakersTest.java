package io.tokenform.apply;

import static io.tokenform.apply.Changes.CLUSTER;
import static io.tokenform.apply.Changes.id;
import static io.tokenform.apply.Changes.token;
import static io.tokenform.testing.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Address;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenListing;
import io.tokenform.access.TokenName;
import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.access.database.Retention;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.apply.journal.RecordedApply;
import io.tokenform.apply.journal.RecordedChange;
import io.tokenform.apply.journal.Result;
import io.tokenform.apply.journal.Stop;
import io.tokenform.cluster.Endpoints;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.plan.Change;
import io.tokenform.plan.CreateDatabase;
import io.tokenform.plan.DatabaseSettings;
import io.tokenform.plan.DeleteDatabase;
import io.tokenform.plan.ManagedFields;
import io.tokenform.plan.RenameDatabase;
import io.tokenform.plan.RenameDatabase.Carried;
import io.tokenform.plan.RoleOrigins;
import io.tokenform.plan.Update;
import io.tokenform.plan.UpdateDatabase;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.database.DesiredDatabase;
import io.tokenform.testing.Apis;
import io.tokenform.testing.ScriptedServer;
import io.tokenform.testing.ScriptedServer.Received;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How changes of databases are made, whatever the cluster answers, and the way back from them. */
class DatabaseMakersTest {
  private static final Endpoints ENDPOINTS = Endpoints.of(CLUSTER);
  private static final Location LINE = new Location(new SourceText("j.jsonl", ""), 3, 1, 1);
  private static final DatabaseName ORDERS = new DatabaseName("orders");
  private static final DatabaseName SALES = new DatabaseName("sales");

  private static final Permission OLD = Permission.read("orders");
  private static final Permission NEW = Permission.read("sales");
  private static final Carried FIRST = carried(1);
  private static final Carried SECOND = carried(2);

  private static final RenameDatabase RENAME = rename(DatabaseSettings.NONE, DatabaseSettings.NONE);
  private static final RenameDatabase WITH_SETTINGS = rename(tables(500), tables(700));
  private static final UpdateDatabase UPDATE =
      UpdateDatabase.of(ENDPOINTS, ORDERS, LINE, tables(500), tables(700));

  private static final String REFUSED = json(409, "{\"message\":\"no\"}");
  private static final String GONE = json(404, "{\"message\":\"no\"}");
  private static final String LOST = json(504, "{}");
  private static final String BEFORE = listing(entry("orders", 500));
  private static final String RENAMED = listing(entry("sales", 500));

  private final List<String> requests = new ArrayList<>();

  private static Carried carried(int number) {
    return new Carried(
        new TokenName("token-" + number),
        id(number),
        false,
        Permissions.of(OLD),
        Permissions.of(OLD, NEW));
  }

  private static DatabaseSettings tables(int most) {
    return new DatabaseSettings(Optional.empty(), Optional.of(most), Optional.empty());
  }

  private static DatabaseSettings retention(String text) {
    return new DatabaseSettings(
        Optional.of(Retention.parse(text)), Optional.empty(), Optional.empty());
  }

  private static RenameDatabase rename(DatabaseSettings before, DatabaseSettings after) {
    return RenameDatabase.of(
        ENDPOINTS,
        ORDERS,
        SALES,
        LINE,
        before,
        after,
        List.of(FIRST, SECOND),
        List.of(FIRST.id(), SECOND.id()));
  }

  private static Database database(String name, String retention, int tables) {
    return new Database(
        new DatabaseName(name), Retention.parse(retention), tables, 200, Optional.empty());
  }

  private static String entry(String name, int tables) {
    return """
        {"name": "%s", "maxTables": %d, "maxColumnsPerTable": 200, "retentionPeriod": 0}\
        """
        .formatted(name, tables);
  }

  private static String listing(String... entries) {
    return json(200, "[" + String.join(",", entries) + "]");
  }

  private static String shown(int number, Permission... permissions) {
    List<String> pairs = new ArrayList<>();
    for (Permission permission : permissions) {
      pairs.add(
          """
          {"action": "%s", "resource": "%s"}\
          """
              .formatted(permission.action(), permission.resource()));
    }
    return json(
        200,
        """
        {"id": "%s", "description": "Token %d", "permissions": [%s]}\
        """
            .formatted(id(number), number, String.join(",", pairs)));
  }

  /** What is made of a change where a server gives these answers, one after the other. */
  private Outcome make(Change change, String... answers) {
    try (ScriptedServer server = ScriptedServer.answering(answers);
        ManagementApi api = Apis.api(server)) {
      Outcome outcome = Makers.of(change).make(TestTools.of(api, false));
      server.requests().stream()
          .map(Received::line)
          .map(line -> line.substring(0, line.indexOf(' ')))
          .forEach(requests::add);
      return outcome;
    }
  }

  private static void assertFailed(Outcome outcome, boolean mayHaveHappened, String... reasons) {
    assertThat(outcome.result()).isEqualTo(Result.FAILED);
    assertThat(outcome.mayHaveHappened()).isEqualTo(mayHaveHappened);
    assertThat(outcome.reason().orElseThrow()).contains(reasons);
  }

  @Test
  void oneThatIsRefusedHasNotHappened() {
    CreateDatabase creation =
        CreateDatabase.of(ENDPOINTS, SALES, LINE, DatabaseSettings.NONE, Optional.empty());

    assertFailed(make(UPDATE, REFUSED), false, "409");
    assertFailed(make(creation, REFUSED), false, "409");
    assertFailed(
        make(DeleteDatabase.of(ENDPOINTS, ORDERS, LINE, tables(500), List.of()), BEFORE, REFUSED),
        false,
        "409");
    assertThat(requests).containsExactly("PATCH", "POST", "GET", "DELETE");
  }

  @Test
  void aLostAnswerIsSettledByAListing() {
    Outcome done = make(UPDATE, LOST, listing(entry("orders", 700)));
    Outcome drifted = make(UPDATE, LOST, listing(entry("orders", 900)));
    Outcome unknown = make(UPDATE, LOST, json(400, "{}"));

    assertThat(done).isEqualTo(new Outcome.Applied(UPDATE, true));
    assertFailed(make(UPDATE, LOST, BEFORE), true, "found as before");
    assertThat(drifted.result()).isEqualTo(Result.DRIFTED);
    assertThat(drifted.mayHaveHappened()).isTrue();
    assertThat(unknown.result()).isEqualTo(Result.UNKNOWN);
    assertThat(unknown.mayHaveHappened()).isTrue();
  }

  @Test
  void aWrongAnswerIsSettledAsWell() {
    String wrong = json(200, entry("orders", 900));

    assertThat(make(UPDATE, wrong, listing(entry("orders", 700))))
        .isEqualTo(new Outcome.Applied(UPDATE, true));
    assertFailed(make(UPDATE, wrong, BEFORE), true, "something other than what was asked for");
  }

  @Test
  void oneThatIsNotThereHasNotHappenedWhereAllIsAsBefore() {
    assertFailed(make(UPDATE, GONE, BEFORE), false, "404");
    assertThat(make(UPDATE, GONE, listing()).result()).isEqualTo(Result.DRIFTED);
  }

  @Test
  void aRenameThatIsRefusedAfterItsTokensGotTheNewNameMayHaveHappened() {
    String[] carrying = {
      shown(1, OLD), shown(1, OLD, NEW), shown(1, OLD, NEW),
      shown(2, OLD), shown(2, OLD, NEW), shown(2, OLD, NEW)
    };

    assertFailed(
        make(RENAME, and(carrying, REFUSED)), true, "409", "its tokens have access", "not renamed");
    assertFailed(make(RENAME, and(carrying, GONE, BEFORE)), true, "404", "its tokens have access");
    assertThat(requests.subList(0, 7))
        .containsExactly("GET", "PATCH", "GET", "GET", "PATCH", "GET", "PUT");
  }

  private static String[] and(String[] answers, String... more) {
    List<String> all = new ArrayList<>(List.of(answers));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void aRenameWhoseTokensHadTheNewNameBeforeHasNotHappened() {
    assertFailed(make(RENAME, shown(1, OLD, NEW), shown(2, OLD, NEW), REFUSED), false, "409");
  }

  @Test
  void settingsThatAreRefusedAfterTheRenameDoNotHideIt() {
    String[] renaming = {
      shown(1, OLD, NEW), shown(2, OLD, NEW), json(200, entry("sales", 500)), RENAMED
    };

    assertFailed(make(WITH_SETTINGS, and(renaming, REFUSED)), true, "409", "has its new name");
    assertFailed(
        make(WITH_SETTINGS, and(renaming, GONE, RENAMED)), true, "404", "has its new name");
  }

  @Test
  void aTokenThatHasDriftedStopsTheRename() {
    assertFailed(make(RENAME, shown(1)), false, "token-1", "has drifted");
    assertFailed(
        make(RENAME, shown(1, OLD), shown(1, OLD, NEW), shown(1, OLD, NEW), shown(2)),
        true,
        "token-2",
        "has drifted",
        "tokens may have access under the new name already");
    assertThat(requests).doesNotContain("PUT");
  }

  @Test
  void aRenameThatIsStoppedWasNotAttemptedOnlyIfNothingWasSent() {
    try (ScriptedServer server =
            ScriptedServer.answering(
                shown(1, OLD), shown(1, OLD, NEW), shown(1, OLD, NEW), shown(2, OLD));
        ManagementApi api = Apis.api(server)) {
      Tools unstopped = TestTools.of(api, false);
      ManagementApi interrupted =
          new WatchedApi(
              api,
              call -> {
                if (call.equals("get " + id(2))) {
                  unstopped.stop().because(new Stop.Interrupted());
                }
              });
      Tools tools =
          new Tools(
              interrupted,
              false,
              unstopped.attempts(),
              unstopped.steps(),
              unstopped.looks(),
              unstopped.slot(),
              unstopped.stop(),
              unstopped.clock(),
              Optional.empty());

      assertFailed(Makers.of(RENAME).make(tools), true, "stopped half-way", "was not renamed");
      assertThat(server.requests()).hasSize(4);
    }
    try (ScriptedServer server = ScriptedServer.answering(shown(1, OLD));
        ManagementApi api = Apis.api(server)) {
      Tools tools = TestTools.of(api, false);
      tools.stop().because(new Stop.Interrupted());

      assertThat(Makers.of(RENAME).make(tools)).isEqualTo(new Outcome.NotAttempted(RENAME));
    }
  }

  private static Rollback rollback(
      boolean force, List<Token> tokens, List<Database> databases, Change... made) {
    List<RecordedChange> recorded = new ArrayList<>();
    for (Change change : made) {
      recorded.add(RecordedChange.started(change).ended(Result.APPLIED, Optional.empty(), true));
    }
    return rollback(force, tokens, databases, recorded);
  }

  private static Rollback rollback(
      boolean force, List<Token> tokens, List<Database> databases, List<RecordedChange> recorded) {
    return Rollback.of(
        new RecordedApply(
            "j.jsonl",
            Changes.header(recorded.size()),
            recorded,
            Optional.empty(),
            Optional.empty(),
            "sha256:0"),
        TokenListing.of(tokens),
        DatabaseListing.of(databases),
        force,
        Instant.EPOCH);
  }

  private static List<String> names(Rollback rollback) {
    return rollback.policy().tokens().stream()
        .map(DesiredToken::name)
        .map(TokenName::value)
        .toList();
  }

  @Test
  void theWayBackFromARenameGivesBackNothingToATokenThatPeopleCutOffSince() {
    List<Database> renamed = List.of(database("sales", "90d", 500));
    Token untouched = token(2, "Token 2", OLD, NEW);
    String parked = "Token 1 (tokenform: parked 2026-01-01T00:00:00Z)";

    for (boolean force : new boolean[] {false, true}) {
      assertThat(names(rollback(force, List.of(token(1, parked), untouched), renamed, RENAME)))
          .containsExactly("token-2");
      assertThat(names(rollback(force, List.of(token(1, "Token 1"), untouched), renamed, RENAME)))
          .containsExactly("token-2");
      assertThat(
              names(
                  rollback(
                      force,
                      List.of(
                          token(
                              1,
                              "Token 1 (tokenform: retiring until 2026-02-01T00:00:00Z)",
                              OLD,
                              NEW),
                          untouched),
                      renamed,
                      RENAME)))
          .containsExactly("token-2");
    }
  }

  /** What takes the old name from the first token, once the database is renamed. */
  private static Update own(Optional<Permissions> meanwhile) {
    return Update.of(
        ENDPOINTS,
        Address.of(FIRST.token()),
        FIRST.token(),
        FIRST.id(),
        LINE,
        "Token 1",
        new ManagedFields(Optional.empty(), Optional.of(Permissions.of(OLD))),
        new ManagedFields(Optional.empty(), Optional.of(Permissions.of(NEW))),
        RoleOrigins.NONE,
        meanwhile);
  }

  private static List<Permissions> wanted(Rollback rollback) {
    return rollback.policy().tokens().stream()
        .map(token -> token.permissions().orElseThrow())
        .toList();
  }

  @Test
  void whereARenameStaysTokensGetBackWhatTheyHadUnderTheNewName() {
    Update own = own(Optional.of(FIRST.meanwhile()));
    List<Token> done = List.of(token(1, "Token 1", NEW));
    List<Database> withNamesake =
        List.of(database("orders", "1d", 500), database("sales", "90d", 500));
    List<Database> withOtherSettings = List.of(database("sales", "90d", 900));

    for (boolean force : new boolean[] {false, true}) {
      Rollback rollback = rollback(force, done, withNamesake, RENAME, own);
      assertThat(wanted(rollback)).containsExactly(Permissions.of(NEW));
      assertThat(rollback.policy().databases()).isEmpty();
      assertThat(rollback.drifted())
          .singleElement()
          .satisfies(drifted -> assertThat(drifted.keepsName()).isTrue());
    }
    Rollback careful = rollback(false, done, withOtherSettings, WITH_SETTINGS, own);
    assertThat(wanted(careful)).containsExactly(Permissions.of(NEW));
    assertThat(careful.policy().databases()).isEmpty();
    Rollback forced = rollback(true, done, withOtherSettings, WITH_SETTINGS, own);
    assertThat(wanted(forced)).containsExactly(Permissions.of(OLD));
    assertThat(forced.policy().databases()).hasSize(1);
  }

  @Test
  void whereARenameFailedTokensGetBackWhatTheyHad() {
    Update own = own(Optional.of(FIRST.meanwhile()));
    List<RecordedChange> recorded =
        List.of(
            RecordedChange.started(RENAME).ended(Result.FAILED, Optional.of("409"), true),
            RecordedChange.started(own).ended(Result.APPLIED, Optional.empty(), true));
    List<Token> live = List.of(token(1, "Token 1", NEW));
    Database orders = database("orders", "1d", 500);
    Database sales = database("sales", "90d", 500);

    assertThat(wanted(rollback(false, live, List.of(orders), recorded)))
        .containsExactly(Permissions.of(OLD));
    // It was made all the same.
    assertThat(wanted(rollback(false, live, List.of(database("sales", "9d", 900)), recorded)))
        .containsExactly(Permissions.of(OLD));
    // One of them is somebody else's, and nobody knows which.
    for (boolean force : new boolean[] {false, true}) {
      Rollback rollback = rollback(force, live, List.of(orders, sales), recorded);
      assertThat(wanted(rollback)).isEmpty();
      assertThat(rollback.drifted())
          .hasSize(2)
          .allSatisfy(
              drifted -> {
                assertThat(drifted.keepsName()).isFalse();
                assertThat(drifted.restorable()).isFalse();
              });
    }
  }

  @Test
  void anAdditiveTokenIsRolledBackToo() {
    Update own =
        Update.of(
            ENDPOINTS,
            Address.of(FIRST.token()),
            FIRST.token(),
            FIRST.id(),
            LINE,
            "Token 1",
            new ManagedFields(Optional.empty(), Optional.of(Permissions.of(OLD))),
            new ManagedFields(Optional.empty(), Optional.of(FIRST.meanwhile())),
            RoleOrigins.NONE,
            Optional.of(FIRST.meanwhile()));

    Rollback rollback =
        rollback(
            false,
            List.of(token(1, "Token 1", OLD, NEW)),
            List.of(database("orders", "1d", 500), database("sales", "90d", 500)),
            RENAME,
            own);

    assertThat(wanted(rollback)).containsExactly(Permissions.of(NEW));
  }

  @Test
  void aTokenThatARenameCarriedAndWhoseOwnChangeNeverCameHasNotDrifted() {
    List<Token> carried = List.of(token(1, "Token 1", OLD, NEW));

    for (String name : List.of("orders", "sales")) {
      Rollback rollback =
          rollback(
              false,
              carried,
              List.of(database(name, "90d", 500)),
              RENAME,
              own(Optional.of(FIRST.meanwhile())));

      assertThat(rollback.drifted()).isEmpty();
      assertThat(names(rollback)).containsExactly("token-1");
      assertThat(wanted(rollback)).containsExactly(Permissions.of(OLD));
    }
  }

  @Test
  void whatAClusterOnlyPretendsIsNotBelieved() {
    CreateDatabase creation =
        CreateDatabase.of(ENDPOINTS, SALES, LINE, DatabaseSettings.NONE, Optional.empty());
    String made = json(200, entry("sales", 500));
    DeleteDatabase deletion = DeleteDatabase.of(ENDPOINTS, ORDERS, LINE, tables(500), List.of());

    String never = "the listing does not show it; the database was found as before";
    assertFailed(make(creation, made, listing(), listing(), listing(), listing()), true, never);
    assertThat(make(creation, made, listing(), listing(), RENAMED))
        .isEqualTo(new Outcome.Applied(creation, false));
    assertThat(make(creation, made, RENAMED)).isEqualTo(new Outcome.Applied(creation, false));
    assertThat(make(creation, made, json(400, "{}"), RENAMED))
        .isEqualTo(new Outcome.Applied(creation, true));
    assertFailed(
        make(deletion, BEFORE, json(204, ""), BEFORE, BEFORE, BEFORE, BEFORE), true, never);
    assertThat(make(deletion, BEFORE, json(204, ""), listing()))
        .isEqualTo(new Outcome.Applied(deletion, false));
  }

  @Test
  void aTokenThatHasJoinedTheUsersSinceIsDrift() {
    DeleteDatabase deletion =
        DeleteDatabase.of(ENDPOINTS, ORDERS, LINE, tables(500), List.of(FIRST.id()));
    List<Token> users = List.of(token(1, "Token 1", OLD), token(2, "Token 2", OLD));
    Token joined = token(3, "Token 3", OLD);

    assertThat(drift(RENAME, users)).isEmpty();
    assertThat(drift(RENAME, and(users, joined))).isPresent();
    assertThat(drift(RENAME, and(users, token(3, "Token 3", Permission.read("*"))))).isEmpty();
    assertThat(drift(deletion, users.subList(0, 1))).isEmpty();
    assertThat(drift(deletion, users)).isPresent();
    // One that has left is no reason to stop.
    assertThat(drift(deletion, List.of())).isEmpty();
  }

  private static List<Token> and(List<Token> tokens, Token more) {
    List<Token> all = new ArrayList<>(tokens);
    all.add(more);
    return all;
  }

  private static Optional<Drift> drift(Change change, List<Token> tokens) {
    return Makers.of(change)
        .drift(
            Listing.of(
                tokens,
                DatabaseListing.of(List.of(database("orders", "90d", 500))),
                Instant.EPOCH));
  }

  @Test
  void aTokenWhoseOwnChangeHasDriftedIsNotTouchedForTheRename() {
    Update own = own(Optional.empty());
    List<Database> renamed = List.of(database("sales", "90d", 500));
    List<Token> widened = List.of(token(1, "Token 1", OLD, NEW));

    Rollback careful = rollback(false, widened, renamed, RENAME, own);

    assertThat(names(careful)).isEmpty();
    assertThat(careful.drifted()).hasSize(1);
    assertThat(names(rollback(true, widened, renamed, RENAME, own))).containsExactly("token-1");
  }

  @Test
  void aRenameThatOnlyGaveAccessIsUndone() {
    Rollback rollback =
        rollback(
            false,
            List.of(token(1, "Token 1", OLD, NEW)),
            List.of(database("orders", "90d", 500)),
            RENAME);

    assertThat(names(rollback)).containsExactly("token-1");
    assertThat(rollback.policy().tokens().get(0).permissions()).contains(Permissions.of(OLD));
  }

  @Test
  void theWayBackFromALongerRetentionUnderANewNameLosesNoData() {
    Rollback rollback =
        rollback(
            false,
            List.of(),
            List.of(database("sales", "90d", 500)),
            rename(retention("30d"), retention("90d")));

    DesiredDatabase back = rollback.policy().databases().get(0);
    assertThat(back.name()).isEqualTo(ORDERS);
    assertThat(back.renamed().map(Located::value)).contains(SALES);
    assertThat(back.retention()).isEmpty();
    assertThat(rollback.lasting())
        .singleElement()
        .satisfies(lasting -> assertThat(lasting.why()).contains("stays 90d"));
    assertThat(rollback.isWhole()).isTrue();
  }

  @Test
  void theWayBackFromSettingsWantsWhatTheyWere() {
    Rollback rollback = rollback(false, List.of(), List.of(database("orders", "90d", 700)), UPDATE);
    Rollback undone = rollback(false, List.of(), List.of(database("orders", "90d", 500)), UPDATE);
    Rollback drifted = rollback(false, List.of(), List.of(database("orders", "90d", 900)), UPDATE);

    assertThat(rollback.policy().databases().get(0).maxTables().map(Located::value)).contains(500);
    assertThat(rollback.policy().databases().get(0).retention()).isEmpty();
    assertThat(undone.policy().databases()).isEmpty();
    assertThat(undone.drifted()).isEmpty();
    assertThat(drifted.drifted()).hasSize(1);
  }
}
