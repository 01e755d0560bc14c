package io.tokenform.testing;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Product;
import io.tokenform.access.Secret;
import io.tokenform.cluster.ClientOptions;
import io.tokenform.cluster.HttpManagementApi;
import io.tokenform.cluster.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Clients of the Management API for tests. */
public final class Apis {
  public static final UUID ACCOUNT = UUID.fromString("11111111-1111-4111-8111-111111111111");
  public static final UUID CLUSTER = UUID.fromString("33333333-3333-4333-8333-333333333333");

  /** A management token that no message may show. */
  public static final String MANAGEMENT_TOKEN = "mgmt0123456789donotprintme";

  /** Far longer than most calls take here, and short enough to wait for an answer that is lost. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private Apis() {}

  public static ClusterAddress clustered(ClusterUrl url) {
    return new ClusterAddress(Product.CLUSTERED, url, Optional.empty(), Optional.empty());
  }

  public static ClusterAddress dedicated(ClusterUrl url) {
    return new ClusterAddress(
        Product.CLOUD_DEDICATED, url, Optional.of(ACCOUNT), Optional.of(CLUSTER));
  }

  /** A policy that makes no call again. */
  public static RetryPolicy once() {
    return new RetryPolicy(1, Duration.ZERO, Duration.ZERO, TIMEOUT);
  }

  public static ClientOptions patient(RetryPolicy retries) {
    return new ClientOptions(TIMEOUT, ClientOptions.DEFAULT_LONGEST_ANSWER, retries);
  }

  /** For answers so large that a machine under heavy load takes long to read them. */
  public static ClientOptions unhurried() {
    return new ClientOptions(Duration.ofMinutes(15), ClientOptions.DEFAULT_LONGEST_ANSWER, once());
  }

  /** A client of a Clustered cluster that makes no call again. */
  public static HttpManagementApi api(ScriptedServer server) {
    return api(server, patient(once()));
  }

  public static HttpManagementApi api(ScriptedServer server, ClientOptions options) {
    return new HttpManagementApi(clustered(server.url()), Secret.of(MANAGEMENT_TOKEN), options);
  }
}
