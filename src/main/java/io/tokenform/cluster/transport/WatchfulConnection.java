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

  /** How bytes are read. */
  private enum Reading {
    /** Until there are some. */
    WAITING,
    /** Those that are there. */
    LOOKING,
    /** None: what was read before is in the library's buffer. */
    NONE
  }

  /** Used by one thread at a time, the one that makes a request. */
  private Reading reading = Reading.WAITING;

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
    return isThereAnything(Reading.LOOKING);
  }

  private boolean isThereAnything(Reading how) throws IOException {
    reading = how;
    try {
      return isDataAvailable(SHORTEST);
    } finally {
      reading = Reading.WAITING;
    }
  }

  @Override
  public void bind(Socket socket) throws IOException {
    bind(
        new SocketHolder(socket) {
          @Override
          protected InputStream getInputStream(Socket plain) throws IOException {
            return new Watched(super.getInputStream(plain), InputStream.nullInputStream());
          }
        });
  }

  /**
   * Goes on within TLS.
   *
   * @throws IOException if bytes from before are left, which would be taken for an answer within it
   */
  @Override
  public void bind(SSLSocket encrypted, Socket socket) throws IOException {
    if (isThereAnything(Reading.NONE)) {
      throw new IOException("the proxy sent more than its answer before TLS began");
    }
    bind(
        new SocketHolder(encrypted, socket) {
          @Override
          protected InputStream getInputStream(Socket outer) throws IOException {
            return new Watched(super.getInputStream(outer), socket.getInputStream());
          }
        });
  }

  /** The incoming bytes. */
  private final class Watched extends FilterInputStream {
    private final InputStream wire;

    /**
     * @param wire where the content is encrypted, the bytes that come; else nothing
     */
    private Watched(InputStream content, InputStream wire) {
      super(content);
      this.wire = wire;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (reading == Reading.NONE
          || (reading == Reading.LOOKING && wire.available() == 0 && in.available() == 0)) {
        throw new SocketTimeoutException("nothing has come");
      }
      return super.read(bytes, offset, length);
    }
  }
}
