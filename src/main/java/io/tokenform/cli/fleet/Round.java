package io.tokenform.cli.fleet;

import io.tokenform.access.Explained;
import io.tokenform.cli.console.Aside;
import io.tokenform.cli.console.Failure;
import io.tokenform.cli.console.Progress;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.UsageException;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.report.text.Counts;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The same work for each of several clusters, at the same time within bounds. What each of them
 * says is told in the order of the fleet, whatever ends first; and whatever fails for one of them
 * is that cluster's failure, and hides no other.
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
   * What is done for a cluster; may be done on any thread.
   *
   * @param <T> a cluster
   * @param <R> what comes of it
   */
  @FunctionalInterface
  public interface Work<T, R> {
    /**
     * The result.
     *
     * @param teller through what it speaks: others may speak at the same time
     */
    R of(T cluster, Run teller) throws Exception;
  }

  /**
   * What comes of a cluster whose work has failed.
   *
   * @param <T> a cluster
   * @param <R> what comes of it
   */
  @FunctionalInterface
  public interface Failed<T, R> {
    /**
     * The result.
     *
     * @param teller through what it speaks
     */
    R of(T cluster, Run teller, Failure failure);
  }

  /**
   * The results, in the order of the clusters.
   *
   * @param name what a cluster is called, for what it says at once
   * @param failed the result of a cluster whose work throws an exception, explained or not; only a
   *     wrong command line ends the round
   * @throws InterruptedException if the thread is interrupted; the work is, too
   */
  @SuppressWarnings("try") // The progress is told until the block ends.
  public <T, R> List<R> of(
      List<T> clusters, Function<T, String> name, Work<T, R> work, Failed<T, R> failed)
      throws InterruptedException {
    AtomicInteger done = new AtomicInteger();
    try (Progress progress =
        new Progress(
            run.console(), time -> done + " of " + clusters.size() + " clusters have answered")) {
      return quietly(
          clusters,
          name,
          (cluster, teller) -> {
            R result;
            try {
              result = work.of(cluster, teller);
            } catch (UsageException e) {
              throw e;
            } catch (Exception e) {
              result = failed.of(cluster, teller, failure(e, teller));
            }
            done.incrementAndGet();
            return result;
          });
    }
  }

  /** The same for work that has a progress of its own, and fails for no cluster. */
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

  /** Why something failed for one cluster; with --debug also the trace of what is a fault. */
  static Failure failure(Exception e, Run teller) {
    if (e instanceof InvalidPolicyException invalid) {
      List<Diagnostic> errors = invalid.findings().stream().filter(Diagnostic::isError).toList();
      return new Failure(
          "its policy has " + Counts.of(errors.size(), "error", "errors"),
          errors.stream()
              .findFirst()
              .map(error -> "\"tokenform explain " + error.code() + "\" says more"),
          invalid.findings());
    }
    if (!(e instanceof Explained) && teller.console().debugs()) {
      teller.console().trace(e);
    }
    return Failure.of(e);
  }

  /** A cluster, and what it says. */
  private record Told<T>(T cluster, Aside words) {}
}
