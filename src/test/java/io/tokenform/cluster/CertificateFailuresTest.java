package io.tokenform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Masking;
import io.tokenform.cluster.transport.CertificateRequest;
import io.tokenform.testing.Apis;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.Test;

/** What a failed connection has to do with client certificates. */
class CertificateFailuresTest {
  private static final String ENDED =
      "localhost asked for a client certificate, got none, and ended the connection";
  private static final String GIVE = "give --client-cert and --client-key";

  private final Failures failures =
      new Failures(
          Apis.clustered(ClusterUrl.parse("https://localhost")),
          new Masking(),
          ClientOptions.withTimeout(Duration.ofSeconds(60)));

  @Test
  void anEndWithoutAWordMayBeTheCertificatesOrTheNetworks() {
    for (IOException end :
        new IOException[] {
          new SocketException("Broken pipe"),
          new SocketException("Connection reset"),
          new SSLException("Connection reset", new SocketException("Connection reset")),
          handshake("Remote host terminated the handshake", new EOFException()),
          handshake("Received close_notify during handshake", null),
          new NoHttpResponseException("localhost:443 failed to respond")
        }) {
      ApiException failure = failure(end, CertificateRequest.UNMET);

      assertThat(failure.problem()).isEqualTo(ENDED);
      assertThat(failure.hint())
          .hasValue("it may insist on one: " + GIVE + "; or the network failed: try again");
      assertThat(failure.isTransient()).isTrue();
      assertThat(failure.mayHaveHappened()).isEqualTo(!(end instanceof SSLHandshakeException));
    }
  }

  @Test
  void anAlertAboutCertificatesIsPlain() {
    for (String alert :
        new String[] {
          "certificate_required", "bad_certificate", "unknown_ca", "certificate_unknown"
        }) {
      ApiException failure = failure(alert(alert), CertificateRequest.UNMET);

      assertThat(failure.problem())
          .isEqualTo("localhost asks for a client certificate (" + alert + ")");
      assertThat(failure.hint()).hasValue(GIVE);
      assertThat(failure.isTransient()).isFalse();
      assertThat(failure.mayHaveHappened()).isFalse();
    }
  }

  @Test
  void anotherAlertMayBeAboutTheCertificate() {
    for (String alert : new String[] {"handshake_failure", "internal_error"}) {
      ApiException failure = failure(alert(alert), CertificateRequest.UNMET);

      assertThat(failure.problem()).isEqualTo(ENDED + " (" + alert + ")");
      assertThat(failure.hint()).hasValue("it may insist on one: " + GIVE);
      assertThat(failure.isTransient()).isFalse();
    }
  }

  @Test
  void whatTheClientItselfComplainsOfIsNoMatterOfIt() {
    for (IOException own :
        new IOException[] {
          handshake("PKIX path building failed", new CertPathBuilderException()),
          new SSLPeerUnverifiedException("another host"),
          new SocketTimeoutException("Read timed out"),
          new SSLException("Tag mismatch")
        }) {
      assertThat(failure(own, CertificateRequest.UNMET))
          .hasMessage(failure(own, CertificateRequest.NONE).getMessage());
      assertThat(failure(own, CertificateRequest.UNMET).problem())
          .doesNotContain("client certificate");
    }
  }

  @Test
  void aServerThatDidNotAskIsNotSaidToWantOne() {
    assertThat(failure(alert("handshake_failure"), CertificateRequest.NONE).hint())
        .hasValue("it and Java have no version or cipher of TLS in common");
    assertThat(failure(new NoHttpResponseException("gone"), CertificateRequest.NONE).hint())
        .hasValue("try again; if it persists, check the server or the proxy in front of it");
    assertThat(failure(new SocketException("Broken pipe"), CertificateRequest.NONE).problem())
        .isEqualTo("the connection failed: Broken pipe");
  }

  private ApiException failure(IOException e, CertificateRequest asked) {
    return failures.connection(Request.get("/"), e, asked);
  }

  private static SSLException alert(String name) {
    return handshake("Received fatal alert: " + name, null);
  }

  private static SSLException handshake(String message, Throwable cause) {
    return (SSLException) new SSLHandshakeException(message).initCause(cause);
  }
}
