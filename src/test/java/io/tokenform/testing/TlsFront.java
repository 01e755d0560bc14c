package io.tokenform.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/** TLS on loopback before a server that speaks none. */
public final class TlsFront extends Relay {
  private static final char[] NO_PASSWORD = {};

  private final int server;

  private TlsFront(ServerSocket listener, int server) {
    super(listener);
    this.server = server;
  }

  /** A front that shows this certificate. */
  public static TlsFront before(int server, CertificateAuthority.Identity identity) {
    return before(server, identity, Optional.empty());
  }

  /**
   * A front that asks for client certificates.
   *
   * @param clients who has to have issued them, if any are asked for
   */
  public static TlsFront before(
      int server, CertificateAuthority.Identity identity, Optional<CertificateAuthority> clients) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      keys.setKeyEntry(
          "server", identity.key(), NO_PASSWORD, new Certificate[] {identity.certificate()});
      KeyManagerFactory keyManagers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keyManagers.init(keys, NO_PASSWORD);
      TrustManagerFactory trustManagers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      if (clients.isPresent()) {
        trusted.setCertificateEntry("clients", clients.get().certificate());
      }
      trustManagers.init(trusted);
      context.init(
          keyManagers.getKeyManagers(),
          clients.isPresent() ? trustManagers.getTrustManagers() : null,
          null);
      SSLServerSocket listener =
          (SSLServerSocket)
              context
                  .getServerSocketFactory()
                  .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
      listener.setNeedClientAuth(clients.isPresent());
      TlsFront front = new TlsFront(listener, server);
      front.start();
      return front;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  void serve(Socket client) throws IOException {
    join(client, server);
  }
}
