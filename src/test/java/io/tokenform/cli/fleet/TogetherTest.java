package io.tokenform.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TogetherTest {
  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theResultsStandInTheirOrderWhateverEndsFirst() throws InterruptedException {
    CountDownLatch last = new CountDownLatch(1);
    List<Integer> ended = new ArrayList<>();
    List<String> results =
        Together.map(
            List.of(1, 2, 3),
            3,
            number -> {
              if (number == 3) {
                last.countDown();
              } else {
                await(last);
              }
              return "result " + number;
            },
            ended::add);
    assertThat(results).containsExactly("result 1", "result 2", "result 3");
    assertThat(ended).containsExactly(1, 2, 3);
  }

  @Test
  void noMoreThanTheBoundAreWorkedOnAtATimeAndSoManyAre() throws InterruptedException {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch both = new CountDownLatch(2);
    Together.map(
        IntStream.range(0, 20).boxed().toList(),
        2,
        number -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          both.countDown();
          await(both);
          return now.decrementAndGet();
        },
        number -> {});
    assertThat(most).hasValue(2);
  }

  @Test
  void nothingNeedsNoThread() throws InterruptedException {
    assertThat(Together.map(List.of(), 16, thing -> thing, thing -> {})).isEmpty();
  }

  @Test
  void whatIsThrownIsThrownAsItIs() {
    IllegalArgumentException fault = new IllegalArgumentException("no");
    assertThatThrownBy(
            () ->
                Together.map(
                    List.of(1),
                    1,
                    number -> {
                      throw fault;
                    },
                    number -> {}))
        .isSameAs(fault);
    AssertionError error = new AssertionError("no");
    assertThatThrownBy(
            () ->
                Together.map(
                    List.of(1),
                    1,
                    number -> {
                      throw error;
                    },
                    number -> {}))
        .isSameAs(error);
  }

  @Test
  void anInterruptEndsTheWorkToo() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(1);
    Thread caller =
        new Thread(
            () -> {
              try {
                Together.map(
                    List.of(1),
                    1,
                    number -> {
                      begun.countDown();
                      try {
                        new CountDownLatch(1).await();
                      } catch (InterruptedException e) {
                        interrupted.countDown();
                      }
                      return number;
                    },
                    number -> {});
              } catch (InterruptedException e) {
                told.countDown();
              }
            });
    caller.start();
    begun.await();
    caller.interrupt();
    interrupted.await();
    told.await();
    caller.join();
    assertThat(told.getCount()).isZero();
  }
}
