package io.tokenform.testing;

import io.tokenform.access.ClusterUrl;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on loopback that answers byte by byte what a test tells it to, however wrong. It reads
 * each request whole, records it, and leaves the rest to its script.
 */
public final class ScriptedServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Script script;
  private final List<Received> requests = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();

  private ScriptedServer(ServerSocket listener, Script script) {
    this.listener = listener;
    this.script = script;
  }

  /** What to do about a request. */
  @FunctionalInterface
  public interface Script {
    /**
     * Answers, or does not; the connection stays open unless the script ends it.
     *
     * @param number the request's number, from 1, over all connections
     */
    void answer(int number, Received request, Wire wire) throws IOException;
  }

  /**
   * A request as it came.
   *
   * @param headers the header lines, as they came and in that order
   */
  public record Received(String line, List<String> headers, String body) {
    /** The value of the first header of that name. */
    public Optional<String> header(String name) {
      String start = name + ":";
      return headers.stream()
          .filter(header -> header.regionMatches(true, 0, start, 0, start.length()))
          .map(header -> header.substring(start.length()).strip())
          .findFirst();
    }
  }

  /** The server's end of a connection. */
  public static final class Wire {
    private final Socket socket;

    private Wire(Socket socket) {
      this.socket = socket;
    }

    /** Sends a text as UTF-8. */
    public void send(String text) throws IOException {
      send(text.getBytes(StandardCharsets.UTF_8));
    }

    public void send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    }

    /** Sends a text again and again, until the client has had enough of it. */
    public void sendForever(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      try {
        while (true) {
          send(bytes);
        }
      } catch (IOException e) {
        // The client hung up, which is what this waits for.
      }
    }

    /** Sends a text at that pace, until the client has had enough of it. */
    public void trickle(String text, long millisecondsBetween) {
      try {
        while (true) {
          send(text);
          Thread.sleep(millisecondsBetween);
        }
      } catch (IOException e) {
        // The client hung up, which is what this waits for.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Says nothing until the client hangs up. */
    public void stall() {
      try {
        while (socket.getInputStream().read() >= 0) {
          // Whatever else it says, there is no answer.
        }
      } catch (IOException e) {
        // It hung up rudely.
      }
    }

    /** Ends the connection in order. */
    public void close() throws IOException {
      socket.close();
    }

    /** Ends the connection as a crash would. */
    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  public static ScriptedServer playing(Script script) {
    try {
      ScriptedServer server =
          new ScriptedServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
      start(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A server that gives these raw answers one after the other, and then the last one always. */
  public static ScriptedServer answering(String... answers) {
    return playing(
        (number, request, wire) -> wire.send(answers[Math.min(number, answers.length) - 1]));
  }

  /** A whole answer with a JSON body. */
  public static String json(int status, String body) {
    return answer(status, "Content-Type: application/json", body);
  }

  /** A whole answer; {@code headers} are lines without a last line break. */
  public static String answer(int status, String headers, String body) {
    return "HTTP/1.1 "
        + status
        + " Reason "
        + status
        + "\r\n"
        + headers
        + "\r\nContent-Length: "
        + body.getBytes(StandardCharsets.UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  public ClusterUrl url() {
    return ClusterUrl.parse("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** The requests so far, in the order in which they came. */
  public List<Received> requests() {
    return List.copyOf(requests);
  }

  /** How many connections there have been. */
  public int connections() {
    return connections.get();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket connection : open) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = listener.accept();
        connections.incrementAndGet();
        open.add(connection);
        start(() -> serve(connection));
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream());
      Wire wire = new Wire(connection);
      for (Optional<Received> request = read(in); request.isPresent(); request = read(in)) {
        int number;
        synchronized (this) {
          requests.add(request.get());
          number = requests.size();
        }
        script.answer(number, request.get(), wire);
      }
    } catch (IOException e) {
      // The script or the client ended the connection; what the client makes of it is tested.
    } finally {
      open.remove(connection);
    }
  }

  private static Optional<Received> read(InputStream in) throws IOException {
    String line = line(in);
    if (line.isEmpty()) {
      return Optional.empty();
    }
    List<String> headers = new CopyOnWriteArrayList<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      headers.add(header);
    }
    Received head = new Received(line, List.copyOf(headers), "");
    int length = head.header("Content-Length").map(Integer::parseInt).orElse(0);
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return Optional.of(new Received(head.line(), head.headers(), body));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }
}
