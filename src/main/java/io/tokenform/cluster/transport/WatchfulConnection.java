package io.tokenform.cluster.transport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.impl.io.DefaultManagedHttpClientConnection;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.util.Timeout;

/**
 * A connection that says whether something has come that nobody asked for, and waits for nothing
 * where no byte has come. The library's own way waits a millisecond, which is much before each
 * request where an apply makes thousands.
 */
final class WatchfulConnection extends DefaultManagedHttpClientConnection {
  /** The shortest wait of a socket, for what has come and is not read yet. */
  private static final Timeout SHORTEST = Timeout.ofMilliseconds(1);

  /** Of the thread that makes a request on this connection: of one at a time. */
  private boolean isLooking;

  WatchfulConnection(Http1Config config) {
    super(
        "tokenform",
        null,
        null,
        config,
        null,
        null,
        null,
        // The client's own parser skips what is no HTTP, and then finds no answer.
        new DefaultHttpResponseParserFactory(config));
  }

  /** Whether bytes wait to be read, before anything was asked. The end of all bytes is none. */
  boolean hasUnasked() throws IOException {
    isLooking = true;
    try {
      return isDataAvailable(SHORTEST);
    } finally {
      isLooking = false;
    }
  }

  @Override
  public void bind(Socket socket) throws IOException {
    bind(
        new SocketHolder(socket) {
          @Override
          protected InputStream getInputStream(Socket plain) throws IOException {
            InputStream stream = super.getInputStream(plain);
            return new Watched(stream, stream);
          }
        });
  }

  @Override
  public void bind(SSLSocket encrypted, Socket socket) throws IOException {
    bind(
        new SocketHolder(encrypted, socket) {
          @Override
          protected InputStream getInputStream(Socket outer) throws IOException {
            return new Watched(super.getInputStream(outer), socket.getInputStream());
          }
        });
  }

  /** What comes; a look at it waits for nothing. */
  private final class Watched extends FilterInputStream {
    private final InputStream wire;

    /**
     * @param wire the bytes below: those of TLS, too, that carry no content
     */
    private Watched(InputStream content, InputStream wire) {
      super(content);
      this.wire = wire;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (isLooking && wire.available() == 0 && in.available() == 0) {
        throw new SocketTimeoutException("nothing has come");
      }
      return super.read(bytes, offset, length);
    }
  }
}
