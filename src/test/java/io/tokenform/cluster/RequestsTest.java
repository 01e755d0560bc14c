package io.tokenform.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tokenform.access.Action;
import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Product;
import io.tokenform.access.Secret;
import io.tokenform.access.TokenId;
import io.tokenform.testing.Apis;
import io.tokenform.testing.ScriptedServer;
import io.tokenform.testing.ScriptedServer.Received;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What is sent, to the byte. */
class RequestsTest {
  private static final TokenId ID = TokenId.parse("55555555-5555-4555-8555-555555555555");
  private static final String TOKEN = "{\"id\": \"" + ID + "\", \"permissions\": []}";
  private static final String DEDICATED =
      "/api/v0/accounts/11111111-1111-4111-8111-111111111111"
          + "/clusters/33333333-3333-4333-8333-333333333333";

  /** A call of the API; what it answers is not looked at. */
  @FunctionalInterface
  private interface Call {
    Object on(ManagementApi api) throws ApiException;
  }

  @Test
  void cloudDedicatedPathsNameTheAccountAndTheCluster() throws Exception {
    assertThat(lines(Apis::dedicated))
        .containsExactly(
            "GET " + DEDICATED + "/tokens HTTP/1.1",
            "GET " + DEDICATED + "/databases HTTP/1.1",
            "GET " + DEDICATED + "/tokens/" + ID + " HTTP/1.1",
            "PATCH " + DEDICATED + "/tokens/" + ID + " HTTP/1.1");
  }

  @Test
  void clusteredPathsNameNeither() throws Exception {
    assertThat(lines(Apis::clustered))
        .containsExactly(
            "GET /api/v0/tokens HTTP/1.1",
            "GET /api/v0/databases HTTP/1.1",
            "GET /api/v0/tokens/" + ID + " HTTP/1.1",
            "PATCH /api/v0/tokens/" + ID + " HTTP/1.1");
  }

  @Test
  void theUrlsOwnPathComesFirst() throws Exception {
    assertThat(lines(url -> Apis.clustered(ClusterUrl.parse(url + "/behind/a-proxy/"))))
        .startsWith("GET /behind/a-proxy/api/v0/tokens HTTP/1.1");
  }

  @Test
  void aSandboxHasCloudDedicatedPaths() throws Exception {
    assertThat(
            lines(
                url ->
                    new ClusterAddress(
                        Product.SANDBOX,
                        url,
                        Optional.of(Apis.ACCOUNT),
                        Optional.of(Apis.CLUSTER))))
        .startsWith("GET " + DEDICATED + "/tokens HTTP/1.1");
  }

