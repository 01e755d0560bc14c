package io.tokenform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many calls are in flight, and for how long all of them pause. */
@Timeout(900)
class ThrottleTest {
  private static final Duration NO_PAUSE = Duration.ZERO;

  private final List<Duration> waits = new ArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);

  @Test
  void oneCallMoreThanAllowedWaitsUntilAnotherIsOver() throws Exception {
    Throttle throttle = throttle(2);
    enter(throttle, 2);
    Caller third = new Caller(throttle::enter);
    third.awaitState(Thread.State.WAITING);

    throttle.leave();

    assertThat(third.answer()).isZero();
  }

  @Test
  void callsThatWereInFlightTogetherHalveTheirNumberOnce() throws Exception {
    Throttle throttle = throttle(8);
    List<Long> seen = enter(throttle, 8);

    for (long each : seen) {
      throttle.slowDown(each, NO_PAUSE);
    }

    assertThat(seen).containsOnly(0L);
    assertThat(throttle.limit()).isEqualTo(4);
  }

  @Test
  void aCallThatWasMadeSinceHalvesItAgain() throws Exception {
    Throttle throttle = throttle(8);
    throttle.slowDown(enter(throttle, 1).get(0), NO_PAUSE);
    long later = throttle.enter();

    throttle.slowDown(0, NO_PAUSE);
    assertThat(throttle.limit()).isEqualTo(4);
    throttle.slowDown(later, NO_PAUSE);
    assertThat(throttle.limit()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 100})
  void oneCallIsAlwaysAllowed(int most) throws Exception {
    Throttle throttle = throttle(most);
    for (int i = 0; i < 10; i++) {
      long seen = throttle.enter();
      throttle.slowDown(seen, NO_PAUSE);
      throttle.leave();
    }

    assertThat(throttle.limit()).isEqualTo(1);
  }

  @Test
  void whatIsInFlightBeyondTheNewBoundHasToEndFirst() throws Exception {
    Throttle throttle = throttle(4);
    enter(throttle, 4);
    throttle.slowDown(0, NO_PAUSE);
    Caller next = new Caller(throttle::enter);
    next.awaitState(Thread.State.WAITING);

    throttle.leave();
    throttle.leave();
    // Two are in flight, which is as many as may be.
    next.staysIn(Thread.State.WAITING);
    throttle.leave();

    assertThat(next.answer()).isEqualTo(1);
  }

  @Test
  void eachRoundOfSuccessesAllowsOneMoreUpToTheStart() throws Exception {
    Throttle throttle = throttle(7);
    throttle.slowDown(enter(throttle, 1).get(0), NO_PAUSE);
    List<Integer> limits = new ArrayList<>();
    for (int success = 1; success <= 30; success++) {
      throttle.succeeded();
      limits.add(throttle.limit());
    }

    assertThat(limits)
        .startsWith(3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 7)
        .endsWith(7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7);
  }

  @Test
  void successesBeforeASlowdownDoNotCountTowardsTheRecovery() throws Exception {
    Throttle throttle = throttle(4);
    enter(throttle, 1);
    for (int i = 0; i < 100; i++) {
      throttle.succeeded();
    }
    throttle.slowDown(0, NO_PAUSE);

    throttle.succeeded();

    assertThat(throttle.limit()).isEqualTo(2);
  }

  @Test
  void oneMoreThatIsAllowedStartsAtOnce() throws Exception {
    Throttle throttle = throttle(2);
    enter(throttle, 1);
    throttle.slowDown(0, NO_PAUSE);
    Caller waiting = new Caller(throttle::enter);
    waiting.awaitState(Thread.State.WAITING);

    throttle.succeeded();

    assertThat(waiting.answer()).isEqualTo(1);
  }

  @Test
  void aPauseHoldsTheNextCallForItsWholeLength() throws Exception {
    Throttle throttle = throttle(4);
    enter(throttle, 1);

    throttle.slowDown(0, Duration.ofSeconds(3));
    enter(throttle, 1);

    assertThat(waits).containsExactly(Duration.ofSeconds(3));
  }

  @Test
  void ofSeveralPausesTheLongestCounts() throws Exception {
    Throttle throttle = throttle(4);
    enter(throttle, 3);

    throttle.slowDown(0, Duration.ofSeconds(3));
    throttle.slowDown(0, Duration.ofSeconds(7));
    throttle.slowDown(0, Duration.ofSeconds(1));
    throttle.leave();
    throttle.leave();
    enter(throttle, 1);

    assertThat(waits).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void aPauseIsOverOnceAndForAll() throws Exception {
    Throttle throttle = throttle(8);
    enter(throttle, 1);

    throttle.slowDown(0, Duration.ofSeconds(3));
    enter(throttle, 3);

    assertThat(waits).hasSize(1);
  }

  @Test
  void aPauseHoldsEveryWorker() throws Exception {
    Throttle throttle = new Throttle(4, Timing.REAL, end);
    enter(throttle, 1);
    throttle.slowDown(0, Duration.ofHours(1));
    List<Caller> workers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      workers.add(new Caller(throttle::enter));
    }
    for (Caller worker : workers) {
      worker.awaitState(Thread.State.TIMED_WAITING);
    }
    throttle.leave();

    end.countDown();

    // Half of four may be in flight; the others take their turns.
    for (int i = 0; i < 4; i++) {
      Caller.awaitAnswers(workers, i + 1);
      throttle.leave();
    }
  }

  @Test
  void afterTheEndThereAreNoPauses() throws Exception {
    Throttle throttle = throttle(4);
    enter(throttle, 1);
    end.countDown();

    throttle.slowDown(0, Duration.ofHours(1));
    enter(throttle, 1);

    assertThat(waits).isEmpty();
  }

  @Test
  void aCallerThatIsInterruptedTakesNoPlace() throws Exception {
    Throttle throttle = throttle(1);
    enter(throttle, 1);
    Caller interrupted = new Caller(throttle::enter);
    interrupted.awaitState(Thread.State.WAITING);
    interrupted.interrupt();
    assertThat(interrupted.failure()).isInstanceOf(InterruptedException.class);

    throttle.leave();

    assertThat(throttle.enter()).isZero();
  }

  @Test
  void neverAreMoreInFlightThanAllowedWhateverHappens() throws Exception {
    Throttle throttle = new Throttle(5, Timing.REAL, end);
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Caller> workers = new ArrayList<>();
    for (int worker = 0; worker < 12; worker++) {
      int number = worker;
      workers.add(
          new Caller(
              () -> {
                for (int i = 0; i < 200; i++) {
                  long seen = throttle.enter();
                  most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                  Thread.onSpinWait();
                  inFlight.decrementAndGet();
                  if ((i + number) % 17 == 0) {
                    throttle.slowDown(seen, Duration.ofNanos(1000));
                  } else {
                    throttle.succeeded();
                  }
                  throttle.leave();
                }
                return 0L;
              }));
    }
    for (Caller worker : workers) {
      assertThat(worker.answer()).isZero();
    }

    assertThat(most.get()).isBetween(1, 5);
    assertThat(throttle.limit()).isBetween(1, 5);
    assertThat(inFlight).hasValue(0);
  }

  /** A throttle in a time that passes only by waiting. */
  private Throttle throttle(int most) {
    return new Throttle(most, new RecordedTiming(waits), end);
  }

  private static List<Long> enter(Throttle throttle, int times) throws InterruptedException {
    List<Long> seen = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      seen.add(throttle.enter());
    }
    return seen;
  }

  /** Somebody who calls on a thread of their own. */
  private static final class Caller {
    private final FutureTask<Long> task;
    private final Thread thread;

    Caller(Callable<Long> call) {
      task = new FutureTask<>(call);
      thread = new Thread(task, "caller");
      thread.setDaemon(true);
      thread.start();
    }

    void interrupt() {
      thread.interrupt();
    }

    long answer() throws Exception {
      return task.get(15, TimeUnit.MINUTES);
    }

    Throwable failure() throws InterruptedException {
      try {
        throw new AssertionError("it answered " + task.get(15, TimeUnit.MINUTES));
      } catch (ExecutionException e) {
        return e.getCause();
      } catch (TimeoutException e) {
        throw new AssertionError("it still waits", e);
      }
    }

    void awaitState(Thread.State state) throws InterruptedException {
      while (thread.getState() != state) {
        Thread.sleep(1);
      }
    }

    /** What is not to happen gets a little time to happen in. */
    void staysIn(Thread.State state) throws InterruptedException {
      Thread.sleep(20);
      awaitState(state);
      assertThat(task.isDone()).isFalse();
    }

    /** Waits until that many have their answers. */
    static void awaitAnswers(List<Caller> callers, int atLeast) throws InterruptedException {
      while (callers.stream().filter(caller -> caller.task.isDone()).count() < atLeast) {
        Thread.sleep(1);
      }
    }
  }
}
