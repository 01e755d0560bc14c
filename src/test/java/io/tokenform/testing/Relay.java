package io.tokenform.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Takes connections on loopback and passes bytes on to another port there. */
abstract class Relay implements AutoCloseable {
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  Relay(ServerSocket listener) {
    this.listener = listener;
  }

  static ServerSocket listener() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public final int port() {
    return listener.getLocalPort();
  }

  /** Serves one connection until its end. */
  abstract void serve(Socket client) throws IOException;

  final void start() {
    run(
        () -> {
          while (true) {
            Socket client = listener.accept();
            open.add(client);
            run(
                () -> {
                  try (client) {
                    serve(client);
                  }
                });
          }
        });
  }

  /** Passes bytes in both directions until one side ends. */
  final void join(Socket client, int port) throws IOException {
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
      open.add(server);
      run(
          () -> {
            try (server;
                client) {
              copy(server, client);
            }
          });
      copy(client, server);
    }
  }

  private static void copy(Socket from, Socket to) throws IOException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] buffer = new byte[8192];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      out.write(buffer, 0, count);
      out.flush();
    }
  }

  @Override
  public final void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Something that ends when its connection does. */
  private interface Task {
    void run() throws IOException;
  }

  private static void run(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // The connection ended; what the client makes of it is tested.
              }
            },
            "relay");
    thread.setDaemon(true);
    thread.start();
  }
}
