package io.tokenform.sandbox;

import static io.tokenform.sandbox.SandboxClient.CLUSTERED;
import static io.tokenform.sandbox.SandboxClient.DEDICATED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenform.access.Permission;
import io.tokenform.access.Secret;
import io.tokenform.access.TokenId;
import io.tokenform.sandbox.fault.Faults;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets, as they are tried on the data side and as a test can ask about them. */
@Timeout(900)
class SandboxDataSideTest {
  private static final String LIST = CLUSTERED + "/tokens";
  private static final String QUERY = "/query?db=metrics&q=SHOW+MEASUREMENTS";
  private static final String WRITE = "/api/v2/write?bucket=metrics";
  private static final Secret UNKNOWN = Secret.of("apiv1_of-no-token");

  @TempDir Path folder;

  private final MovableClock clock = new MovableClock();
  private final List<Secret> told = new CopyOnWriteArrayList<>();
  private final List<RecordedRequest> heard = new CopyOnWriteArrayList<>();
  private Sandbox sandbox = start();

  @AfterEach
  void close() {
    sandbox.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {CLUSTERED, DEDICATED})
  void aNewTokensSecretOpensWhatItsPermissionsSay(String prefix) {
    Created reader = create(prefix, permission("read", "metrics"), "");

    HttpResponse<String> found = query(reader.secret());
    assertThat(found.statusCode()).isEqualTo(200);
    assertThat(found.body()).isEqualTo("{\"results\":[{\"statement_id\":0}]}");
    assertThat(found.headers().firstValue("Content-Type")).contains("application/json");
    assertRefused(
        write(reader.secret()), 403, "token " + reader.id() + " may not write this database");

    Created writer = create(prefix, permission("write", "metrics"), "");
    HttpResponse<String> written = write(writer.secret());
    assertThat(written.statusCode()).isEqualTo(204);
    assertThat(written.body()).isEmpty();
    assertRefused(
        query(writer.secret()), 403, "token " + writer.id() + " may not read this database");
  }

  @Test
  void anUpdateCountsAtOnce() {
    Created token = create("", "");
    assertThat(query(token.secret()).statusCode()).isEqualTo(403);

    client()
        .patch(
            LIST + "/" + token.id(), "{\"permissions\": [" + permission("read", "metrics") + "]}");
    assertThat(query(token.secret()).statusCode()).isEqualTo(200);

    client().patch(LIST + "/" + token.id(), "{\"permissions\": []}");
    assertThat(query(token.secret()).statusCode()).isEqualTo(403);
  }

  @Test
  void allDatabasesAreThoseThatThereAre() {
    Created everything = create(permission("read", "*") + "," + permission("write", "*"), "");

    assertThat(query(everything.secret()).statusCode()).isEqualTo(200);
    assertThat(write(everything.secret()).statusCode()).isEqualTo(204);
    assertRefused(
        data("GET", "/query?db=none", everything.secret()), 404, "there is no such database");
    assertRefused(
        data("POST", "/api/v2/write?bucket=none", everything.secret()),
        404,
        "there is no such database");
  }

