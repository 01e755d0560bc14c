package io.tokenform.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** TLS on loopback before a server that speaks none. */
public final class TlsFront extends Relay {
  private static final char[] NO_PASSWORD = {};

  private final int server;
  private final SSLContext context;
  private final Optional<Clients> clients;

  private TlsFront(
      ServerSocket listener, int server, SSLContext context, Optional<Clients> clients) {
    super(listener);
    this.server = server;
    this.context = context;
    this.clients = clients;
  }

  /** What a front does where it does not get the client certificate that it asked for. */
  public enum Refusal {
    /** It ends the connection with an alert, which may be lost when it closes. */
    ALERT,

    /** It resets the connection after the handshake, without a word. */
    RESET,

    /** It closes the connection after the handshake, without a word. */
    CLOSE,

    /**
     * It goes on where there is no certificate, and ends the connection where there is a wrong one.
     */
    NONE
  }

  /**
   * Which client certificates a front asks for.
   *
   * @param authority who has to have issued them
   * @param isNamed whether it says so; Java sends no certificates of others then
   * @param protocol the one version of TLS that it speaks
   */
  public record Clients(
      CertificateAuthority authority, boolean isNamed, String protocol, Refusal refusal) {}

  /** A front that shows this certificate. */
  public static TlsFront before(int server, CertificateAuthority.Identity identity) {
    return started(server, identity, Optional.empty());
  }

  /**
   * A front that asks for client certificates.
   *
   * @param clients who has to have issued them, if any are asked for
   */
  public static TlsFront before(
      int server, CertificateAuthority.Identity identity, Optional<CertificateAuthority> clients) {
    return started(
        server, identity, clients.map(it -> new Clients(it, true, "TLSv1.3", Refusal.ALERT)));
  }

  /** A front that asks for such client certificates. */
  public static TlsFront before(
      int server, CertificateAuthority.Identity identity, Clients clients) {
    return started(server, identity, Optional.of(clients));
  }

  private static TlsFront started(
      int server, CertificateAuthority.Identity identity, Optional<Clients> clients) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      keys.setKeyEntry(
          "server", identity.key(), NO_PASSWORD, new Certificate[] {identity.certificate()});
      KeyManagerFactory keyManagers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keyManagers.init(keys, NO_PASSWORD);
      context.init(
          keyManagers.getKeyManagers(),
          clients.map(it -> new TrustManager[] {new Checks(it)}).orElse(null),
          null);
      TlsFront front = new TlsFront(listener(), server, context, clients);
      front.start();
      return front;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  void serve(Socket client) throws IOException {
    SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(client, null, true);
    if (clients.isPresent()) {
      Refusal refusal = clients.get().refusal();
      tls.setEnabledProtocols(new String[] {clients.get().protocol()});
      tls.setWantClientAuth(true);
      if (refusal == Refusal.ALERT) {
        tls.setNeedClientAuth(true);
      }
      tls.startHandshake();
      if ((refusal == Refusal.RESET || refusal == Refusal.CLOSE) && !isKnown(tls)) {
        // Past the TLS socket, which would say that it closes.
        client.setSoLinger(refusal == Refusal.RESET, 0);
        client.close();
        return;
      }
    }
    join(tls, server);
  }

  private boolean isKnown(SSLSocket client) {
    try {
      return clients
          .orElseThrow()
          .authority()
          .hasIssued((X509Certificate) client.getSession().getPeerCertificates()[0]);
    } catch (SSLPeerUnverifiedException e) {
      return false;
    }
  }

  /** Checks whom a certificate is of, unless that is done after the handshake. */
  private record Checks(Clients clients) implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      boolean isNow = clients.refusal() == Refusal.ALERT || clients.refusal() == Refusal.NONE;
      if (isNow && !clients.authority().hasIssued(chain[0])) {
        throw new CertificateException("of another CA");
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return clients.isNamed()
          ? new X509Certificate[] {clients.authority().certificate()}
          : new X509Certificate[0];
    }
  }
}
