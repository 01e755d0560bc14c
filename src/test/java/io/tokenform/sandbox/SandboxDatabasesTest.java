package io.tokenform.sandbox;

import static io.tokenform.sandbox.SandboxClient.ACCOUNT;
import static io.tokenform.sandbox.SandboxClient.CLUSTER;
import static io.tokenform.sandbox.SandboxClient.CLUSTERED;
import static io.tokenform.sandbox.SandboxClient.DEDICATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenform.access.Permission;
import io.tokenform.access.Secret;
import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.access.database.PartitionPart;
import io.tokenform.access.database.PartitionTemplate;
import io.tokenform.access.database.Retention;
import io.tokenform.sandbox.fault.Faults;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sandbox does with databases, as a client on a real socket meets it. */
class SandboxDatabasesTest {
  private static final String CLUSTER_FIELDS =
      "\"accountId\":\"" + ACCOUNT + "\",\"clusterId\":\"" + CLUSTER + "\",";
  private static final String SECRET = "a-secret-of-metrics";
  private static final String SEED =
      """
      {
        "databases": ["metrics", {"name": "logs", "id": 7, "retentionPeriod": 86400000000000}],
        "tokens": [
          {
            "id": "55555555-5555-4555-8555-555555555555",
            "description": "Grafana",
            "permissions": [{"action": "read", "resource": "metrics"},
                            {"action": "read", "resource": "new"}],
            "accessToken": "%s"
          }
        ]
      }
      """
          .formatted(SECRET);
  private static final String TEMPLATE =
      "[{\"type\":\"time\",\"value\":\"%Y\"},{\"type\":\"tag\",\"value\":\"plátanos\"},"
          + "{\"type\":\"bucket\",\"value\":{\"tagName\":\"c\",\"numberOfBuckets\":10}}]";

  @TempDir Path directory;

  private final MovableClock clock = new MovableClock();
  private Sandbox sandbox = start(SandboxOptions.builder());
  private SandboxClient client = new SandboxClient(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }

  private Sandbox start(SandboxOptions.Builder options) {
    return Sandbox.start(options.seedJson(SEED).clock(clock).build());
  }

  private void restart(SandboxOptions.Builder options) {
    sandbox.close();
    sandbox = start(options);
    client = new SandboxClient(sandbox);
  }

  private List<String> names() {
    return sandbox.databases().stream().map(database -> database.name().value()).toList();
  }

  private static void assertRefused(HttpResponse<String> response, int status, String message) {
    assertThat(response.body())
        .isEqualTo("{\"code\":" + status + ",\"message\":\"" + message + "\"}");
    assertThat(response.statusCode()).isEqualTo(status);
  }

  private static String fields(String name, String rest) {
    return "\"name\":\"" + name + "\"," + rest;
  }

