package io.tokenform.sandbox;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnectionFactory;
import org.apache.hc.core5.http.io.HttpConnectionFactory;

/**
 * Connections that speak TLS. The handshake is left to the thread that reads the request: HttpCore
 * itself does it in the one thread that accepts connections, where a client that says nothing keeps
 * all others out.
 */
final class TlsConnections implements HttpConnectionFactory<DefaultBHttpServerConnection> {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final SSLSocketFactory sockets;
  private final HttpConnectionFactory<DefaultBHttpServerConnection> connections =
      DefaultBHttpServerConnectionFactory.builder().build();

  TlsConnections(ServerKey key) {
    this.sockets = key.context().getSocketFactory();
  }

  @Override
  public DefaultBHttpServerConnection createConnection(Socket plain) throws IOException {
    SSLSocket secure = (SSLSocket) sockets.createSocket(plain, null, plain.getPort(), true);
    secure.setUseClientMode(false);
    secure.setEnabledProtocols(PROTOCOLS);
    // With the plain one too: a reset is one, and not TLS's way to end.
    return connections.createConnection(secure, plain);
  }
}
