package io.tokenform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClusterAddressTest {
  private static final ClusterUrl URL = ClusterUrl.parse("https://influx.example.com");
  private static final ClusterUrl OTHER_URL = ClusterUrl.parse("https://other.example.com");
  private static final Optional<UUID> ONE = id("11111111-1111-4111-8111-111111111111");
  private static final Optional<UUID> TWO = id("22222222-2222-4222-8222-222222222222");
  private static final Optional<UUID> NONE = Optional.empty();

  @ParameterizedTest
  @EnumSource
  void clusteredAloneHasNoIds(Product product) {
    boolean hasIds = product != Product.CLUSTERED;
    ClusterAddress address =
        new ClusterAddress(product, URL, hasIds ? ONE : NONE, hasIds ? TWO : NONE);
    assertThat(address.accountId().isPresent()).isEqualTo(hasIds);
    assertRefused(product, hasIds ? NONE : ONE, hasIds ? NONE : TWO);
    assertRefused(product, ONE, NONE);
    assertRefused(product, NONE, TWO);
  }

  private static void assertRefused(
      Product product, Optional<UUID> accountId, Optional<UUID> clusterId) {
    assertThatThrownBy(() -> new ClusterAddress(product, URL, accountId, clusterId))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a Clustered address alone has no ids");
  }

  @Test
  void aClusterIsTheSameIfProductIdsAndUrlAre() {
    ClusterAddress address = dedicated(URL, ONE, TWO);
    assertThat(address.isSameCluster(dedicated(URL, ONE, TWO))).isTrue();
    assertThat(address.isSameCluster(dedicated(OTHER_URL, ONE, TWO))).isFalse();
    assertThat(address.isSameCluster(dedicated(URL, TWO, TWO))).isFalse();
    assertThat(address.isSameCluster(dedicated(URL, ONE, ONE))).isFalse();
    assertThat(address.isSameCluster(new ClusterAddress(Product.SANDBOX, URL, ONE, TWO))).isFalse();
    assertThat(address.isSameCluster(new ClusterAddress(Product.CLUSTERED, URL, NONE, NONE)))
        .isFalse();
  }

  @Test
  void aSandboxIsTheSameWhereverItListens() {
    ClusterAddress sandbox = new ClusterAddress(Product.SANDBOX, URL, ONE, TWO);
    assertThat(sandbox.isSameCluster(new ClusterAddress(Product.SANDBOX, OTHER_URL, ONE, TWO)))
        .isTrue();
    assertThat(sandbox.fixedUrl()).isEmpty();
    assertThat(dedicated(URL, ONE, TWO).fixedUrl()).contains(URL);
  }

  private static ClusterAddress dedicated(
      ClusterUrl url, Optional<UUID> accountId, Optional<UUID> clusterId) {
    return new ClusterAddress(Product.CLOUD_DEDICATED, url, accountId, clusterId);
  }

  private static Optional<UUID> id(String text) {
    return Optional.of(UUID.fromString(text));
  }
}
