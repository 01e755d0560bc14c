package io.tokenform.cluster;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** Makes the calls of one client: not too many at a time, and again where that may help. */
final class Calls {
  private final RetryPolicy policy;
  private final Timing timing;
  private final AttemptListener everybody;
  private final Transcriber transcriber;
  private final CountDownLatch stopped;
  private final Throttle throttle;

  /** One attempt of a call. */
  @FunctionalInterface
  interface Call<T> {
    /** Makes it, and tells the exchange what comes back. */
    T make(Exchange exchange) throws ApiException;
  }

  Calls(ClientOptions options, Transcriber transcriber) {
    this.policy = options.retries();
    this.timing = options.timing();
    this.everybody = options.listener();
    this.transcriber = transcriber;
    this.stopped = new CountDownLatch(1);
    this.throttle = new Throttle(options.parallelism(), timing, stopped);
  }

  /** Those that go on when the other ones have been stopped, and share their throttle. */
  private Calls(Calls others) {
    this.policy = others.policy;
    this.timing = others.timing;
    this.everybody = others.everybody;
    this.transcriber = others.transcriber;
    this.stopped = new CountDownLatch(1);
    this.throttle = others.throttle;
  }

  /** Calls that {@link #stop} does not stop; not too many at a time, with these. */
  Calls finishing() {
    return new Calls(this);
  }

  /** From now on makes no call again, and none at all that changes the cluster. */
  void stop() {
    stopped.countDown();
  }

  /**
   * Makes a call until it succeeds or there is no use in another attempt.
   *
   * @param listener hears of this call's attempts, after the listener of the options
   * @param unsent the failure of a call that was not made at all, because of an interrupt or {@link
   *     #stop}
   * @throws ApiException the last failure
   */
  <T> T make(Request request, AttemptListener listener, Call<T> call, Supplier<ApiException> unsent)
      throws ApiException {
    long start = timing.nanoTime();
    int failures = 0;
    int refusals = 0;
    ApiException last = null;
    for (int number = 1; ; number++) {
      long seen = enter(request, last, unsent);
      Duration pause;
      Exchange exchange = new Exchange(request, everybody.longestBody(), transcriber);
      long sent = timing.nanoTime();
      try {
        T answer = call.make(exchange);
        throttle.succeeded();
        tell(
            listener,
            attempt(request, number, exchange, Optional.empty(), since(sent), Optional.empty()));
        return answer;
      } catch (ApiException e) {
        boolean asksForFewer = RetryPolicy.asksForFewerCalls(e);
        failures += asksForFewer ? 0 : 1;
        refusals += asksForFewer ? 1 : 0;
        Duration elapsed = asksForFewer ? throttle.drought() : since(start);
        Optional<Duration> wait =
            isStopped()
                ? Optional.empty()
                : policy.waitAfter(e, failures, refusals, elapsed, timing.random());
        tell(
            listener,
            attempt(request, number, exchange, Optional.of(e.problem()), since(sent), wait));
        if (asksForFewer) {
          throttle.slowDown(seen, wait.orElse(Duration.ZERO));
        }
        last = last != null && last.mayHaveHappened() ? e.afterLostAttempt() : e;
        if (wait.isEmpty()) {
          throw last;
        }
        // Where the server asked for fewer calls, all of them pause before the next one.
        pause = asksForFewer ? Duration.ZERO : wait.get();
      } finally {
        throttle.leave();
      }
      if (!pause.isZero()) {
        pause(pause, last);
      }
    }
  }

  private void tell(AttemptListener listener, Attempt attempt) {
    everybody.attempted(attempt);
    listener.attempted(attempt);
  }

  private static Attempt attempt(
      Request request,
      int number,
      Exchange exchange,
      Optional<String> problem,
      Duration took,
      Optional<Duration> retryIn) {
    return new Attempt(
        request,
        number,
        exchange.status(),
        exchange.requestId(),
        problem,
        took,
        retryIn,
        exchange.transcript());
  }

  private long enter(Request request, ApiException last, Supplier<ApiException> unsent)
      throws ApiException {
    long seen;
    try {
      seen = throttle.enter();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw last == null ? unsent.get() : last;
    }
    if (isStopped() && (last != null || request.method().changesTheCluster())) {
      throttle.leave();
      throw last == null ? unsent.get() : last;
    }
    return seen;
  }

  /** Waits; an interrupt stays noted on the thread and ends the call with its last failure. */
  private void pause(Duration time, ApiException last) throws ApiException {
    try {
      timing.pause(time, stopped);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw last;
    }
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  private Duration since(long nanoTime) {
    return Duration.ofNanos(timing.nanoTime() - nanoTime);
  }
}
