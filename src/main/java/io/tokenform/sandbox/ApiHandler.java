package io.tokenform.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.HttpRequestHandler;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Takes a request off the wire, has the API answer it, tells the listeners, sends the answer. */
final class ApiHandler implements HttpRequestHandler {
  private static final int MAX_BODY_BYTES = 1 << 20;

  private final Api api;
  private final Clock clock;
  private final List<RequestListener> listeners;

  ApiHandler(Api api, Clock clock, List<RequestListener> listeners) {
    this.api = api;
    this.clock = clock;
    this.listeners = listeners;
  }

  @Override
  public void handle(ClassicHttpRequest request, ClassicHttpResponse response, HttpContext context)
      throws IOException {
    Optional<byte[]> body = body(request.getEntity());
    Instant time = clock.instant();
    long start = System.nanoTime();
    ApiReply reply =
        body.isPresent()
            ? answer(request, body.get())
            : RequestRefusedException.contentTooLarge(MAX_BODY_BYTES).reply();
    RecordedRequest recorded =
        new RecordedRequest(
            time,
            request.getMethod(),
            request.getPath(),
            new String(body.orElse(new byte[0]), StandardCharsets.UTF_8),
            reply.status(),
            Duration.ofNanos(System.nanoTime() - start));
    listeners.forEach(listener -> listener.answered(recorded));
    send(reply, response);
  }

  private ApiReply answer(ClassicHttpRequest request, byte[] body) {
    Header authorization = request.getFirstHeader(HttpHeaders.AUTHORIZATION);
    try {
      return api.answer(
          new ApiRequest(
              request.getMethod(),
              withoutQuery(request.getPath()),
              Optional.ofNullable(authorization).map(Header::getValue),
              body));
    } catch (RuntimeException e) {
      // A defect of the sandbox: the client gets an answer, and the one who can mend it the trace.
      System.getLogger(ApiHandler.class.getName()).log(Level.ERROR, "sandbox", e);
      return ApiReply.error(500, Map.of(), "internal server error");
    }
  }

  private static String withoutQuery(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  /** The body, unless it is too large; what is left of it then, the server passes over. */
  private static Optional<byte[]> body(HttpEntity entity) throws IOException {
    if (entity == null) {
      return Optional.of(new byte[0]);
    }
    InputStream in = entity.getContent();
    byte[] body = in.readNBytes(MAX_BODY_BYTES + 1);
    return body.length > MAX_BODY_BYTES ? Optional.empty() : Optional.of(body);
  }

  private static void send(ApiReply reply, ClassicHttpResponse response) {
    response.setCode(reply.status());
    reply.headers().forEach(response::setHeader);
    if (reply.body().length > 0) {
      response.setEntity(new ByteArrayEntity(reply.body(), ContentType.APPLICATION_JSON));
    }
  }
}
