package io.tokenform.cluster.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.testing.CertificateAuthority;
import io.tokenform.testing.TlsFront;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.config.Http1Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WatchfulConnectionTest {
  /** A socket to which nothing comes, so that whoever reads from it waits. */
  private static final class Silent extends Socket {
    @Override
    public InputStream getInputStream() {
      return new InputStream() {
        @Override
        public int read() {
          throw new AssertionError("it waits");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
          throw new AssertionError("it waits");
        }
      };
    }

    @Override
    public OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }
  }

  @Test
  void aLookWaitsForNothing() throws Exception {
    try (WatchfulConnection connection = connection()) {
      connection.bind(new Silent());

      assertThat(connection.hasUnasked()).isFalse();
    }
  }

  @Test
  void aLookSeesWhatHasCome() throws Exception {
    try (ServerSocket server = server();
        WatchfulConnection connection = connection()) {
      Socket socket = boundTo(server.getLocalPort(), connection);
      try (Socket peer = server.accept()) {
        assertThat(connection.hasUnasked()).isFalse();

        peer.getOutputStream().write('x');
        awaitUnasked(connection);

        // It is read, and waits in the buffer.
        assertThat(socket.getInputStream().available()).isZero();
        assertThat(connection.hasUnasked()).isTrue();
      }
    }
  }

  @Test
  void aLookSeesWhatHasComeOverTls() throws Exception {
    CertificateAuthority authority = CertificateAuthority.create();
    try (ServerSocket server = server();
        TlsFront front = TlsFront.before(server.getLocalPort(), authority.issue("localhost"));
        WatchfulConnection connection = connection()) {
      Socket socket = boundTo(front.port(), connection);
      SSLSocket encrypted =
          (SSLSocket)
              authority
                  .client()
                  .getSocketFactory()
                  .createSocket(socket, "localhost", front.port(), true);
      encrypted.startHandshake();
      connection.bind(encrypted, socket);
      try (Socket peer = server.accept()) {
        // With TLS 1.3 there are bytes already, of the handshake: they are nothing unasked.
        for (int i = 0; i < 20; i++) {
          assertThat(connection.hasUnasked()).isFalse();
        }

        peer.getOutputStream().write('x');
        awaitUnasked(connection);
        assertThat(connection.hasUnasked()).isTrue();
      }
    }
  }

  @Test
  void theEndIsNothingUnasked() throws Exception {
    try (ServerSocket server = server();
        WatchfulConnection connection = connection()) {
      boundTo(server.getLocalPort(), connection);
      server.accept().close();
      for (int i = 0; i < 20; i++) {
        assertThat(connection.hasUnasked()).isFalse();
      }
      // A request would find out.
      assertThat(connection.isStale()).isTrue();
    }
  }

  private static void awaitUnasked(WatchfulConnection connection) throws Exception {
    while (!connection.hasUnasked()) {
      Thread.sleep(1);
    }
  }

  private static Socket boundTo(int port, WatchfulConnection connection) throws Exception {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    connection.bind(socket);
    return socket;
  }

  private static WatchfulConnection connection() {
    return new WatchfulConnection(Http1Config.DEFAULT);
  }

  private static ServerSocket server() throws Exception {
    return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }
}
