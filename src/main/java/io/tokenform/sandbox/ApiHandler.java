package io.tokenform.sandbox;

import io.tokenform.sandbox.api.Answer;
import io.tokenform.sandbox.api.Api;
import io.tokenform.sandbox.api.ApiReply;
import io.tokenform.sandbox.api.ApiRequest;
import io.tokenform.sandbox.api.Call;
import io.tokenform.sandbox.api.RequestRefusedException;
import io.tokenform.sandbox.fault.Decision;
import io.tokenform.sandbox.fault.Fault;
import io.tokenform.sandbox.fault.FaultSchedule;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.HttpRequestHandler;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Takes a request off the wire, has the API answer it or a fault spoil that, tells the listeners,
 * and sends the answer.
 */
final class ApiHandler implements HttpRequestHandler, AutoCloseable {
  private static final int MAX_BODY_BYTES = 1 << 20;

  private final Api api;
  private final FaultSchedule faults;
  private final Clock clock;
  private final List<RequestListener> listeners;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);

  ApiHandler(Api api, FaultSchedule faults, Clock clock, List<RequestListener> listeners) {
    this.api = api;
    this.faults = faults;
    this.clock = clock;
    this.listeners = listeners;
  }

  @Override
  public void handle(ClassicHttpRequest request, ClassicHttpResponse response, HttpContext context)
      throws IOException {
    int present = inFlight.incrementAndGet();
    try {
      handle(request, response, present);
    } finally {
      // Before the answer leaves: a client that has it, and sends the next request, is one.
      inFlight.decrementAndGet();
    }
  }

  private void handle(ClassicHttpRequest request, ClassicHttpResponse response, int present)
      throws IOException {
    Optional<byte[]> body = body(request.getEntity());
    Instant time = clock.instant();
    long start = System.nanoTime();
    ApiRequest asked = asked(request, body.orElse(new byte[0]));
    Decision decision = body.isPresent() ? decide(asked) : Decision.NONE;
    Answer answer =
        body.isPresent()
            ? answer(decision, asked)
            : Answer.Whole.of(RequestRefusedException.contentTooLarge(MAX_BODY_BYTES).reply());
    RecordedRequest recorded =
        new RecordedRequest(
            time,
            request.getMethod(),
            request.getPath(),
            new String(asked.body(), StandardCharsets.UTF_8),
            answer.status(),
            Duration.ofNanos(System.nanoTime() - start),
            answer.acted(),
            decision.name(),
            present);
    listeners.forEach(listener -> listener.answered(recorded));
    answer.send(response);
  }

  /** Decides what goes wrong, and lets the delay pass. */
  private Decision decide(ApiRequest request) {
    Decision decision = faults.decide(request.method(), request.area());
    return decision.isDelayed() && closesWithin(decision.delay())
        ? Decision.faulty(new Fault.Closing())
        : decision;
  }

  private boolean closesWithin(Duration delay) {
    try {
      return closed.await(delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Ends all delays, without carrying those requests out. */
  @Override
  public void close() {
    closed.countDown();
  }

  private static ApiRequest asked(ClassicHttpRequest request, byte[] body) {
    return ApiRequest.of(
        request.getMethod(),
        request.getPath(),
        header(request, HttpHeaders.AUTHORIZATION),
        header(request, HttpHeaders.CONTENT_TYPE),
        body);
  }

  private static Optional<String> header(ClassicHttpRequest request, String name) {
    return Optional.ofNullable(request.getFirstHeader(name)).map(Header::getValue);
  }

  private Answer answer(Decision decision, ApiRequest request) {
    try {
      return decision.answer(new Call(api, request, clock));
    } catch (RuntimeException e) {
      // A defect of the sandbox: the client gets an answer, and the log gets the stack trace for a
      // fix.
      System.getLogger(ApiHandler.class.getName()).log(Level.ERROR, "sandbox", e);
      return Answer.Whole.of(ApiReply.error(500, Map.of(), "internal server error"));
    }
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
}
