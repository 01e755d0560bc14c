package io.tokenform.sandbox;

import io.tokenform.access.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection for one request, which shows how it ends. */
final class RawHttp {
  private RawHttp() {}

  /** How a connection ended. */
  enum End {
    CLOSED,
    RESET
  }

  /**
   * What came back.
   *
   * @param text the answer, as far as it came
   */
  record Exchange(String text, End end) {
    int status() {
      return Integer.parseInt(text.split(" ", 3)[1]);
    }

    String body() {
      return text.substring(text.indexOf("\r\n\r\n") + 4);
    }

    String header(String name) {
      return text.lines()
          .filter(
              line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  /** Sends a request as the sandbox's owner and reads until the connection ends. */
  static Exchange send(Sandbox sandbox, String method, String path, String body)
      throws IOException {
    return sendWith(sandbox, method, path, body, sandbox.managementToken());
  }

  /** The same as somebody who has that secret. */
  static Exchange sendWith(Sandbox sandbox, String method, String path, String body, Secret secret)
      throws IOException {
    return exchange(sandbox, method, path, body, secret, "Connection: close\r\n");
  }

  /** The same, but leaves it to the sandbox to end the connection. */
  static Exchange sendAndStay(Sandbox sandbox, String method, String path, String body)
      throws IOException {
    return exchange(sandbox, method, path, body, sandbox.managementToken(), "");
  }

  private static Exchange exchange(
      Sandbox sandbox, String method, String path, String body, Secret secret, String header)
      throws IOException {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: sandbox\r\nAuthorization: Bearer "
            + secret.reveal()
            + "\r\nContent-Length: "
            + content.length
            + "\r\n"
            + header
            + "\r\n";
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), sandbox.url().getPort())) {
      socket.setSoTimeout(900_000);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(content);
      InputStream in = socket.getInputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        received.write(next);
      }
      return new Exchange(received.toString(StandardCharsets.UTF_8), End.CLOSED);
    } catch (SocketException e) {
      return new Exchange(received.toString(StandardCharsets.UTF_8), End.RESET);
    }
  }
}
