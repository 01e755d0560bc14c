package io.tokenform.testing;

import io.tokenform.access.ClusterUrl;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Many clusters on loopback, each at a port of its own, that all have the same tokens and take the
 * same time for each answer. They only list tokens and databases, and need next to no computing:
 * what a run against them takes is the client's.
 */
public final class ScriptedFleet implements AutoCloseable {

  private final List<ServerSocketChannel> listeners = new ArrayList<>();
  private final Selector selector;
  private final byte[] tokens;
  private final byte[] databases;
  private final Duration delay;
  private final AtomicInteger calls = new AtomicInteger();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "scripted-fleet");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Starts them.
   *
   * @param tokens the JSON of all tokens of each
   * @param databases the JSON of all databases of each
   * @param delay how long each takes before it answers a call
   */
  public ScriptedFleet(int clusters, String tokens, String databases, Duration delay) {
    this.tokens = answer(tokens);
    this.databases = answer(databases);
    this.delay = delay;
    try {
      selector = Selector.open();
      for (int i = 0; i < clusters; i++) {
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        listeners.add(listener);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  private static byte[] answer(String json) {
    return ScriptedServer.json(200, json).getBytes(StandardCharsets.UTF_8);
  }

  /** Where each of them answers. */
  public List<ClusterUrl> urls() {
    return listeners.stream()
        .map(listener -> ClusterUrl.parse("http://127.0.0.1:" + listener.socket().getLocalPort()))
        .toList();
  }

  /** How many calls all of them have had. */
  public int calls() {
    return calls.get();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      selector.close();
      for (ServerSocketChannel listener : listeners) {
        listener.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    try {
      while (selector.isOpen()) {
        selector.select();
        for (SelectionKey key : selector.selectedKeys()) {
          SocketChannel connection = ((ServerSocketChannel) key.channel()).accept();
          if (connection != null) {
            threads.execute(() -> serve(connection.socket()));
          }
        }
        selector.selectedKeys().clear();
      }
    } catch (IOException | RuntimeException e) {
      // Closed: the test is over.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream());
      OutputStream out = connection.getOutputStream();
      for (String line = head(in); !line.isEmpty(); line = head(in)) {
        calls.incrementAndGet();
        LockSupport.parkNanos(delay.toNanos());
        out.write(line.contains("/databases") ? databases : tokens);
      }
    } catch (IOException e) {
      // The client ended the connection.
    }
  }

  /** The first line of a request, which has no body; empty at the end of the connection. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      head.append((char) next);
      int length = head.length();
      if (next == '\n' && length >= 4 && head.charAt(length - 3) == '\n') {
        break;
      }
    }
    int end = head.indexOf("\r\n");
    return end < 0 ? "" : head.substring(0, end);
  }
}
