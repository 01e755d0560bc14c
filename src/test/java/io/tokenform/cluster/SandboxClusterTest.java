package io.tokenform.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Product;
import io.tokenform.access.Secret;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import io.tokenform.testing.Apis;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client against the embedded cluster, on both products' paths. */
class SandboxClusterTest {
  private static final TokenId GRAFANA = TokenId.parse("55555555-5555-4555-8555-555555555555");
  private static final TokenId RETIRED = TokenId.parse("77777777-7777-4777-8777-777777777777");
  private static final TokenId UNKNOWN = TokenId.parse("99999999-9999-4999-8999-999999999999");

  private final Sandbox sandbox =
      Sandbox.start(
          SandboxOptions.builder()
              .seedJson(
                  """
                  {
                    "databases": ["metrics", "logs"],
                    "tokens": [
                      {
                        "id": "77777777-7777-4777-8777-777777777777",
                        "permissions": [],
                        "expiresAt": "2030-01-01T02:00:00+02:00",
                        "revokedAt": "2025-05-05T05:05:05.5Z"
                      },
                      {
                        "id": "55555555-5555-4555-8555-555555555555",
                        "description": "Grafana",
                        "permissions": [
                          {"action": "write", "resource": "*"},
                          {"action": "read", "resource": "metrics"}
                        ]
                      }
                    ]
                  }
                  """)
              .build());

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @ParameterizedTest
  @EnumSource(Product.class)
  void allThatItHasIsListed(Product product) throws Exception {
    try (ManagementApi api = api(product)) {
      assertThat(api.listTokens().tokens()).containsExactlyElementsOf(sandbox.tokens()).hasSize(2);
      assertThat(api.listDatabases().names()).containsExactly("metrics", "logs");
      assertThat(api.getToken(GRAFANA)).isEqualTo(sandbox.token(GRAFANA));
      assertThat(api.getToken(RETIRED)).isEqualTo(sandbox.token(RETIRED));
      assertThat(api.getToken(RETIRED).description()).isEmpty();
      assertThat(api.getToken(RETIRED).isRevoked()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Product.class)
  void anUpdateLeavesTheOtherFieldAlone(Product product) throws Exception {
    Permissions before = sandbox.token(GRAFANA).permissions();
    Permissions after = Permissions.of(Permission.read("logs"));
    try (ManagementApi api = api(product)) {
      Token described =
          api.updateToken(GRAFANA, new TokenUpdate(Optional.of("G \u00fc\n"), Optional.empty()));
      assertThat(described.description()).isEqualTo("G \u00fc\n");
      assertThat(described.permissions()).isEqualTo(before);

      Token permitted =
          api.updateToken(GRAFANA, new TokenUpdate(Optional.empty(), Optional.of(after)));
      assertThat(permitted.description()).isEqualTo("G \u00fc\n");
      assertThat(permitted.permissions()).isEqualTo(after);
      assertThat(permitted).isEqualTo(sandbox.token(GRAFANA));

      Token stripped =
          api.updateToken(GRAFANA, new TokenUpdate(Optional.of(""), Optional.of(Permissions.NONE)));
      assertThat(stripped).isEqualTo(sandbox.token(GRAFANA));
      assertThat(stripped.permissions()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Product.class)
  void aTokenThatItDoesNotHaveIsNotFound(Product product) {
    try (ManagementApi api = api(product)) {
      ApiException failure = catchThrowableOfType(ApiException.class, () -> api.getToken(UNKNOWN));
      assertThat(failure.status()).hasValue(404);
      assertThat(failure).hasMessageContaining(UNKNOWN.toString());
    }
  }

  @Test
  void anotherAccountIsNotFound() {
    ClusterAddress elsewhere =
        new ClusterAddress(
            Product.CLOUD_DEDICATED,
            url(),
            Optional.of(new UUID(0, 0)),
            Optional.of(sandbox.clusterId()));
    try (ManagementApi api =
        new HttpManagementApi(elsewhere, sandbox.managementToken(), Apis.patient(Apis.once()))) {
      ApiException failure = catchThrowableOfType(ApiException.class, api::listTokens);
      assertThat(failure.status()).hasValue(404);
      assertThat(failure.hint())
          .hasValueSatisfying(hint -> assertThat(hint).startsWith("check the account id 00000000"));
    }
  }

  @Test
  void anotherManagementTokenIsRefused() {
    try (ManagementApi api =
        new HttpManagementApi(
            Apis.clustered(url()), Secret.of("not-it"), Apis.patient(Apis.once()))) {
      assertThat(catchThrowableOfType(ApiException.class, api::listTokens).status()).hasValue(401);
    }
  }

  private ManagementApi api(Product product) {
    boolean ids = product != Product.CLUSTERED;
    return new HttpManagementApi(
        new ClusterAddress(
            product,
            url(),
            Optional.of(sandbox.accountId()).filter(id -> ids),
            Optional.of(sandbox.clusterId()).filter(id -> ids)),
        sandbox.managementToken(),
        Apis.patient(Apis.once()));
  }

  private ClusterUrl url() {
    return ClusterUrl.parse(sandbox.url().toString());
  }
}