  @Test
  void aDatabaseIsMadeWithTheDefaultsOrWithWhatIsAskedFor() {
    HttpResponse<String> bare = client.post(DEDICATED + "/databases", "{\"name\":\"new\"}");
    HttpResponse<String> full =
        client.post(
            CLUSTERED + "/databases",
            "{\"name\":\"a/B_c-9\",\"maxTables\":100,\"maxColumnsPerTable\":50,\"more\":1,"
                + "\"retentionPeriod\":300000000000,\"partitionTemplate\":"
                + TEMPLATE
                + "}");

    assertThat(bare.statusCode()).isEqualTo(200);
    assertThat(bare.body())
        .isEqualTo(
            "{"
                + CLUSTER_FIELDS
                + fields(
                    "new", "\"maxTables\":500,\"maxColumnsPerTable\":200,\"retentionPeriod\":0}"));
    assertThat(full.body())
        .isEqualTo(
            "{"
                + fields(
                    "a/B_c-9",
                    "\"maxTables\":100,\"maxColumnsPerTable\":50,\"retentionPeriod\":300000000000,"
                        + "\"partitionTemplate\":"
                        + TEMPLATE
                        + "}"));
    assertThat(client.get(CLUSTERED + "/databases").body())
        .startsWith("[{\"name\":\"metrics\"")
        .contains("{\"name\":\"logs\"")
        .endsWith("," + full.body() + "]");
    assertThat(sandbox.databases().get(3))
        .isEqualTo(
            new Database(
                new DatabaseName("a/B_c-9"),
                Retention.parse("5m"),
                100,
                50,
                Optional.of(
                    new PartitionTemplate(
                        List.of(
                            new PartitionPart.Time("%Y"),
                            new PartitionPart.Tag("plátanos"),
                            new PartitionPart.Bucket("c", 10))))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                 | the body has no name
          []                                 | the body must be an object
          {"name":7}                         | name must be a string
          {"name":""}                        | name must have 1 to 64 characters, not 0
          {"name":"a.b"}                     | name must have letters a to z or A to Z, digits, _, - and / alone, and begin with a letter or a digit
          {"name":"_a"}                      | name must have letters a to z or A to Z, digits, _, - and / alone, and begin with a letter or a digit
          {"name":"*"}                       | name must have letters a to z or A to Z, digits, _, - and / alone, and begin with a letter or a digit
          {"name":"a","maxTables":0}         | maxTables must be a whole number from 1 to 2147483647
          {"name":"a","maxTables":1.5}       | maxTables must be a whole number from 1 to 2147483647
          {"name":"a","maxTables":null}      | maxTables must be a whole number from 1 to 2147483647
          {"name":"a","maxColumnsPerTable":2147483648} | maxColumnsPerTable must be a whole number from 1 to 2147483647
          {"name":"a","retentionPeriod":-1}  | retentionPeriod must be a whole number from 0 to 9223372036854775807
          {"name":"a","retentionPeriod":1.5} | retentionPeriod must be a whole number from 0 to 9223372036854775807
          {"name":"a","retentionPeriod":"30d"} | retentionPeriod must be a whole number from 0 to 9223372036854775807
          {"name":"a","retentionPeriod":9223372036854775808} | retentionPeriod must be a whole number from 0 to 9223372036854775807
          {"name":"a","partitionTemplate":{}} | partitionTemplate must be an array
          {"name":"a","partitionTemplate":[]} | partitionTemplate must have 1 to 8 parts, not 0
          {"name":"a","partitionTemplate":[{"value":"a"}]} | partitionTemplate[0] has no type
          {"name":"a","partitionTemplate":[{"type":"tag"}]} | partitionTemplate[0] has no value
          {"name":"a","partitionTemplate":[{"type":"field","value":"a"}]} | partitionTemplate[0].type must be tag, time or bucket
          {"name":"a","partitionTemplate":[{"type":"tag","value":""}]} | partitionTemplate[0].value must not be empty
          {"name":"a","partitionTemplate":[{"type":"bucket","value":"a"}]} | partitionTemplate[0] must have an object for its value, as a bucket
          {"name":"a","partitionTemplate":[{"type":"tag","value":{"tagName":"a","numberOfBuckets":1}}]} | partitionTemplate[0] must have a string for its value, as a tag
          {"name":"a","partitionTemplate":[{"type":"bucket","value":{"tagName":"a"}}]} | partitionTemplate[0] has no numberOfBuckets
          {"name":"a","partitionTemplate":[{"type":"bucket","value":{"tagName":"a","numberOfBuckets":100001}}]} | partitionTemplate[0].value.numberOfBuckets must be a whole number from 1 to 100000
          {"name":"a","partitionTemplate":[{"type":"tag","value":"a"},{"value":"a","type":"tag"}]} | partitionTemplate[1] is equal to an earlier part
          """)
  void aCreationThatIsWrongIsRefused(String body, String message) {
    assertRefused(client.post(CLUSTERED + "/databases", body), 400, message);
    assertThat(names()).containsExactly("metrics", "logs");
  }

  @Test
  void aNameHasAtMost64CharactersAndATemplate8Parts() {
    String parts = "";
    for (int i = 0; i < 9; i++) {
      parts += (i == 0 ? "" : ",") + "{\"type\":\"tag\",\"value\":\"t" + i + "\"}";
    }

    assertThat(
            client
                .post(CLUSTERED + "/databases", "{\"name\":\"" + "x".repeat(64) + "\"}")
                .statusCode())
        .isEqualTo(200);
    assertRefused(
        client.post(CLUSTERED + "/databases", "{\"name\":\"" + "x".repeat(65) + "\"}"),
        400,
        "name must have 1 to 64 characters, not 65");
    assertRefused(
        client.post(
            CLUSTERED + "/databases", "{\"name\":\"a\",\"partitionTemplate\":[" + parts + "]}"),
        400,
        "partitionTemplate must have 1 to 8 parts, not 9");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 86_400_000_000_000L, 31_536_000_000_000_000L, Long.MAX_VALUE})
  void aRetentionIsAnyNumberOfNanoseconds(long nanoseconds) {
    client.post(
        CLUSTERED + "/databases", "{\"name\":\"new\",\"retentionPeriod\":" + nanoseconds + "}");

    assertThat(sandbox.databases().get(2).retention())
        .isEqualTo(Retention.ofNanoseconds(nanoseconds));
    assertThat(client.get(CLUSTERED + "/databases").body())
        .contains("\"retentionPeriod\":" + nanoseconds + "}");
  }

  @Test
  void aNameThatIsTakenIsAConflict() {
    assertRefused(
        client.post(DEDICATED + "/databases", "{\"name\":\"metrics\"}"),
        409,
        "a database of this name is there already");
    assertThat(client.post(DEDICATED + "/databases", "{\"name\":\"Metrics\"}").statusCode())
        .isEqualTo(200);
  }

  @Test
  void anUpdateChangesWhatItNames() {
    HttpResponse<String> response =
        client.patch(
            DEDICATED + "/databases/logs",
            "{\"maxTables\":7,\"name\":\"x\",\"partitionTemplate\":[]}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            "{"
                + CLUSTER_FIELDS
                + fields(
                    "logs",
                    "\"maxTables\":7,\"maxColumnsPerTable\":200,\"retentionPeriod\":86400000000000}"));
    client.patch(CLUSTERED + "/databases/logs", "{\"maxColumnsPerTable\":9,\"retentionPeriod\":0}");
    assertThat(sandbox.databases().get(1))
        .isEqualTo(
            new Database(new DatabaseName("logs"), Retention.INFINITE, 7, 9, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"name\":\"x\"}", "{\"partitionTemplate\":[]}"})
  void anUpdateOfNothingIsRefused(String body) {
    assertRefused(
        client.patch(CLUSTERED + "/databases/logs", body),
        400,
        "the body has neither maxTables, maxColumnsPerTable nor retentionPeriod: there is nothing"
            + " to update");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    String message = "there is no such database";
    assertRefused(client.patch(CLUSTERED + "/databases/x", "{\"maxTables\":7}"), 404, message);
    assertRefused(client.delete(CLUSTERED + "/databases/x"), 404, message);
    assertRefused(
        client.send("PUT", CLUSTERED + "/databases/x/rename", "{\"name\":\"y\"}"), 404, message);
    assertRefused(
        client.send("PUT", CLUSTERED + "/databases/99/undelete", ""),
        404,
        "there is no deleted database 99 that can be restored");
    assertRefused(
        client.send("PUT", CLUSTERED + "/databases/7/undelete", ""),
        404,
        "there is no deleted database 7 that can be restored");
    assertRefused(
        client.send("PUT", CLUSTERED + "/databases/logs/undelete", ""),
        400,
        "the database id in the path is not a whole number from 1");
    assertRefused(
        client.post(CLUSTERED + "/databases/logs/tables", "{\"name\":\"t\"}"),
        501,
        "the sandbox has no tables");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /databases/logs, 'PATCH, DELETE'",
    "DELETE, /databases, 'GET, POST'",
    "POST, /databases/logs/rename, PUT",
    "PATCH, /databases/7/undelete, PUT",
  })
  void anotherMethodIsNotAllowed(String method, String path, String allowed) {
    HttpResponse<String> response = client.send(method, DEDICATED + path, "");

    assertRefused(response, 405, "this path answers " + allowed);
    assertThat(response.headers().firstValue("Allow")).contains(allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/databases/logs/x", "/databases/logs/rename/x", "/tokens/logs/rename"})
  void otherPathsAreNotThere(String path) {
    assertRefused(client.send("PUT", DEDICATED + path, "{}"), 404, "the API has no such path");
  }

  @Test
  void aNameWithASlashIsOneSegment() {
    client.post(CLUSTERED + "/databases", "{\"name\":\"a/b\"}");

    assertThat(client.patch(CLUSTERED + "/databases/a%2Fb", "{\"maxTables\":7}").statusCode())
        .isEqualTo(200);
    assertThat(client.delete(CLUSTERED + "/databases/a%2fb").statusCode()).isEqualTo(204);
    assertThat(names()).containsExactly("metrics", "logs");
  }

  @Test
  void aDeletedNameIsTakenForAWhileAndPermissionsKeepIt() {
    Permission read = Permission.read("metrics");
    assertThat(sandbox.accepts(Secret.of(SECRET), read)).isTrue();

    HttpResponse<String> deleted = client.delete(DEDICATED + "/databases/metrics");

    assertThat(deleted.statusCode()).isEqualTo(204);
    assertThat(deleted.body()).isEmpty();
    assertThat(names()).containsExactly("logs");
    assertThat(sandbox.tokens().get(0).permissions().contains(read)).isTrue();
    assertThat(sandbox.accepts(Secret.of(SECRET), read)).isFalse();
    assertRefused(query("metrics"), 404, "there is no such database");
    assertRefused(
        client.delete(DEDICATED + "/databases/metrics"), 404, "there is no such database");
    String again = "{\"name\":\"metrics\"}";
    String early = "a database of this name was deleted less than 2 minutes ago";
    assertRefused(client.post(DEDICATED + "/databases", again), 409, early);
    assertRefused(client.send("PUT", CLUSTERED + "/databases/logs/rename", again), 409, early);
    clock.step(Duration.ofMinutes(2));
    assertThat(client.post(DEDICATED + "/databases", again).statusCode()).isEqualTo(200);
    assertThat(sandbox.accepts(Secret.of(SECRET), read)).isTrue();
    assertThat(query("metrics").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> query(String database) {
    return client.send(
        client
            .anonymousRequest("/query?db=" + database)
            .header("Authorization", "Bearer " + SECRET)
            .build());
  }

  @Test
  void aRenamedDatabaseKeepsItsSettingsItsPlaceAndItsId() {
    HttpResponse<String> renamed =
        client.send("PUT", DEDICATED + "/databases/logs/rename", "{\"name\":\"events\"}");

    assertThat(renamed.statusCode()).isEqualTo(200);
    assertThat(renamed.body())
        .isEqualTo(
            "{"
                + CLUSTER_FIELDS
                + "\"id\":7,"
                + fields(
                    "events",
                    "\"maxTables\":500,\"maxColumnsPerTable\":200,"
                        + "\"retentionPeriod\":86400000000000}"));
    assertThat(names()).containsExactly("metrics", "events");
    assertThat(client.post(CLUSTERED + "/databases", "{\"name\":\"logs\"}").statusCode())
        .isEqualTo(200);
  }

  @Test
  void permissionsDoNotFollowARename() {
    client.send("PUT", DEDICATED + "/databases/metrics/rename", "{\"name\":\"new\"}");

    assertThat(sandbox.accepts(Secret.of(SECRET), Permission.read("metrics"))).isFalse();
    assertThat(sandbox.accepts(Secret.of(SECRET), Permission.read("new"))).isTrue();
    assertRefused(query("metrics"), 404, "there is no such database");
    assertThat(query("new").statusCode()).isEqualTo(200);
  }

  @Test
  void aRenameToANameThatIsTakenOrWrongIsRefused() {
    String path = CLUSTERED + "/databases/logs/rename";

    assertRefused(
        client.send("PUT", path, "{\"name\":\"metrics\"}"),
        409,
        "a database of this name is there already");
    assertRefused(
        client.send("PUT", path, "{\"name\":\"logs\"}"),
        409,
        "a database of this name is there already");
    assertRefused(client.send("PUT", path, "{}"), 400, "the body has no name");
    assertRefused(
        client.send("PUT", path, "{\"name\":\"\"}"),
        400,
        "name must have 1 to 64 characters, not 0");
    assertThat(names()).containsExactly("metrics", "logs");
  }

  @Test
  void aDeletedDatabaseCanBeRestoredForAWeek() {
    client.delete(DEDICATED + "/databases/logs");
    clock.step(Duration.ofDays(7).minusSeconds(1));

    HttpResponse<String> restored = client.send("PUT", CLUSTERED + "/databases/7/undelete", "");

    assertThat(restored.statusCode()).isEqualTo(200);
    assertThat(restored.body())
        .isEqualTo(
            "{\"id\":7,"
                + fields(
                    "logs",
                    "\"maxTables\":500,\"maxColumnsPerTable\":200,"
                        + "\"retentionPeriod\":86400000000000}"));
    assertThat(names()).containsExactly("metrics", "logs");
    client.delete(DEDICATED + "/databases/logs");
    clock.step(Duration.ofDays(7));
    assertRefused(
        client.send("PUT", CLUSTERED + "/databases/7/undelete", ""),
        404,
        "there is no deleted database 7 that can be restored");
  }

  @Test
  void noneIsRestoredWhoseNameAnotherHas() {
    client.delete(DEDICATED + "/databases/logs");
    clock.step(Duration.ofMinutes(3));
    client.post(CLUSTERED + "/databases", "{\"name\":\"logs\"}");

    assertRefused(
        client.send("PUT", CLUSTERED + "/databases/7/undelete", ""),
        400,
        "another database has the name of this one");
  }

  @Test
  void whatOneRunLeavesTheNextOneFinds() {
    SandboxOptions.Builder options =
        SandboxOptions.builder().stateFile(directory.resolve("state.json"));
    restart(options);
    client.delete(CLUSTERED + "/databases/logs");
    client.send("PUT", CLUSTERED + "/databases/metrics/rename", "{\"name\":\"m2\"}");
    client.post(
        CLUSTERED + "/databases",
        "{\"name\":\"new\",\"maxTables\":3,\"partitionTemplate\":" + TEMPLATE + "}");
    List<Database> left = sandbox.databases();

    restart(options);

    assertThat(sandbox.startedFrom()).isEqualTo(StartedFrom.STATE);
    assertThat(sandbox.databases()).isEqualTo(left).hasSize(2);
    assertThat(sandbox.accepts(Secret.of(SECRET), Permission.read("metrics"))).isFalse();
    assertThat(client.send("PUT", CLUSTERED + "/databases/7/undelete", "").statusCode())
        .isEqualTo(200);
    assertThat(client.send("PUT", CLUSTERED + "/databases/new/rename", "{\"name\":\"n2\"}").body())
        .startsWith("{\"id\":8,");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [{}]                                   | databases[0] has no name
          [{"name":""}]                          | databases[0].name must have 1 to 64 characters, not 0
          [{"name":"a","retention":1}]           | databases[0].retention is not a known key
          [{"name":"a","maxTables":0}]           | databases[0].maxTables must be a whole number from 1 to 2147483647
          [{"name":"a","id":0}]                  | databases[0].id must be a whole number from 1 to 9223372036854775807
          ["a",{"name":"a"}]                     | databases[1] is a database that is already listed
          [{"name":"a","id":1},{"name":"b","id":1}] | databases[1] has the id 1 of an earlier database
          [{"name":"a","deletedAt":"now"}]       | databases[0].deletedAt must be an RFC 3339 date such as 2030-12-31T23:59:59Z
          """)
  void aSeedThatIsWrongIsRefused(String databases, String message) {
    assertThatExceptionOfType(SandboxException.class)
        .isThrownBy(
            () ->
                Sandbox.start(
                    SandboxOptions.builder()
                        .seedJson("{\"databases\": " + databases + "}")
                        .build()))
        .withMessageContaining(message);
  }

  @Test
  void aSeedMayHaveADatabaseThatWasDeleted() {
    try (Sandbox seeded =
        Sandbox.start(
            SandboxOptions.builder()
                .clock(clock)
                .seedJson(
                    """
                    {"databases": [{"name": "a", "deletedAt": "2026-01-30T12:00:00Z"}, "a",
                                   {"name": "b", "id": 2}]}
                    """)
                .build())) {
      SandboxClient other = new SandboxClient(seeded);

      assertThat(seeded.databases())
          .extracting(database -> database.name().value())
          .containsExactly("a", "b");
      assertThat(other.send("PUT", CLUSTERED + "/databases/a/rename", "{\"name\":\"c\"}").body())
          .startsWith("{\"id\":3,");
      assertThat(other.send("PUT", CLUSTERED + "/databases/1/undelete", "").statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void faultsHitDatabasesToo() {
    restart(
        SandboxOptions.builder()
            .faults(
                Faults.parse(
                    List.of(
                        "status=503,acts,on=POST,at=databases,first=1",
                        "status=500,on=DELETE,at=database,first=1",
                        "wrong,on=PUT,first=1",
                        "wrong=retentionPeriod,on=PATCH,first=1",
                        "ignored,on=PATCH,first=2"),
                    1)));

    assertThat(client.post(CLUSTERED + "/databases", "{\"name\":\"new\"}").statusCode())
        .isEqualTo(503);
    assertThat(names()).containsExactly("metrics", "logs", "new");
    assertThat(client.delete(CLUSTERED + "/databases/new").statusCode()).isEqualTo(500);
    assertThat(names()).hasSize(3);
    assertThat(client.send("PUT", CLUSTERED + "/databases/new/rename", "{\"name\":\"n2\"}").body())
        .contains("\"name\":\"n2-wrong\"");
    assertThat(names()).containsExactly("metrics", "logs", "n2");
    assertThat(client.patch(CLUSTERED + "/databases/logs", "{\"retentionPeriod\":1}").body())
        .contains("\"retentionPeriod\":86400000000001}");
    assertThat(sandbox.databases().get(1).retention()).isEqualTo(Retention.ofNanoseconds(1));
    HttpResponse<String> ignored =
        client.patch(CLUSTERED + "/databases/logs", "{\"retentionPeriod\":2}");
    assertThat(ignored.statusCode()).isEqualTo(200);
    assertThat(ignored.body()).contains("\"retentionPeriod\":1}");
    assertThat(sandbox.databases().get(1).retention()).isEqualTo(Retention.ofNanoseconds(1));
  }

  @Test
  void ignoredChangesOfDatabasesDoNothing() {
    restart(SandboxOptions.builder().faults(Faults.parse(List.of("ignored"), 1)));

    assertThat(client.post(CLUSTERED + "/databases", "{\"name\":\"new\"}").statusCode())
        .isEqualTo(200);
    assertThat(client.delete(CLUSTERED + "/databases/logs").statusCode()).isEqualTo(204);
    assertThat(
            client.send("PUT", CLUSTERED + "/databases/metrics/rename", "{\"name\":\"m2\"}").body())
        .contains("\"name\":\"m2\"");
    assertThat(client.delete(CLUSTERED + "/databases/none").statusCode()).isEqualTo(404);
    assertThat(names()).containsExactly("metrics", "logs");
  }

  @Test
  void aListingOfDatabasesMayLag() {
    restart(
        SandboxOptions.builder()
            .faults(Faults.parse(List.of("stale=1000s,at=databases,first=1"), 1)));
    client.delete(CLUSTERED + "/databases/logs");
    client.post(CLUSTERED + "/databases", "{\"name\":\"new\"}");

    assertThat(client.get(CLUSTERED + "/databases").body())
        .contains("\"name\":\"metrics\"", "\"name\":\"logs\"")
        .doesNotContain("\"name\":\"new\"");
    assertThat(client.get(CLUSTERED + "/databases").body())
        .contains("\"name\":\"metrics\"", "\"name\":\"new\"")
        .doesNotContain("\"name\":\"logs\"");
  }

  /** A clock that a test sets. */
  private static final class MovableClock extends Clock {
    private volatile Instant now = Instant.parse("2026-01-31T12:00:00Z");

    void step(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
