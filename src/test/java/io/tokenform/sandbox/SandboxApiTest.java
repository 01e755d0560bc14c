package io.tokenform.sandbox;

import static io.tokenform.sandbox.SandboxClient.ACCOUNT;
import static io.tokenform.sandbox.SandboxClient.CLUSTER;
import static io.tokenform.sandbox.SandboxClient.CLUSTERED;
import static io.tokenform.sandbox.SandboxClient.DEDICATED;
import static io.tokenform.sandbox.SandboxClient.GRAFANA;
import static io.tokenform.sandbox.SandboxClient.RETIRED;
import static io.tokenform.sandbox.SandboxClient.TELEGRAF;
import static io.tokenform.sandbox.SandboxClient.UNKNOWN;
import static io.tokenform.sandbox.SandboxClient.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxApiTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123456Z");
  private static final TokenId CREATED = id("88888888-8888-4888-8888-888888888888");

  private static final String GRAFANA_FIELDS =
      "\"id\":\"55555555-5555-4555-8555-555555555555\",\"description\":\"Grafana\","
          + "\"permissions\":[{\"action\":\"read\",\"resource\":\"metrics\"}],"
          + "\"createdAt\":\"2023-12-21T17:32:28.000Z\"";
  private static final String CLUSTER_FIELDS =
      "\"accountId\":\"" + ACCOUNT + "\",\"clusterId\":\"" + CLUSTER + "\",";

  private final SteppingClock clock = new SteppingClock(NOW);
  private final Sandbox sandbox =
      Sandbox.start(
          SandboxOptions.builder()
              .seedJson(SandboxClient.SEED)
              .clock(clock)
              .ids(() -> CREATED)
              .build());
  private final SandboxClient client = new SandboxClient(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void cloudDedicatedNamesAccountAndCluster() {
    HttpResponse<String> response = client.get(DEDICATED + "/tokens/" + GRAFANA);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
    assertThat(response.body()).isEqualTo("{" + CLUSTER_FIELDS + GRAFANA_FIELDS + "}");
  }

  @Test
  void clusteredNamesNeither() {
    HttpResponse<String> response = client.get(CLUSTERED + "/tokens/" + GRAFANA);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{" + GRAFANA_FIELDS + "}");
  }

  @Test
  void theListingHoldsAllTokensInTheSeedsOrder() {
    HttpResponse<String> response = client.get(CLUSTERED + "/tokens");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            "[{"
                + GRAFANA_FIELDS
                + "},{\"id\":\"66666666-6666-4666-8666-666666666666\",\"description\":\"Telegraf\","
                + "\"permissions\":[{\"action\":\"write\",\"resource\":\"*\"}],"
                + "\"createdAt\":\"2024-01-01T00:00:00.000Z\","
                + "\"expiresAt\":\"2030-01-01T00:00:00.000Z\"},"
                + "{\"id\":\"77777777-7777-4777-8777-777777777777\",\"description\":\"Retired\","
                + "\"permissions\":[],\"createdAt\":\"2024-01-01T00:00:00.000Z\","
                + "\"revokedAt\":\"2025-05-05T05:05:05.500Z\"}]");
  }

  @Test
  void databasesAnswerForBothProducts() {
    String logs = "\"name\":\"logs\",\"maxTables\":500,\"maxColumnsPerTable\":200,";

    assertThat(client.get(DEDICATED + "/databases").body())
        .contains("{" + CLUSTER_FIELDS + logs + "\"retentionPeriod\":0}");
    assertThat(client.get(CLUSTERED + "/databases").body())
        .isEqualTo(
            "[{\"name\":\"metrics\",\"maxTables\":500,\"maxColumnsPerTable\":200,"
                + "\"retentionPeriod\":0},{"
                + logs
                + "\"retentionPeriod\":0}]");
  }

  @ParameterizedTest
  @ValueSource(strings = {DEDICATED, CLUSTERED})
  void aPatchInTheFormOfTheVendorsPageUpdatesTheToken(String prefix) {
    HttpResponse<String> response =
        client.patch(
            prefix + "/tokens/" + GRAFANA,
            """
            {
              "description": "my updated test token",
              "permissions": [
                {
                  "action": "read",
                  "resource": "logs"
                },
                {
                  "action": "write",
                  "resource": "logs"
                }
              ]
            }
            """);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .contains("\"description\":\"my updated test token\"")
        .contains("\"createdAt\":\"2023-12-21T17:32:28.000Z\"");
    assertThat(sandbox.token(id(GRAFANA)))
        .isEqualTo(
            new Token(
                id(GRAFANA),
                "my updated test token",
                Permissions.of(Permission.read("logs"), Permission.write("logs")),
                Optional.of(Instant.parse("2023-12-21T17:32:28Z")),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void aPatchReplacesThePermissions() {
    patchGrafana("{\"permissions\": [{\"action\": \"write\", \"resource\": \"logs\"}]}");

    assertThat(sandbox.token(id(GRAFANA)).permissions())
        .isEqualTo(Permissions.of(Permission.write("logs")));
    assertThat(sandbox.token(id(GRAFANA)).description()).isEqualTo("Grafana");
  }

  @Test
  void aPatchOfTheDescriptionKeepsThePermissions() {
    patchGrafana("{\"description\": \"Dashboards\"}");

    assertThat(sandbox.token(id(GRAFANA)).description()).isEqualTo("Dashboards");
    assertThat(sandbox.token(id(GRAFANA)).permissions())
        .isEqualTo(Permissions.of(Permission.read("metrics")));
  }

  @Test
  void aPatchWithNoPermissionsTakesAllAccessAway() {
    patchGrafana("{\"permissions\": []}");

    assertThat(sandbox.token(id(GRAFANA)).permissions()).isEqualTo(Permissions.NONE);
  }

  @Test
  void permissionsKeepTheirOrderAndTheirRepetitions() {
    String sent =
        "[{\"action\":\"write\",\"resource\":\"b\"},{\"action\":\"read\",\"resource\":\"a\"},"
            + "{\"action\":\"write\",\"resource\":\"b\"}]";

    assertThat(patchGrafana("{\"permissions\": " + sent + "}").body())
        .contains("\"permissions\":" + sent);
    assertThat(client.get(CLUSTERED + "/tokens/" + GRAFANA).body())
        .contains("\"permissions\":" + sent);
  }

  @Test
  void unknownFieldsBesideKnownOnesArePassedOver() {
    HttpResponse<String> response =
        patchGrafana(
            """
            {"colour": {"a": [1, {}]}, "description": "Dashboards", "expiresAt": 7,
             "permissions": [{"action": "read", "resource": "logs", "since": null}]}
            """);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).doesNotContain("colour", "since", "expiresAt");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|the body is empty",
        "{|the body is not valid JSON: line 1, column 2",
        "{\"description\": hush}|the body is not valid JSON: line 1, column 17",
        "{\"description\": \"a\"} x|the body is not valid JSON: line 1, column 22",
        "{\"description\": \"a\", \"description\": \"b\"}"
            + "|the body is not valid JSON: line 1, column 35",
        "{\"description\": \"a\"} {}|the body must hold one value and nothing after it",
        "[]|the body must be an object",
        "\"text\"|the body must be an object",
        "null|the body must be an object",
        "{}|the body has neither a description nor permissions: there is nothing to update",
        "{\"expiresAt\": \"2030-01-01T00:00:00Z\"}"
            + "|the body has neither a description nor permissions: there is nothing to update",
        "{\"colour\": 1}"
            + "|the body has neither a description nor permissions: there is nothing to update",
        "{\"description\": 7}|description must be a string",
        "{\"description\": null}|description must be a string",
        "{\"description\": \"\\ud800\"}"
            + "|description must be valid Unicode: it contains half a surrogate pair",
        "{\"permissions\": {}}|permissions must be an array",
        "{\"permissions\": null}|permissions must be an array",
        "{\"permissions\": [\"read metrics\"]}|permissions[0] must be an object",
        "{\"permissions\": [{\"action\": \"\", \"resource\": \"a\"}]}"
            + "|permissions[0].action must not be empty",
        "{\"permissions\": [{\"action\": 1, \"resource\": \"a\"}]}"
            + "|permissions[0].action must be a string",
        "[]|the body must be an object",
        "[{\"description\": \"x\"}]|the body must be an object",
        "{\"permissions\": [{\"action\": \"read\", \"resource\": null}]}"
            + "|permissions[0].resource must be a string",
        "{\"permissions\": [{\"action\": \"read\", \"resource\": [\"a\"]}]}"
            + "|permissions[0].resource must be a string",
        "{\"permissions\": [{\"action\": \"read\", \"resource\": \"\"}]}"
            + "|permissions[0].resource must have 1 to 64 characters, not 0",
      })
  void aBodyThatIsNoUpdateIsRefused(String body, String message) {
    List<Token> before = sandbox.tokens();

    HttpResponse<String> response = patchGrafana(body);

    assertRefused(response, 400, message);
    assertThat(sandbox.tokens()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"action\": \"read\"}", "{\"resource\": \"a\"}", "{\"x\": 1}"})
  void aPermissionThatLacksWhatTheDescriptionDoesNotRequireAllowsNothing(String permission) {
    HttpResponse<String> response = patchGrafana("{\"permissions\": [" + permission + "]}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(sandbox.token(id(GRAFANA)).permissions()).isEqualTo(Permissions.NONE);
  }

  @Test
  void anActionThatNobodyKnowsIsKept() {
    HttpResponse<String> response =
        patchGrafana("{\"permissions\": [{\"action\": \"own\", \"resource\": \"a\"}]}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("{\"action\":\"own\",\"resource\":\"a\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "text/plain; charset=utf-8",
        "application/x-www-form-urlencoded",
        "application/jsonx",
        "application/merge-patch+json",
        ""
      })
  void aBodyOfAnotherTypeThanTheDescriptionsIsABadRequest(String type) {
    List<Token> before = sandbox.tokens();

    for (String method : List.of("PATCH", "POST")) {
      HttpResponse<String> response =
          client.send(
              client
                  .request(CLUSTERED + "/tokens" + (method.equals("PATCH") ? "/" + GRAFANA : ""))
                  .setHeader("Content-Type", type)
                  .method(method, BodyPublishers.ofString("{\"description\": \"x\"}"))
                  .build());

      assertRefused(response, 400, "the body must be of the type application/json");
    }
    assertThat(sandbox.tokens()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "APPLICATION/JSON",
        "application/json;charset=UTF-8",
        "application/json ; charset=utf-8; x=y"
      })
  void theTypeOfTheDescriptionMayHaveParameters(String type) {
    HttpResponse<String> response =
        client.send(
            client
                .request(CLUSTERED + "/tokens/" + GRAFANA)
                .setHeader("Content-Type", type)
                .method("PATCH", BodyPublishers.ofString("{\"description\": \"x\"}"))
                .build());

    assertThat(response.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"11111111-1111-4111-8111-111111111111", "11111111-1111-1111-1111-111111111111"})
  void oneUuidForAccountAndClusterMeansClustered(String id) {
    String prefix = "/api/v0/accounts/" + id + "/clusters/" + id;

    assertThat(client.get(prefix + "/tokens").body())
        .isEqualTo(client.get(CLUSTERED + "/tokens").body());
    assertThat(client.get(prefix + "/databases").body())
        .isEqualTo(client.get(CLUSTERED + "/databases").body());
    assertThat(client.get(prefix + "/tokens/" + GRAFANA).body())
        .isEqualTo("{" + GRAFANA_FIELDS + "}");
    assertThat(client.patch(prefix + "/tokens/" + GRAFANA, "{\"description\": \"x\"}").body())
        .startsWith("{\"id\":");
    assertThat(client.delete(prefix + "/tokens/" + GRAFANA).statusCode()).isEqualTo(204);
  }

  @Test
  void theLengthOfADatabaseNameIsCountedInCharacters() {
    String name = "🛰".repeat(64);
    String permission = "{\"permissions\": [{\"action\": \"read\", \"resource\": \"%s\"}]}";

    assertThat(patchGrafana(permission.formatted(name)).statusCode()).isEqualTo(200);
    assertThat(sandbox.token(id(GRAFANA)).permissions())
        .isEqualTo(Permissions.of(Permission.read(name)));
    assertRefused(
        patchGrafana(permission.formatted(name + "x")),
        400,
        "permissions[0].resource must have 1 to 64 characters, not 65");
  }

  @Test
  void aBodyOverOneMebibyteIsRefusedAndTheConnectionLives() {
    String padding = " ".repeat((1 << 20) - "{\"description\": \"a\"}".length());

    assertThat(patchGrafana("{\"description\": \"a\"}" + padding).statusCode()).isEqualTo(200);
    assertRefused(
        patchGrafana("{\"description\": \"a\"}" + padding + " "),
        413,
        "the body has more than 1048576 bytes");
    assertThat(client.get(CLUSTERED + "/tokens").statusCode()).isEqualTo(200);
  }

  @Test
  void aRevokedTokenCannotBePatched() {
    assertRefused(
        client.patch(CLUSTERED + "/tokens/" + RETIRED, "{\"description\": \"Back\"}"),
        409,
        "token 77777777-7777-4777-8777-777777777777 is revoked");
  }

  @ParameterizedTest
  @ValueSource(strings = {DEDICATED, CLUSTERED})
  void aPostTellsTheAccessTokenOnce(String prefix) throws Exception {
    HttpResponse<String> response =
        client.post(
            prefix + "/tokens",
            """
            {"description": "Backup", "permissions": [{"action": "read", "resource": "*"}],
             "expiresAt": "2030-12-31T23:59:59+01:00"}
            """);

    assertThat(response.statusCode()).isEqualTo(200);
    String accessToken = new ObjectMapper().readTree(response.body()).get("accessToken").asText();
    assertThat(accessToken).matches("apiv1_[A-Za-z0-9_-]{64,}");
    assertThat(response.body())
        .isEqualTo(
            "{"
                + (prefix.equals(DEDICATED) ? CLUSTER_FIELDS : "")
                + "\"id\":\"88888888-8888-4888-8888-888888888888\",\"description\":\"Backup\","
                + "\"permissions\":[{\"action\":\"read\",\"resource\":\"*\"}],"
                + "\"createdAt\":\"2026-01-31T12:00:00.123Z\","
                + "\"expiresAt\":\"2030-12-31T22:59:59.000Z\","
                + "\"accessToken\":\""
                + accessToken
                + "\"}");
    assertThat(client.get(prefix + "/tokens").body())
        .contains("\"Backup\"")
        .doesNotContain("accessToken", accessToken);
    assertThat(sandbox.tokens()).last().extracting(Token::id).isEqualTo(CREATED);
  }

  @Test
  void aPostNeedsNoPermissions() {
    assertThat(client.post(CLUSTERED + "/tokens", "{\"description\": \"\"}").body())
        .contains("\"description\":\"\",\"permissions\":[],");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"permissions\": []}|the body has no description",
        "{\"description\": [\"a\"]}|description must be a string",
        "{\"description\": \"a\", \"permissions\": \"*\"}|permissions must be an array",
        "{\"description\": \"a\", \"expiresAt\": null}|expiresAt must be a string",
      })
  void aBodyThatIsNoTokenIsRefused(String body, String message) {
    assertRefused(client.post(CLUSTERED + "/tokens", body), 400, message);
    assertThat(sandbox.tokens()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tomorrow",
        "2030-12-31",
        "2030-12-31T23:59Z",
        "2030-12-31T23:59:59",
        "2030-12-31 23:59:59Z",
        "2030-13-31T23:59:59Z",
        "2030-02-30T23:59:59Z",
        "2030-12-31T23:59:59+01",
        "9999-12-31T23:59:59-01:00",
      })
  void anExpiryThatIsNotRfc3339IsRefused(String date) {
    assertRefused(
        client.post(
            CLUSTERED + "/tokens", "{\"description\": \"a\", \"expiresAt\": \"" + date + "\"}"),
        400,
        "expiresAt must be an RFC 3339 date such as 2030-12-31T23:59:59Z");
  }

  @Test
  void anExpiryMayHaveNanosecondsAndSmallLetters() {
    assertThat(
            client
                .post(
                    CLUSTERED + "/tokens",
                    "{\"description\": \"a\", \"expiresAt\": \"2030-12-31t23:59:59.123456789z\"}")
                .body())
        .contains("\"expiresAt\":\"2030-12-31T23:59:59.123456789Z\"");
  }

  @Test
  void aDefectOfTheSandboxIsAnsweredAndLogged() {
    client.post(CLUSTERED + "/tokens", "{\"description\": \"a\"}");
    Logger logger = Logger.getLogger(ApiHandler.class.getName());
    List<Throwable> logged = new CopyOnWriteArrayList<>();
    logger.setFilter(line -> !logged.add(line.getThrown()));
    try {
      assertRefused(
          client.post(CLUSTERED + "/tokens", "{\"description\": \"b\"}"),
          500,
          "internal server error");
    } finally {
      logger.setFilter(null);
    }
    assertThat(logged).singleElement().asString().contains("the new id " + CREATED + " is taken");
  }

  @ParameterizedTest
  @ValueSource(strings = {DEDICATED, CLUSTERED})
  void aDeleteRevokesAndTheFirstDateStays(String prefix) {
    HttpResponse<String> first = client.delete(prefix + "/tokens/" + TELEGRAF);
    clock.step(Duration.ofHours(1));
    HttpResponse<String> second = client.delete(prefix + "/tokens/" + TELEGRAF);

    assertThat(first.statusCode()).isEqualTo(204);
    assertThat(first.body()).isEmpty();
    assertThat(second.statusCode()).isEqualTo(204);
    assertThat(client.get(prefix + "/tokens").body())
        .contains("\"revokedAt\":\"2026-01-31T12:00:00.123Z\"");
    assertThat(sandbox.token(id(TELEGRAF)).isRevoked()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PATCH", "DELETE"})
  void aTokenThatIsNotThereIsNotFound(String method) {
    assertRefused(
        client.send(method, DEDICATED + "/tokens/" + UNKNOWN, "{\"description\": \"a\"}"),
        404,
        "there is no token 99999999-9999-4999-8999-999999999999");
  }

  @Test
  void anIdMayBeInCapitals() {
    assertThat(
            client
                .get(
                    "/api/v0/accounts/"
                        + ACCOUNT.toUpperCase(Locale.ROOT)
                        + "/clusters/"
                        + CLUSTER
                        + "/tokens")
                .statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/tokens/1-1-1-1-1, the token id in the path is not a UUID",
    "/tokens/%35, the token id in the path is not a UUID",
    "/accounts/x/clusters/cccccccc-0000-4000-8000-000000000001/tokens,"
        + " the account id in the path is not a UUID",
    "/accounts/aaaaaaaa-0000-4000-8000-000000000001/clusters/x/databases,"
        + " the cluster id in the path is not a UUID",
  })
  void anIdThatIsNoUuidIsRefused(String path, String message) {
    assertRefused(client.get(CLUSTERED + path), 400, message);
  }

  @ParameterizedTest
  @CsvSource({
    UNKNOWN + "," + CLUSTER + ", there is no account " + UNKNOWN,
    ACCOUNT + "," + UNKNOWN + ", there is no cluster " + UNKNOWN,
  })
  void anotherAccountOrClusterIsNotFound(String account, String cluster, String message) {
    assertRefused(
        client.get("/api/v0/accounts/" + account + "/clusters/" + cluster + "/tokens"),
        404,
        message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/tokens",
        "/api/v0",
        "/api/v0/",
        "/api/v0/token",
        "/api/v0/tokens/",
        "/api/v0//tokens",
        "/api/v0/databases/metrics/x",
        "/api/v0/tokens/" + GRAFANA + "/x",
        "/api/v0/accounts/" + ACCOUNT + "/clusters/" + CLUSTER,
        "/api/v1/tokens",
      })
  void anUnknownPathIsNotFound(String path) {
    assertRefused(client.get(path), 404, "the API has no such path");
  }

  @Test
  void aQueryChangesNothing() {
    assertThat(client.get(CLUSTERED + "/tokens?limit=1").body())
        .isEqualTo(client.get(CLUSTERED + "/tokens").body());
  }

  @ParameterizedTest
  @CsvSource({
    "PATCH, /tokens, 'GET, POST'",
    "POST, /tokens/" + GRAFANA + ", 'GET, PATCH, DELETE'",
    "PUT, /tokens/" + GRAFANA + ", 'GET, PATCH, DELETE'",
    "OPTIONS, /databases, 'GET, POST'",
  })
  void anotherMethodIsNotAllowed(String method, String path, String allowed) {
    HttpResponse<String> response = client.send(method, DEDICATED + path, "{}");

    assertRefused(response, 405, "this path answers " + allowed);
    assertThat(response.headers().firstValue("Allow")).contains(allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer wrong", "Token sandbox-management-token", "Bearer ", "Bearer"})
  void anotherManagementTokenIsUnauthorized(String authorization) {
    HttpResponse<String> response =
        client.send(
            client
                .anonymousRequest(CLUSTERED + "/tokens")
                .header("Authorization", authorization)
                .build());

    assertRefused(response, 401, "this is not the sandbox's management token");
    assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
  }

  @Test
  void noManagementTokenIsUnauthorized() {
    assertRefused(
        client.send(client.anonymousRequest(DEDICATED + "/tokens").build()),
        401,
        "the header Authorization: Bearer MANAGEMENT_TOKEN is missing");
  }

  @Test
  void theSchemeMayBeWrittenInAnyCase() {
    HttpResponse<String> response =
        client.send(
            client
                .anonymousRequest(CLUSTERED + "/tokens")
                .header("Authorization", "bearer sandbox-management-token")
                .build());

    assertThat(response.statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> patchGrafana(String body) {
    return client.patch(CLUSTERED + "/tokens/" + GRAFANA, body);
  }

  private static void assertRefused(HttpResponse<String> response, int status, String message) {
    assertThat(response.body())
        .isEqualTo("{\"code\":" + status + ",\"message\":\"" + message + "\"}");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
  }

  /** A clock that stands still until it is told to go on. */
  private static final class SteppingClock extends Clock {
    private volatile Instant now;

    SteppingClock(Instant now) {
      this.now = now;
    }

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
