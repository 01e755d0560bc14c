package io.tokenform.cluster.settings;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Product;
import io.tokenform.access.Secret;
import java.util.Objects;
import java.util.Optional;

/**
 * A connection profile of influxctl: one cluster, and what opens it.
 *
 * @param origin how a message names it, with its file
 * @param product never the sandbox
 * @param settings the product, the ids, and a Clustered cluster's URL
 * @param token the management token, where it has one
 * @param tls the files for TLS, where it names any
 */
public record Profile(
    String origin, Product product, SettingLayer settings, Optional<Secret> token, TlsFiles tls) {
  public Profile {
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(product, "product");
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(tls, "tls");
  }

  /** Whether it is for the cluster at that address, as far as it says. */
  public boolean isFor(ClusterAddress address) {
    return product == address.product()
        && agrees(SettingName.ACCOUNT_ID, address.accountId())
        && agrees(SettingName.CLUSTER_ID, address.clusterId())
        && url().map(address.url()::equals).orElse(true);
  }

  /**
   * Whether it names the host itself, so that a cluster that it is for is not named by a file
   * alone.
   */
  public boolean namesHost() {
    return url().isPresent();
  }

  /** Which cluster it is for, as far as it says, for people. */
  public String meant() {
    return settings
        .get(SettingName.URL)
        .or(() -> settings.get(SettingName.CLUSTER_ID))
        .map(Setting::value)
        .orElseGet(product::toString);
  }

  private boolean agrees(SettingName name, Optional<?> id) {
    Optional<Setting> said = settings.get(name);
    return said.isEmpty()
        || id.isEmpty()
        || said.get().value().equalsIgnoreCase(id.get().toString());
  }

  private Optional<ClusterUrl> url() {
    return settings.get(SettingName.URL).map(setting -> ClusterUrl.parse(setting.value()));
  }
}
