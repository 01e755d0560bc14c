package io.tokenform.sandbox;

import io.tokenform.sandbox.api.ReplyEntity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.HttpProcessors;
import org.apache.hc.core5.http.impl.bootstrap.HttpServer;
import org.apache.hc.core5.http.impl.bootstrap.ServerBootstrap;
import org.apache.hc.core5.http.io.HttpRequestHandler;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;

/** An HTTP/1.1 server on loopback, with TLS or without, with one handler for everything. */
final class ApiServer implements AutoCloseable {
  // A CLI and its tests open many connections at once; the default queue is for 50.
  private static final int BACKLOG = 512;
  private static final TimeValue UNFINISHED_REQUESTS = TimeValue.ofSeconds(5);
  private static final TimeValue ONE_WAIT = TimeValue.ofMilliseconds(20);

  private final HttpServer server;
  private final String scheme;

  private ApiServer(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
  }

  /**
   * @throws SandboxException if the address is in use or not one of this machine's
   */
  static ApiServer start(
      InetSocketAddress address, Optional<ServerKey> key, HttpRequestHandler handler) {
    ServerBootstrap bootstrap =
        ServerBootstrap.bootstrap()
            .setLocalAddress(address.getAddress())
            .setListenerPort(address.getPort())
            .setSocketConfig(
                SocketConfig.custom().setBacklogSize(BACKLOG).setSoReuseAddress(true).build())
            .setHttpProcessor(
                HttpProcessors.customServer("tokenform-sandbox")
                    .addLast(new ProtocolErrors())
                    .build())
            // The default router answers only those who call it by its own name.
            .setRequestRouter((request, context) -> handler)
            .setConnectionReuseStrategy(ApiServer::keepsConnection);
    if (key.isPresent()) {
      bootstrap.setConnectionFactory(new TlsConnections(key.get()));
    }
    HttpServer server = bootstrap.create();
    try {
      server.start();
    } catch (IOException e) {
      throw new SandboxException(
          "cannot listen on "
              + hostAndPort(address)
              + ": "
              + e.getMessage()
              + "; is another sandbox running there?",
          e);
    }
    return new ApiServer(server, key.isPresent() ? "https" : "http");
  }

  /** Where the server is, without a path. */
  URI url() {
    return URI.create(
        scheme
            + "://"
            + hostAndPort(new InetSocketAddress(server.getInetAddress(), server.getLocalPort())));
  }

  /**
   * Stops listening, closes every connection, and waits for requests that are being acted on: no
   * handler runs when it returns, unless one is stuck for seconds.
   */
  @Override
  public void close() {
    long end = System.nanoTime() + UNFINISHED_REQUESTS.toNanoseconds();
    boolean finished = false;
    while (!finished && System.nanoTime() < end) {
      // Again and again, for a connection that is just being accepted is no worker's yet, and is
      // missed by the first call.
      server.close(CloseMode.IMMEDIATE);
      long start = System.nanoTime();
      try {
        server.awaitTermination(ONE_WAIT);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      finished = System.nanoTime() - start < ONE_WAIT.toNanoseconds();
    }
  }

  private static boolean keepsConnection(
      HttpRequest request, HttpResponse response, HttpContext context) {
    boolean cut =
        response instanceof ClassicHttpResponse classic
            && classic.getEntity() instanceof ReplyEntity entity
            && entity.isCut();
    return !cut && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context);
  }

  private static String hostAndPort(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    String text = host.getHostAddress();
    return (text.contains(":") ? "[" + text + "]" : text) + ":" + address.getPort();
  }
}
