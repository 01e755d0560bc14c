package io.tokenform.sandbox.api;

import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** What the sandbox does about a request in the end, and how it tells the client. */
public sealed interface Answer {
  /** Whether the request was really carried out. */
  boolean acted();

  /** The status that the client gets to see, 0 for none. */
  int status();

  /**
   * Puts the answer into {@code response}.
   *
   * @throws IOException to have the server reset the connection
   */
  void send(ClassicHttpResponse response) throws IOException;

  /** All of the reply. */
  record Whole(ApiReply reply, boolean acted) implements Answer {
    /** The reply to a request that was carried out if that says so. */
    public static Whole of(ApiReply reply) {
      return new Whole(reply, reply.isSuccess());
    }

    @Override
    public int status() {
      return reply.status();
    }

    @Override
    public void send(ClassicHttpResponse response) {
      reply.send(response, reply.body().length);
    }
  }

  /** The header and half of the body, then the connection's end. */
  record Half(ApiReply reply, boolean acted) implements Answer {
    @Override
    public int status() {
      return reply.status();
    }

    @Override
    public void send(ClassicHttpResponse response) {
      reply.send(response, reply.body().length / 2);
    }
  }

  /** No answer: the connection is reset. */
  record Reset(boolean acted) implements Answer {
    @Override
    public int status() {
      return 0;
    }

    @Override
    public void send(ClassicHttpResponse response) throws IOException {
      // HttpCore closes the connection of a handler that fails with SO_LINGER at 0.
      throw new IOException("a fault that the sandbox was told to have");
    }
  }
}
