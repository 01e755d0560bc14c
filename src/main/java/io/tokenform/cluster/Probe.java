package io.tokenform.cluster;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.Masking;
import io.tokenform.cluster.transport.CertificateRequest;
import io.tokenform.cluster.transport.CertificateRequests;
import io.tokenform.cluster.transport.HttpProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/**
 * Walks the way to a cluster, step by step, and asks the cluster nothing: no request is sent, and
 * no token either.
 */
public final class Probe {
  private static final int MOST_ADDRESSES = 3;

  private final ClusterAddress address;
  private final ClientOptions options;
  private final Failures failures;
  private final Request request;
  private final List<Finding> findings = new ArrayList<>();

  private Probe(ClusterAddress address, ClientOptions options) {
    this.address = address;
    this.options = options;
    this.failures = new Failures(address, new Masking(), options);
    this.request = Endpoints.of(address).listTokens();
  }

  /** A part of the way. */
  public enum Step {
    NAME,
    CONNECTION,
    PROXY,
    TLS
  }

  /**
   * How a step went.
   *
   * @param fact what was found, or what went wrong
   * @param failure what to do about it, where it failed
   */
  public record Finding(Step step, String fact, Optional<ApiException> failure) {}

  /** The steps in their order; the first that fails is the last. */
  public static List<Finding> walk(ClusterAddress address, ClientOptions options) {
    Probe probe = new Probe(address, options);
    probe.walk();
    return List.copyOf(probe.findings);
  }

  private void walk() {
    String host = options.transport().proxy().map(HttpProxy::host).orElse(address.url().host());
    int port = options.transport().proxy().map(HttpProxy::port).orElse(address.url().port());
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      failed(Step.NAME, failures.connection(request, e));
      return;
    }
    passed(Step.NAME, host + " is " + shown(addresses));
    try {
      passed(Step.CONNECTION, connect(addresses, port) + " answers");
    } catch (IOException e) {
      failed(Step.CONNECTION, failures.connection(request, e));
      return;
    }
    if (address.url().isEncrypted()) {
      secure();
    }
  }

  private static String shown(InetAddress[] addresses) {
    String some =
        String.join(
            ", ",
            Arrays.stream(addresses)
                .limit(MOST_ADDRESSES)
                .map(InetAddress::getHostAddress)
                .toList());
    int more = addresses.length - MOST_ADDRESSES;
    return more > 0 ? some + " and " + more + " more" : some;
  }

  /** Connects to the first address that answers, and says which. */
  private String connect(InetAddress[] addresses, int port) throws IOException {
    IOException last = new IOException("there is no address");
    for (InetAddress one : addresses) {
      try (Socket socket = new Socket()) {
        int timeout = Math.toIntExact(Math.max(1, Connector.connectTimeout(options).toMillis()));
        socket.connect(new InetSocketAddress(one, port), timeout);
        return (one.getAddress().length > 4
                ? "[" + one.getHostAddress() + "]"
                : one.getHostAddress())
            + ":"
            + port;
      } catch (SocketTimeoutException e) {
        last = new ConnectTimeoutException(e.getMessage());
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  /** Makes a tunnel and speaks TLS as a call does, and stops where the call would be sent. */
  private void secure() {
    AtomicReference<SSLSession> session = new AtomicReference<>();
    HttpClientBuilder builder =
        Connector.client(address.url(), options)
            .addExecInterceptorLast(
                "stop",
                (call, scope, chain) -> {
                  session.set(scope.clientContext.getSSLSession());
                  scope.execRuntime.discardEndpoint();
                  return new BasicClassicHttpResponse(HttpStatus.SC_OK);
                });
    HttpClientContext context = HttpClientContext.create();
    try (CloseableHttpClient client = builder.build()) {
      client.execute(new HttpGet(address.url().resolve(request.path())), context, answer -> null);
    } catch (IOException e) {
      CertificateRequest asked = CertificateRequests.of(context);
      boolean atProxy =
          options.transport().proxy().isPresent()
              && asked == CertificateRequest.NONE
              && !(e instanceof SSLException);
      if (!atProxy) {
        passedProxy();
      }
      failed(atProxy ? Step.PROXY : Step.TLS, failures.connection(request, e, asked));
      return;
    }
    passedProxy();
    passed(Step.TLS, describe(session.get()));
  }

  private void passedProxy() {
    options
        .transport()
        .proxy()
        .ifPresent(
            proxy ->
                passed(
                    Step.PROXY,
                    proxy + " leads to " + address.url().host() + ":" + address.url().port()));
  }

  private static String describe(SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      String protocol = session.getProtocol();
      return chain.length > 0 && chain[0] instanceof X509Certificate certificate
          ? protocol
              + ", certificate of "
              + certificate.getSubjectX500Principal().getName()
              + " by "
              + certificate.getIssuerX500Principal().getName()
              + " until "
              + certificate.getNotAfter().toInstant().atZone(ZoneOffset.UTC).toLocalDate()
          : protocol;
    } catch (SSLException e) {
      return session.getProtocol() + ", without a certificate";
    }
  }

  private void passed(Step step, String fact) {
    findings.add(new Finding(step, fact, Optional.empty()));
  }

  private void failed(Step step, ApiException failure) {
    findings.add(new Finding(step, failure.problem(), Optional.of(failure)));
  }
}
