package io.tokenform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.cluster.transport.Trust;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HeadStartTest {
  /** One that ends when it may. */
  private static final class HeldStep implements HeadStart.Step {
    private final CountDownLatch isBegun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @Override
    public void take() {
      isBegun.countDown();
      HeadStartTest.await(mayEnd);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noStepGoesWrongWhereJavaIsWell(HeadStart.Need need) throws Exception {
    for (HeadStart.Step step : need.steps()) {
      step.take();
    }
  }

  @Test
  void eachStepIsTakenOnce() {
    for (int round = 0; round < 50; round++) {
      List<AtomicInteger> taken = Stream.generate(AtomicInteger::new).limit(20).toList();

      HeadStart.begin(taken.stream().map(count -> (HeadStart.Step) count::incrementAndGet).toList())
          .await();

      assertThat(taken).allSatisfy(count -> assertThat(count).hasValue(1));
    }
  }

  @Test
  void theOtherStepsAreTakenByWhoeverWaits() throws Exception {
    HeldStep held = new HeldStep();
    AtomicReference<Thread> other = new AtomicReference<>();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      HeadStart headStart = HeadStart.begin(List.of(held, () -> other.set(Thread.currentThread())));
      await(held.isBegun);
      Future<Thread> waiting =
          executor.submit(
              () -> {
                headStart.await();
                return Thread.currentThread();
              });
      while (other.get() == null || other.get().getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      // A thread that did not wait for the step rests only when this is done.
      assertThat(waiting).isNotDone();

      held.mayEnd.countDown();

      assertThat(waiting.get()).isSameAs(other.get());
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void aStepThatFailsIsOver() {
    AtomicInteger after = new AtomicInteger();

    HeadStart.begin(
            List.of(
                () -> {
                  throw new IOException("no");
                },
                () -> {
                  throw new IllegalStateException("no");
                },
                () -> {
                  throw new NoClassDefFoundError("no");
                },
                after::incrementAndGet))
        .await();

    assertThat(after).hasValue(1);
  }

  @Test
  void anInterruptIsKeptForWhoeverWaits() throws Exception {
    HeldStep held = new HeldStep();
    HeadStart headStart = HeadStart.begin(List.of(held));
    await(held.isBegun);
    Thread here = Thread.currentThread();
    Thread helper =
        new Thread(
            () -> {
              while (here.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
              }
              held.mayEnd.countDown();
            });
    helper.setDaemon(true);
    helper.start();
    here.interrupt();

    headStart.await();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(held.mayEnd.getCount()).isZero();
  }

  @Test
  void withoutOneThereIsNothingToWaitFor() {
    HeadStart.none().await();
  }

  @Test
  void whomJavaTrustsIsReadOnce() {
    assertThat(Trust.usual()).isSameAs(Trust.usual());
  }

  private static void await(CountDownLatch latch) {
    boolean isOpen = false;
    while (!isOpen) {
      try {
        latch.await();
        isOpen = true;
      } catch (InterruptedException e) {
        // Only an open latch ends this.
      }
    }
  }
}
