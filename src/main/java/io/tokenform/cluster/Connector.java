package io.tokenform.cluster;

import io.tokenform.access.ClusterUrl;
import io.tokenform.cluster.transport.CertificateRequests;
import io.tokenform.cluster.transport.Freshness;
import io.tokenform.cluster.transport.Trust;
import io.tokenform.cluster.transport.Tunnel;
import java.io.IOException;
import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;

/** Makes HTTP clients for a cluster's URL; the one place that says how they behave. */
final class Connector {
  static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

  /** Far more than any server sends: without bounds, headers could fill the memory. */
  static final int MOST_HEADERS = 200;

  /** In bytes. */
  static final int LONGEST_HEADER = 64 << 10;

  private static final Http1Config BOUNDED_HEADERS =
      Http1Config.custom().setMaxLineLength(LONGEST_HEADER).setMaxHeaderCount(MOST_HEADERS).build();

  private Connector() {}

  /** A client that follows no redirects, keeps no cookies and makes no call again by itself. */
  static HttpClientBuilder client(ClusterUrl url, ClientOptions options) {
    Timeout timeout = Timeout.of(options.timeout());
    PoolingHttpClientConnectionManagerBuilder connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setConnectionFactory(Freshness.connections(BOUNDED_HEADERS))
            .setMaxConnTotal(options.parallelism())
            .setMaxConnPerRoute(options.parallelism())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(Timeout.of(connectTimeout(options)))
                    .setSocketTimeout(timeout)
                    .build());
    if (!url.isEncrypted()) {
      // Preparing TLS costs tens of milliseconds, and plain HTTP to this machine has none.
      connections.setTlsSocketStrategy(
          (socket, target, port, attachment, context) -> {
            throw new IOException("no TLS was prepared for " + url);
          });
    } else {
      Trust trust = options.transport().trust().orElseGet(Trust::usual);
      connections.setTlsSocketStrategy(CertificateRequests.noted(tls(trust)));
    }
    HttpClientBuilder client =
        HttpClientBuilder.create()
            .setConnectionManager(connections.build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(timeout)
                    .setResponseTimeout(timeout)
                    .setAuthenticationEnabled(false)
                    .setProtocolUpgradeEnabled(false)
                    .build())
            .setUserAgent("tokenform")
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            // A client certificate is the same on all connections, so any of them will do.
            .disableConnectionState()
            .disableContentCompression();
    Freshness.addTo(client, options.transport().proxy().isPresent());
    options.transport().proxy().ifPresent(proxy -> Tunnel.addTo(client, proxy));
    return client;
  }

  static Duration connectTimeout(ClientOptions options) {
    return options.timeout().compareTo(LONGEST_CONNECT) < 0 ? options.timeout() : LONGEST_CONNECT;
  }

  private static TlsSocketStrategy tls(Trust trust) {
    return trust.isInsecure()
        ? new DefaultClientTlsStrategy(
            trust.context(), HostnameVerificationPolicy.CLIENT, NoopHostnameVerifier.INSTANCE)
        : new DefaultClientTlsStrategy(trust.context());
  }
}
