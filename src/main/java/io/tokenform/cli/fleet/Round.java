package io.tokenform.cli.fleet;

import io.tokenform.cli.console.Aside;
import io.tokenform.cli.console.Progress;
import io.tokenform.cli.console.Run;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The same work for each of several clusters, at the same time within bounds. What each of them
 * says is told in the order of the fleet, whatever ends first.
 */
public final class Round {
  private final Run run;
  private final int most;

  /** A round that asks, and changes nothing: calls mostly wait. */
  public Round(Run run) {
    this(run, Together.MOST_CLUSTERS);
  }

  /**
   * @param most how many clusters are worked on at a time
   */
  Round(Run run, int most) {
    this.run = run;
    this.most = most;
  }

  /**
   * The results, in the order of the clusters.
   *
   * @param name what a cluster is called, for what it says at once
   * @param work fails for no cluster that can be foreseen; speaks through the run that it is given
   * @throws InterruptedException if the thread is interrupted; the work is, too
   */
  @SuppressWarnings("try") // The progress is told until the block ends.
  public <T, R> List<R> of(List<T> clusters, Function<T, String> name, BiFunction<T, Run, R> work)
      throws InterruptedException {
    AtomicInteger done = new AtomicInteger();
    try (Progress progress =
        new Progress(
            run.console(), time -> done + " of " + clusters.size() + " clusters have answered")) {
      return quietly(
          clusters,
          name,
          (cluster, teller) -> {
            R result = work.apply(cluster, teller);
            done.incrementAndGet();
            return result;
          });
    }
  }

  /** The same for work that has a progress of its own. */
  <T, R> List<R> quietly(List<T> clusters, Function<T, String> name, BiFunction<T, Run, R> work)
      throws InterruptedException {
    List<Told<T>> told =
        clusters.stream().map(one -> new Told<>(one, new Aside(name.apply(one)))).toList();
    return Together.map(
        told,
        most,
        one -> work.apply(one.cluster(), run.speakingTo(one.words())),
        one -> run.console().tell(one.words()));
  }

  /** A cluster, and what it says. */
  private record Told<T>(T cluster, Aside words) {}
}
