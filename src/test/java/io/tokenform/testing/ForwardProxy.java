package io.tokenform.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A forward proxy on loopback that makes tunnels, or refuses to. Whatever host is asked for, its
 * tunnels lead to one port here: the proxy is who looks names up, so a test needs no real ones.
 */
public final class ForwardProxy extends Relay {
  private final int destination;
  private final Function<String, String> answer;
  private final String more;
  private final int clean;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private ForwardProxy(int destination, Function<String, String> answer, String more, int clean) {
    super(listener());
    this.destination = destination;
    this.answer = answer;
    this.more = more;
    this.clean = clean;
    start();
  }

  /** A proxy that lets everybody through. */
  public static ForwardProxy to(int port) {
    return new ForwardProxy(port, request -> "", "", 0);
  }

  /**
   * A proxy that lets everybody through, and sends this text with its own answer.
   *
   * @param clean on how many connections before it does not
   */
  public static ForwardProxy adding(String more, int clean, int port) {
    return new ForwardProxy(port, request -> "", more, clean);
  }

  /** A proxy that asks for a user and a password, given as {@code user:password} in base64. */
  public static ForwardProxy to(int port, String credentials) {
    return new ForwardProxy(
        port,
        request ->
            request.contains("\nProxy-Authorization: Basic " + credentials + "\n")
                ? ""
                : ScriptedServer.answer(
                    407, "Proxy-Authenticate: Basic realm=\"proxy\"", "who are you"),
        "",
        0);
  }

  /** A proxy that gives everybody this answer. */
  public static ForwardProxy refusing(String answer) {
    return new ForwardProxy(0, request -> answer, "", 0);
  }

  /** The heads of the requests so far, with line feeds alone. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  void serve(Socket client) throws IOException {
    String request = head(client.getInputStream());
    requests.add(request);
    String refusal = answer.apply(request);
    if (refusal.isEmpty()) {
      client
          .getOutputStream()
          .write(
              ("HTTP/1.1 200 Connection established\r\n\r\n"
                      + (requests.size() > clean ? more : ""))
                  .getBytes(StandardCharsets.UTF_8));
      join(client, destination);
    } else {
      client.getOutputStream().write(refusal.getBytes(StandardCharsets.UTF_8));
      client.getOutputStream().flush();
      if (client.getInputStream().read() >= 0) {
        requests.add("more");
      }
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    String text = "";
    while (!text.endsWith("\n\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the client hung up");
      }
      if (next != '\r') {
        head.write(next);
        text = head.toString(StandardCharsets.ISO_8859_1);
      }
    }
    return text;
  }
}
