package io.tokenform.cli.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** Does the same for each of many, at the same time within a bound. */
final class Together {
  /** How many clusters are asked at a time. They wait for the network, and hardly for a core. */
  static final int MOST_CLUSTERS = 16;

  private Together() {}

  /**
   * The results, in the order of the things, whatever ends first.
   *
   * @param most how many are worked on at a time
   * @param work fails for no thing that can be foreseen; what it throws all the same, this throws
   * @param ended called for one thing after the other, in their order, once its work has ended
   * @throws InterruptedException if the thread is interrupted; the work is, too
   */
  static <T, R> List<R> map(List<T> things, int most, Function<T, R> work, Consumer<T> ended)
      throws InterruptedException {
    if (things.isEmpty()) {
      return List.of();
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.min(most, things.size()), Together::thread);
    try {
      List<Future<R>> running = new ArrayList<>();
      things.forEach(thing -> running.add(threads.submit(() -> work.apply(thing))));
      List<R> results = new ArrayList<>();
      for (int i = 0; i < running.size(); i++) {
        results.add(running.get(i).get());
        ended.accept(things.get(i));
      }
      return results;
    } catch (ExecutionException e) {
      throw unforeseen(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /** A process that ends need not wait for it. */
  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "cluster");
    thread.setDaemon(true);
    return thread;
  }

  private static RuntimeException unforeseen(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException("the work of a thread failed", cause);
  }
}
