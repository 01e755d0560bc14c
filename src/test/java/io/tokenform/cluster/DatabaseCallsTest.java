package io.tokenform.cluster;

import static io.tokenform.testing.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenform.access.Secret;
import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.access.database.PartitionPart;
import io.tokenform.access.database.PartitionTemplate;
import io.tokenform.access.database.Retention;
import io.tokenform.access.database.UnreadableDatabase;
import io.tokenform.testing.Apis;
import io.tokenform.testing.ScriptedServer;
import io.tokenform.testing.ScriptedServer.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls about databases: what is sent, what is read, and what is sent again. */
class DatabaseCallsTest {
  private static final String DEDICATED =
      "/api/v0/accounts/11111111-1111-4111-8111-111111111111"
          + "/clusters/33333333-3333-4333-8333-333333333333";
  private static final DatabaseName ORDERS = new DatabaseName("orders");
  private static final String ANSWER = database("orders", "");
  private static final DatabaseUpdate SHORTER =
      new DatabaseUpdate(
          Optional.of(Retention.parse("30d")), OptionalInt.empty(), OptionalInt.empty());
  private static final PartitionTemplate TEMPLATE =
      new PartitionTemplate(
          List.of(
              new PartitionPart.Time("%Y"),
              new PartitionPart.Tag("plátanos"),
              new PartitionPart.Bucket("c", 10)));

  /** A call of the API. */
  @FunctionalInterface
  private interface Call {
    void on(ManagementApi api) throws ApiException;
  }

  private static String database(String name, String more) {
    return "{\"name\":\"" + name + "\",\"maxTables\":500,\"maxColumnsPerTable\":200" + more + "}";
  }

  private static Received received(Call call) throws ApiException {
    return received(call, ANSWER);
  }

  private static Received received(Call call, String answer) throws ApiException {
    try (ScriptedServer server = ScriptedServer.answering(json(200, answer));
        ManagementApi api =
            new HttpManagementApi(
                Apis.dedicated(server.url()),
                Secret.of(Apis.MANAGEMENT_TOKEN),
                Apis.patient(Apis.once()))) {
      call.on(api);
      assertThat(server.requests()).hasSize(1);
      return server.requests().get(0);
    }
  }

  @Test
  void aCreationHoldsTheNameAndWhatIsPresent() throws Exception {
    Received bare = received(api -> api.createDatabase(DatabaseCreation.of(ORDERS), NONE));
    Received full =
        received(
            api ->
                api.createDatabase(
                    new DatabaseCreation(
                        ORDERS,
                        Optional.of(Retention.parse("5m")),
                        OptionalInt.of(100),
                        OptionalInt.of(50),
                        Optional.of(TEMPLATE)),
                    NONE));

    assertThat(bare.line()).isEqualTo("POST " + DEDICATED + "/databases HTTP/1.1");
    assertThat(bare.body()).isEqualTo("{\"name\":\"orders\"}");
    assertThat(full.body())
        .isEqualTo(
            "{\"name\":\"orders\",\"maxTables\":100,\"maxColumnsPerTable\":50,"
                + "\"retentionPeriod\":300000000000,\"partitionTemplate\":["
                + "{\"type\":\"time\",\"value\":\"%Y\"},"
                + "{\"type\":\"tag\",\"value\":\"plátanos\"},"
                + "{\"type\":\"bucket\",\"value\":{\"tagName\":\"c\",\"numberOfBuckets\":10}}]}");
  }

  @Test
  void anUpdateHoldsNothingButTheFieldsThatChange() throws Exception {
    Received shorter = received(api -> api.updateDatabase(ORDERS, SHORTER, NONE));
    Received infinite =
        received(
            api ->
                api.updateDatabase(
                    ORDERS,
                    new DatabaseUpdate(
                        Optional.of(Retention.INFINITE), OptionalInt.of(7), OptionalInt.of(8)),
                    NONE));

    assertThat(shorter.line()).isEqualTo("PATCH " + DEDICATED + "/databases/orders HTTP/1.1");
    assertThat(shorter.body()).isEqualTo("{\"retentionPeriod\":2592000000000000}");
    assertThat(infinite.body())
        .isEqualTo("{\"maxTables\":7,\"maxColumnsPerTable\":8,\"retentionPeriod\":0}");
  }