  @Test
  void aPermissionThatNamesTheDatabaseIsEnough() {
    Created token = create(permission("read", "none"), "");

    assertThat(data("GET", "/query?db=none", token.secret()).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "metrics, 204",
    "metrics/autogen, 204",
    "metrics%2Fautogen, 204",
    "metrics&org=&precision=ns, 204",
    "a%20b, 204",
    "a+b, 204",
    "a/b, 204",
    "a/c, 403",
    "logs, 403",
    "logs/metrics, 403",
    "*, 403",
  })
  void aBucketMeansADatabase(String bucket, int status) {
    Created token =
        create(
            permission("write", "metrics")
                + ","
                + permission("write", "a b")
                + ","
                + permission("write", "a/b"),
            "");

    assertThat(data("POST", "/api/v2/write?bucket=" + bucket, token.secret()).statusCode())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /query, the parameter db is missing",
    "GET, /query?, the parameter db is missing",
    "GET, /query?q=a&db=, the parameter db is missing",
    "GET, /query?bucket=metrics, the parameter db is missing",
    "GET, /query?db=%zz, the parameter db is not URL-encoded",
    "POST, /api/v2/write, the parameter bucket is missing",
    "POST, /api/v2/write?db=metrics, the parameter bucket is missing",
    "POST, /api/v2/write?bucket=/autogen, the bucket names no database before the slash",
  })
  void withoutADatabaseTheRequestIsBad(String method, String target, String message)
      throws Exception {
    Created token = create(permission("read", "*") + "," + permission("write", "*"), "");

    // Through a bare socket: the JDK's client refuses a target that is not encoded.
    RawHttp.Exchange answer = RawHttp.sendWith(sandbox, method, target, "", token.secret());

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("{\"code\":400,\"message\":\"" + message + "\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "Token ", "bearer ", "TOKEN ", "Bearer   "})
  void theSchemeIsBearerOrTokenInAnyCase(String scheme) {
    Created token = create(permission("read", "metrics"), "");

    assertThat(authorized(QUERY, scheme + token.secret().reveal()).statusCode()).isEqualTo(200);
  }

  @Test
  void otherSecretsOpenNothing() {
    Created token = create(permission("read", "metrics"), "");
    String secret = token.secret().reveal();

    assertRefused(query(UNKNOWN), 401, "no token has this secret");
    assertRefused(query(sandbox.managementToken()), 401, "no token has this secret");
    assertRefused(query(Secret.of(secret + "a")), 401, "no token has this secret");
    assertRefused(
        authorized(QUERY, "Basic " + secret),
        401,
        "the header Authorization: Bearer SECRET is missing");
    HttpResponse<String> anonymous = client().send(client().anonymousRequest(QUERY).build());
    assertRefused(anonymous, 401, "the header Authorization: Bearer SECRET is missing");
    assertThat(anonymous.headers().firstValue("WWW-Authenticate")).contains("Bearer");
  }

  @Test
  void theManagementApiAcceptsNoDataToken() {
    Created token = create(permission("read", "*") + "," + permission("write", "*"), "");

    assertRefused(
        authorized(LIST, "Bearer " + token.secret().reveal()),
        401,
        "this is not the sandbox's management token");
  }

  @Test
  void aRevokedTokensSecretOpensNothing() {
    Created token = create(permission("read", "metrics"), "");
    assertThat(sandbox.works(token.secret())).isTrue();

    client().delete(LIST + "/" + token.id());

    assertRefused(query(token.secret()), 401, "token " + token.id() + " is revoked");
    assertThat(sandbox.works(token.secret())).isFalse();
    assertThat(sandbox.tokenOf(token.secret())).contains(token.id());
  }

  @Test
  void anExpiredTokensSecretOpensNothingFromThatInstantOn() {
    Created token =
        create(permission("read", "metrics"), ", \"expiresAt\": \"2026-01-01T01:00:00Z\"");

    clock.move(Duration.ofHours(1).minusMillis(1));
    assertThat(query(token.secret()).statusCode()).isEqualTo(200);

    clock.move(Duration.ofMillis(1));
    assertRefused(query(token.secret()), 401, "token " + token.id() + " has expired");
    assertThat(sandbox.works(token.secret())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"POST, /query?db=metrics, GET", "GET, /api/v2/write?bucket=metrics, POST"})
  void anotherMethodIsNotAllowed(String method, String target, String allowed) {
    HttpResponse<String> answer = data(method, target, UNKNOWN);

    assertRefused(answer, 405, "this path answers " + allowed);
    assertThat(answer.headers().firstValue("Allow")).contains(allowed);
  }

  @Test
  void aBodyBeyondTheBoundIsRefused() {
    Created token = create(permission("write", "metrics"), "");
    HttpRequest.Builder request =
        client()
            .anonymousRequest(WRITE)
            .header("Authorization", "Bearer " + token.secret().reveal());

    String most = "m v=1 1\n".repeat((1 << 20) / 8);
    assertThat(client().send(request.POST(BodyPublishers.ofString(most)).build()).statusCode())
        .isEqualTo(204);
    assertThat(
            client().send(request.POST(BodyPublishers.ofString(most + "m")).build()).statusCode())
        .isEqualTo(413);
  }

  @Test
  void aTestCanAskAboutSecrets() {
    Created token = create(permission("read", "*"), "");

    assertThat(told).singleElement().extracting(Secret::reveal).isEqualTo(token.secret().reveal());
    assertThat(sandbox.tokenOf(token.secret())).contains(token.id());
    assertThat(sandbox.works(token.secret())).isTrue();
    assertThat(sandbox.accepts(token.secret(), Permission.read("metrics"))).isTrue();
    assertThat(sandbox.accepts(token.secret(), Permission.write("metrics"))).isFalse();
    assertThat(sandbox.tokenOf(UNKNOWN)).isEmpty();
    assertThat(sandbox.works(UNKNOWN)).isFalse();
    assertThat(sandbox.accepts(UNKNOWN, Permission.read("metrics"))).isFalse();
    assertThat(heard.toString()).doesNotContain(token.secret().reveal());
    client().delete(LIST + "/" + token.id());
    assertThat(sandbox.accepts(token.secret(), Permission.read("metrics"))).isFalse();
  }

  @Test
  void theStateFileKnowsASecretAgainAndDoesNotHoldIt() {
    Path state = folder.resolve("state.json");
    SandboxOptions.Builder options = options().stateFile(state);
    restart(options.faults(Faults.parse(List.of("late=60s,first=1"), 0)));
    Created late = create(permission("read", "metrics"), "");
    Created token = create(permission("read", "metrics"), "");
    client().patch(LIST + "/" + token.id(), "{\"description\": \"renamed\"}");
    restart(options.faults(Faults.NONE));

    assertThat(query(token.secret()).statusCode()).isEqualTo(200);
    assertRefused(query(late.secret()), 401, "token " + late.id() + " is not active yet");
    client().delete(LIST + "/" + token.id());
    clock.move(Duration.ofSeconds(60));
    restart(options);

    assertRefused(query(token.secret()), 401, "token " + token.id() + " is revoked");
    assertThat(query(late.secret()).statusCode()).isEqualTo(200);
    String secret = token.secret().reveal();
    assertThat(state)
        .content()
        .contains("\"secretDigest\"", "\"activeAt\"")
        .doesNotContain(secret, secret.substring(6), "accessToken");
    assertThat(client().get(LIST).body()).doesNotContain("secretDigest", "activeAt");
  }

  @Test
  void aSeedMayGiveASecretOrItsDigest() {
    String digest = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";
    restart(
        SandboxOptions.builder()
            .stateFile(folder.resolve("state.json"))
            .seedJson(
                """
                {"tokens": [
                  {"id": "55555555-5555-4555-8555-555555555555", "accessToken": "of-the-seed",
                   "permissions": [{"action": "read", "resource": "metrics"}]},
                  {"id": "66666666-6666-4666-8666-666666666666", "secretDigest": "%s",
                   "permissions": [{"action": "read", "resource": "metrics"}]},
                  {"id": "77777777-7777-4777-8777-777777777777", "permissions": []}
                ]}
                """
                    .formatted(digest)));

    assertThat(query(Secret.of("of-the-seed")).statusCode()).isEqualTo(200);
    assertThat(query(Secret.of("secret")).statusCode()).isEqualTo(200);
    client().delete(LIST + "/55555555-5555-4555-8555-555555555555");
    assertThat(query(Secret.of("of-the-seed")).statusCode()).isEqualTo(401);
    assertThat(told).isEmpty();
    sandbox.close();
    assertThat(folder.resolve("state.json"))
        .content()
        .contains(digest)
        .doesNotContain("of-the-seed", "accessToken");
  }

  @Test
  void theIdsAndMomentsOfCreationAreInOrder() {
    List<TokenId> created = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      created.add(create("", "").id());
      clock.move(Duration.ofNanos(1_500_000));
    }

    assertThat(sandbox.tokens()).extracting(token -> token.id()).containsExactlyElementsOf(created);
    assertThat(sandbox.tokens())
        .extracting(token -> token.createdAt().orElseThrow().toString())
        .containsExactly(
            "2026-01-01T00:00:00Z", "2026-01-01T00:00:00.001Z", "2026-01-01T00:00:00.003Z");
  }

  private Sandbox start() {
    return Sandbox.start(options().build());
  }

  private SandboxOptions.Builder options() {
    return SandboxOptions.builder()
        .seedJson("{\"databases\": [\"metrics\", \"logs\", \"a/b\"]}")
        .clock(clock)
        .secrets(told::add)
        .listener(heard::add);
  }

  private void restart(SandboxOptions.Builder options) {
    sandbox.close();
    sandbox = Sandbox.start(options.clock(clock).build());
  }

  private SandboxClient client() {
    return new SandboxClient(sandbox);
  }

  private Created create(String permissions, String more) {
    return create(CLUSTERED, permissions, more);
  }

  private Created create(String prefix, String permissions, String more) {
    return Created.of(
        client()
            .post(
                prefix + "/tokens",
                "{\"description\": \"new\", \"permissions\": [" + permissions + "]" + more + "}"));
  }

  private static String permission(String action, String resource) {
    return "{\"action\": \"" + action + "\", \"resource\": \"" + resource + "\"}";
  }

  private HttpResponse<String> query(Secret secret) {
    return data("GET", QUERY, secret);
  }

  private HttpResponse<String> write(Secret secret) {
    return data("POST", WRITE, secret);
  }

  private HttpResponse<String> data(String method, String target, Secret secret) {
    return client()
        .send(
            client()
                .anonymousRequest(target)
                .header("Authorization", "Bearer " + secret.reveal())
                .method(method, BodyPublishers.ofString("cpu value=1 1"))
                .build());
  }

  private HttpResponse<String> authorized(String target, String authorization) {
    return client()
        .send(client().anonymousRequest(target).header("Authorization", authorization).build());
  }

  private static void assertRefused(HttpResponse<String> response, int status, String message) {
    assertThat(response.body())
        .isEqualTo("{\"code\":" + status + ",\"message\":\"" + message + "\"}");
    assertThat(response.statusCode()).isEqualTo(status);
  }

  /** What the answer to a creation shows. */
  record Created(TokenId id, Secret secret) {
    static Created of(HttpResponse<String> answer) {
      assertThat(answer.statusCode()).isEqualTo(200);
      return of(answer.body());
    }

    static Created of(String body) {
      try {
        JsonNode token = new ObjectMapper().readTree(body);
        return new Created(
            TokenId.parse(token.required("id").textValue()),
            Secret.of(token.required("accessToken").textValue()));
      } catch (JsonProcessingException e) {
        throw new AssertionError(body, e);
      }
    }
  }

  /** A clock that stands still until it is moved. */
  private static final class MovableClock extends Clock {
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void move(Duration duration) {
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