  @Test
  void anAddressHasBothIdsUnlessItIsClustered() {
    ClusterUrl url = ClusterUrl.parse("http://localhost");

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ClusterAddress(
                    Product.CLUSTERED, url, Optional.of(Apis.ACCOUNT), Optional.of(Apis.CLUSTER)));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ClusterAddress(
                    Product.CLOUD_DEDICATED, url, Optional.of(Apis.ACCOUNT), Optional.empty()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ClusterAddress(
                    Product.SANDBOX, url, Optional.empty(), Optional.of(Apis.CLUSTER)));
  }

  @Test
  void aGetCarriesTheseHeadersAndNoOthers() throws Exception {
    Received request = received(ManagementApi::listTokens);

    assertThat(request.headers())
        .satisfiesExactlyInAnyOrder(
            header ->
                assertThat(header).isEqualTo("Authorization: Bearer " + Apis.MANAGEMENT_TOKEN),
            header -> assertThat(header).isEqualTo("Accept: application/json"),
            header -> assertThat(header).isEqualTo("Accept-Encoding: identity"),
            header -> assertThat(header).matches("Host: 127\\.0\\.0\\.1:\\d+"),
            header -> assertThat(header).isEqualTo("Connection: keep-alive"),
            header -> assertThat(header).isEqualTo("User-Agent: tokenform"));
    assertThat(request.body()).isEmpty();
  }

  @Test
  void aPatchSaysAlsoWhatItsBodyIs() throws Exception {
    Received request =
        received(api -> api.updateToken(ID, description("Grafana \u00fc \ud83d\ude00")));

    assertThat(request.header("Content-Type")).hasValue("application/json; charset=UTF-8");
    assertThat(request.header("Content-Length")).hasValue("33");
    assertThat(request.header("Authorization")).hasValue("Bearer " + Apis.MANAGEMENT_TOKEN);
    assertThat(request.header("Accept")).hasValue("application/json");
    assertThat(request.header("User-Agent")).hasValue("tokenform");
    assertThat(request.headers())
        .noneMatch(header -> header.startsWith("Upgrade") || header.startsWith("Expect"));
    assertThat(request.header("Accept-Encoding")).hasValue("identity");
    assertThat(request.body()).isEqualTo("{\"description\":\"Grafana \u00fc \ud83d\ude00\"}");
  }

  @Test
  void aPatchHoldsNothingButTheFieldsThatChange() throws Exception {
    assertThat(patched(description("Grafana"))).isEqualTo("{\"description\":\"Grafana\"}");
    assertThat(patched(description(""))).isEqualTo("{\"description\":\"\"}");
    assertThat(patched(permissions())).isEqualTo("{\"permissions\":[]}");
    assertThat(
            patched(
                new TokenUpdate(
                    Optional.of("a"), Optional.of(Permissions.of(Permission.read("b"))))))
        .isEqualTo(
            "{\"description\":\"a\",\"permissions\":[{\"action\":\"read\",\"resource\":\"b\"}]}");
  }

  @Test
  void aPatchHasPermissionsByActionAndResourceWithoutRepetition() throws Exception {
    assertThat(
            patched(
                permissions(
                    Permission.write("b"),
                    Permission.read("z"),
                    new Permission(Action.of("admin"), "x"),
                    Permission.write("*"),
                    Permission.read("b"),
                    Permission.read("z"))))
        .isEqualTo(
            "{\"permissions\":["
                + "{\"action\":\"admin\",\"resource\":\"x\"},"
                + "{\"action\":\"read\",\"resource\":\"b\"},"
                + "{\"action\":\"read\",\"resource\":\"z\"},"
                + "{\"action\":\"write\",\"resource\":\"*\"},"
                + "{\"action\":\"write\",\"resource\":\"b\"}]}");
  }

  @Test
  void whatJsonHasToEscapeIsEscaped() throws Exception {
    assertThat(patched(description("\"\\\n\u0000\u2028/<")))
        .isEqualTo("{\"description\":\"\\\"\\\\\\n\\u0000\u2028/<\"}");
  }

  @Test
  void anUpdateChangesSomething() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TokenUpdate(Optional.empty(), Optional.empty()))
        .withMessage("an update changes at least one field");
  }

  @Test
  void whatIsSentIsWhatARequestSays() throws Exception {
    TokenUpdate update = description("Grafana");
    Request request =
        Endpoints.of(Apis.clustered(ClusterUrl.parse("http://[::1]"))).updateToken(ID, update);
    Received received = received(api -> api.updateToken(ID, update));

    assertThat(received.line()).isEqualTo(request + " HTTP/1.1");
    assertThat(request.body()).hasValue(received.body());
  }

  @Test
  void aCookieIsNotGivenBack() throws Exception {
    String answer =
        ScriptedServer.answer(200, "Set-Cookie: session=1; Path=/\r\nConnection: keep-alive", "[]");
    try (ScriptedServer server = ScriptedServer.answering(answer);
        ManagementApi api = Apis.api(server)) {
      api.listTokens();
      api.listTokens();

      assertThat(server.requests()).hasSize(2);
      assertThat(server.requests().get(1).header("Cookie")).isEmpty();
    }
  }

  @Test
  void nothingIsSentBeforeTheFirstCall() {
    try (ScriptedServer server = ScriptedServer.answering("")) {
      Apis.api(server).close();
      assertThat(server.requests()).isEmpty();
    }
  }

  private static List<String> lines(Function<ClusterUrl, ClusterAddress> address)
      throws ApiException {
    try (ScriptedServer server =
            ScriptedServer.answering(
                ScriptedServer.json(200, "[]"),
                ScriptedServer.json(200, "[]"),
                ScriptedServer.json(200, TOKEN));
        ManagementApi api =
            new HttpManagementApi(
                address.apply(server.url()),
                Secret.of(Apis.MANAGEMENT_TOKEN),
                Apis.patient(Apis.once()))) {
      api.listTokens();
      api.listDatabases();
      api.getToken(ID);
      api.updateToken(ID, description("Grafana"));
      return server.requests().stream().map(Received::line).toList();
    }
  }

  private static String patched(TokenUpdate update) throws ApiException {
    return received(api -> api.updateToken(ID, update)).body();
  }

  private static Received received(Call call) throws ApiException {
    try (ScriptedServer server =
            ScriptedServer.playing(
                (number, request, wire) ->
                    wire.send(
                        ScriptedServer.json(
                            200, request.line().contains("/tokens/") ? TOKEN : "[]")));
        ManagementApi api = Apis.api(server)) {
      assertThat(call.on(api)).isNotNull();
      return server.requests().get(0);
    }
  }

  private static TokenUpdate description(String text) {
    return new TokenUpdate(Optional.of(text), Optional.empty());
  }

  private static TokenUpdate permissions(Permission... permissions) {
    return new TokenUpdate(Optional.empty(), Optional.of(Permissions.of(permissions)));
  }
}