  @Test
  void anUpdateChangesSomethingAndLimitsAreAtLeast1() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new DatabaseUpdate(Optional.empty(), OptionalInt.empty(), OptionalInt.empty()))
        .withMessage("an update changes at least one field");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new DatabaseUpdate(Optional.empty(), OptionalInt.of(0), OptionalInt.empty()))
        .withMessage("maxTables must be at least 1, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new DatabaseCreation(
                    ORDERS,
                    Optional.empty(),
                    OptionalInt.empty(),
                    OptionalInt.of(-1),
                    Optional.empty()))
        .withMessage("maxColumnsPerTable must be at least 1, not -1");
  }

  @Test
  void aRenameAndADeletion() throws Exception {
    Received rename =
        received(api -> api.renameDatabase(ORDERS, new DatabaseName("sales/eu"), NONE));
    Received deletion = received(api -> api.deleteDatabase(ORDERS, NONE));

    assertThat(rename.line()).isEqualTo("PUT " + DEDICATED + "/databases/orders/rename HTTP/1.1");
    assertThat(rename.body()).isEqualTo("{\"name\":\"sales/eu\"}");
    assertThat(deletion.line()).isEqualTo("DELETE " + DEDICATED + "/databases/orders HTTP/1.1");
  }

  @ParameterizedTest
  @CsvSource({
    "logs/application, logs%2Fapplication",
    "a b, a%20b",
    "a?b#c, a%3Fb%23c",
    "50%, 50%25",
    "plátanos, pl%C3%A1tanos",
    "😀, %F0%9F%98%80",
    "..., ...",
    "A-z_0.9~, A-z_0.9~",
  })
  void aNameIsOneSegmentOfThePath(String name, String segment) throws Exception {
    assertThat(received(api -> api.deleteDatabase(new DatabaseName(name), NONE)).line())
        .isEqualTo("DELETE " + DEDICATED + "/databases/" + segment + " HTTP/1.1");
  }

  @Test
  void clusteredPathsNameNeitherAccountNorCluster() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(json(200, ANSWER));
        ManagementApi api = Apis.api(server)) {
      api.renameDatabase(ORDERS, new DatabaseName("sales"), NONE);

      assertThat(server.requests().get(0).line())
          .isEqualTo("PUT /api/v0/databases/orders/rename HTTP/1.1");
    }
  }

  private static DatabaseListing listing(String body) throws ApiException {
    try (ScriptedServer server = ScriptedServer.answering(json(200, body));
        ManagementApi api = Apis.api(server)) {
      return api.listDatabases();
    }
  }

  @Test
  void aListingHasAllFields() throws Exception {
    DatabaseListing listing =
        listing(
            """
            [
              {"accountId": "11111111-1111-4111-8111-111111111111", "name": "a", "maxTables": 500,
               "maxColumnsPerTable": 200, "retentionPeriod": 0},
              {"name": "b", "maxTables": 1, "maxColumnsPerTable": 2,
               "retentionPeriod": 31536000000000000, "more": {"name": "x"},
               "partitionTemplate": [
                 {"type": "time", "value": "%Y"},
                 {"type": "tag", "value": "plátanos"},
                 {"type": "bucket", "value": {"tagName": "c", "numberOfBuckets": 10}}]}
            ]
            """);

    assertThat(listing.databases())
        .containsExactly(
            new Database(new DatabaseName("a"), Retention.INFINITE, 500, 200, Optional.empty()),
            new Database(
                new DatabaseName("b"), Retention.parse("1y"), 1, 2, Optional.of(TEMPLATE)));
    assertThat(listing.names()).containsExactly("a", "b");
    assertThat(listing.unreadable()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\"retentionPeriod\":null",
        ",\"retentionPeriod\":0",
        ",\"partitionTemplate\":null",
        ",\"partitionTemplate\":[]",
      })
  void noRetentionIsInfiniteAndNoTemplateIsTheClustersOwn(String more) throws Exception {
    assertThat(listing("[" + database("a", more) + "]").databases())
        .containsExactly(
            new Database(new DatabaseName("a"), Retention.INFINITE, 500, 200, Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"name":"a","maxColumnsPerTable":2} | it has no maxTables
          {"name":"a","maxTables":2} | it has no maxColumnsPerTable
          {"name":"a","maxTables":0,"maxColumnsPerTable":2} | its maxTables is not a whole number from 1 to 2147483647
          {"name":"a","maxTables":2147483648,"maxColumnsPerTable":2} | its maxTables is not a whole number from 1 to 2147483647
          {"name":"a","maxTables":"5","maxColumnsPerTable":2} | its maxTables is not a whole number from 1 to 2147483647
          {"name":"a","maxTables":1,"maxColumnsPerTable":[1]} | its maxColumnsPerTable is not a whole number from 1 to 2147483647
          {"name":"a","maxTables":1,"maxTables":1,"maxColumnsPerTable":1} | it has two of maxTables
          {"name":"a","maxTables":1,"maxColumnsPerTable":1,"name":"b"} | it has two of name
          {"name":"a","maxTables":1,"maxColumnsPerTable":1,"retentionPeriod":-1} | its retentionPeriod is not a whole number of nanoseconds from 0
          {"name":"a","maxTables":1,"maxColumnsPerTable":1,"retentionPeriod":9223372036854775808} | its retentionPeriod is not a whole number of nanoseconds from 0
          {"name":"a","maxTables":1,"maxColumnsPerTable":1,"retentionPeriod":1.5} | its retentionPeriod is not a whole number of nanoseconds from 0
          {"name":"a","maxTables":1,"maxColumnsPerTable":1,"retentionPeriod":"30d"} | its retentionPeriod is not a whole number of nanoseconds from 0
          {"name":"a","maxTables":1,"maxColumnsPerTable":1,"partitionTemplate":{}} | its partitionTemplate is not a list
          {"name":"a","maxTables":1,"maxColumnsPerTable":1,"partitionTemplate":[7]} | its partitionTemplate has a part that is no tag, time or bucket
          {"name":"a","maxTables":1,"maxColumnsPerTable":1,"partitionTemplate":[{"type":"field","value":"a"}]} | its partitionTemplate has a part that is no tag, time or bucket
          {"name":"a","maxTables":1,"maxColumnsPerTable":1,"partitionTemplate":[{"type":"tag","value":""}]} | its partitionTemplate has a part that is no tag, time or bucket
          {"name":"a","maxTables":1,"maxColumnsPerTable":1,"partitionTemplate":[{"type":"bucket","value":{"tagName":"a","numberOfBuckets":100001}}]} | its partitionTemplate has a part that is no tag, time or bucket
          {"name":"a","maxTables":1,"maxColumnsPerTable":1,"partitionTemplate":[{"type":"tag","value":"a"},{"type":"tag","value":"a"}]} | a partition template must not have two equal parts: tag a
          """)
  void oneThatCannotBeReadIsSetAsideAndKeepsItsName(String odd, String why) throws Exception {
    DatabaseListing listing = listing("[" + database("b", "") + "," + odd + "]");

    assertThat(listing.unreadable())
        .containsExactly(new UnreadableDatabase(2, Optional.of("a"), why));
    assertThat(listing.databases()).extracting(it -> it.name().value()).containsExactly("b");
    assertThat(listing.names()).containsExactly("b", "a");
  }

  @Test
  void oneWithoutANameIsSetAside() throws Exception {
    DatabaseListing listing = listing("[7," + database("b", "") + ",{\"name\":\"\"}]");

    assertThat(listing.unreadable())
        .containsExactly(
            new UnreadableDatabase(1, Optional.empty(), "it is not an object"),
            new UnreadableDatabase(3, Optional.empty(), "it has no name"));
    assertThat(listing.names()).containsExactly("b");
  }

  @Test
  void aNameThatNoCallCanNameIsSetAside() throws Exception {
    DatabaseListing listing =
        listing(
            "["
                + database("*", "")
                + ","
                + database("x".repeat(65), "")
                + ","
                + database("a-" + Apis.MANAGEMENT_TOKEN, "")
                + "]");

    assertThat(listing.databases()).isEmpty();
    assertThat(listing.names()).hasSize(3).noneMatch(name -> name.contains("donotprintme"));
    assertThat(listing.unreadable())
        .extracting(UnreadableDatabase::why)
        .containsExactly(
            "\"*\" stands for all databases, and is the name of none",
            "a database's name must have 1 to 64 characters, not 65",
            "its name holds a secret");
  }

  @Test
  void whatIsListedTwiceIsThereOnceUnlessItDiffers() throws Exception {
    DatabaseListing listing =
        listing(
            "["
                + String.join(
                    ",",
                    database("a", ""),
                    database("b", ""),
                    database("a", ",\"retentionPeriod\":0"),
                    database("b", ",\"retentionPeriod\":1"))
                + "]");

    assertThat(listing.names()).containsExactly("a", "b");
    assertThat(listing.databases()).extracting(it -> it.name().value()).containsExactly("a");
    assertThat(listing.unreadable())
        .containsExactly(
            new UnreadableDatabase(
                4, Optional.of("b"), "it is listed several times, with differences"));
  }

  @Test
  void theAnswerToAChangeIsRead() throws Exception {
    List<Database> answers = new ArrayList<>();
    received(
        api -> answers.add(api.renameDatabase(ORDERS, new DatabaseName("sales"), NONE)),
        database("sales", ",\"id\":12345"));
    received(
        api -> answers.add(api.updateDatabase(ORDERS, SHORTER, NONE)),
        database("orders", ",\"retentionPeriod\":2592000000000000"));

    assertThat(answers)
        .containsExactly(
            new Database(new DatabaseName("sales"), Retention.INFINITE, 500, 200, Optional.empty()),
            new Database(ORDERS, Retention.parse("30d"), 500, 200, Optional.empty()));
  }

  @Test
  void anAnswerThatIsNoDatabaseIsUnpromised() {
    ApiException failure =
        failure(
            api -> api.updateDatabase(ORDERS, SHORTER, NONE), json(200, "{\"name\":\"orders\"}"));

    assertThat(failure)
        .hasMessage(
            "PATCH /api/v0/databases/orders: the answer is not what the API promises:"
                + " the database \"orders\" cannot be read: it has no maxTables");
    assertThat(failure.isUnpromised()).isTrue();
    assertThat(failure.mayHaveHappened()).isTrue();
  }

  @Test
  void goneAndTakenAreToldApart() {
    ApiException gone =
        failure(
            api -> api.updateDatabase(ORDERS, SHORTER, NONE),
            json(404, "{\"code\":404,\"message\":\"database not found\"}"));
    ApiException taken =
        failure(
            api -> api.createDatabase(DatabaseCreation.of(ORDERS), NONE),
            json(409, "{\"code\":409,\"message\":\"conflict\"}"));

    assertThat(gone).hasMessage("PATCH /api/v0/databases/orders: 404 database not found");
    assertThat(gone.status()).hasValue(404);
    assertThat(gone.mayHaveHappened()).isFalse();
    assertThat(gone.hint().orElseThrow())
        .startsWith("is the database still there? see tokenform database list; if so, check the");
    assertThat(taken).hasMessage("POST /api/v0/databases: 409 conflict");
    assertThat(taken.status()).hasValue(409);
    assertThat(taken.mayHaveHappened()).isFalse();
    assertThat(taken.hint())
        .hasValue(
            "the name is taken (tokenform database list), or a database of that name was deleted a"
                + " short while ago: then wait some minutes and try again");
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 500, 503})
  void aCreationWhoseFateIsUnclearIsNotSentAgain(int status) {
    try (ScriptedServer server = ScriptedServer.answering(json(status, "{}"));
        ManagementApi api = fourTimes(server)) {
      ApiException failure =
          catchThrowableOfType(
              ApiException.class, () -> api.createDatabase(DatabaseCreation.of(ORDERS), NONE));

      assertThat(failure.mayHaveHappened()).isTrue();
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void aCreationThatTheServerDidNotTakeIsSentAgain() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.answering(json(429, "{}"), json(429, "{}"), json(200, ANSWER));
        ManagementApi api = fourTimes(server)) {
      assertThat(api.createDatabase(DatabaseCreation.of(ORDERS), NONE).name()).isEqualTo(ORDERS);
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void aRenameAfterALostAnswerMayHaveHappened() {
    ApiException failure =
        failure(
            api -> api.renameDatabase(ORDERS, new DatabaseName("sales"), NONE),
            json(503, "{}"),
            json(404, "{}"));

    assertThat(failure.status()).hasValue(404);
    assertThat(failure.mayHaveHappened()).isTrue();
  }

  @Test
  void theOtherChangesAreSentAgain() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.answering(
                json(503, "{}"),
                json(200, ANSWER),
                json(503, "{}"),
                json(200, ANSWER),
                json(503, "{}"),
                "HTTP/1.1 204 x\r\n\r\n");
        ManagementApi api = fourTimes(server)) {
      api.updateDatabase(ORDERS, SHORTER, NONE);
      api.renameDatabase(ORDERS, new DatabaseName("sales"), NONE);
      api.deleteDatabase(ORDERS, NONE);

      assertThat(server.requests()).hasSize(6);
    }
  }

  @Test
  void noChangeIsSentAfterTheStop() {
    try (ScriptedServer server = ScriptedServer.answering(json(200, ANSWER));
        ManagementApi api = fourTimes(server)) {
      api.stopChanges();

      assertThat(
              catchThrowableOfType(
                      ApiException.class,
                      () -> api.renameDatabase(ORDERS, new DatabaseName("sales"), NONE))
                  .wasTried())
          .isFalse();
      assertThat(server.requests()).isEmpty();
    }
  }

  private static final AttemptListener NONE = AttemptListener.NONE;

  private static ManagementApi fourTimes(ScriptedServer server) {
    return Apis.api(
        server,
        Apis.patient(new RetryPolicy(4, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(5))));
  }

  private static ApiException failure(Call call, String... answers) {
    try (ScriptedServer server = ScriptedServer.answering(answers);
        ManagementApi api = fourTimes(server)) {
      return catchThrowableOfType(ApiException.class, () -> call.on(api));
    }
  }
}
