package io.tokenform.apply;

import io.tokenform.access.ClusterAddress;
import io.tokenform.sink.Sinks;
import java.time.Duration;
import java.util.Objects;
import java.util.function.IntSupplier;

/**
 * What the makers of tokens need from outside.
 *
 * @param sinks makes the sinks that secrets go to
 * @param cluster what sinks call the cluster
 * @param random for nonces; it must not be predictable by others
 * @param pause lets time pass
 */
public record Deliveries(Sinks sinks, String cluster, IntSupplier random, Pause pause) {
  /** Lets time pass, unless something ends that. */
  @FunctionalInterface
  public interface Pause {
    /** The real one. */
    static void sleep(Duration time) throws InterruptedException {
      Thread.sleep(time.toMillis());
    }

    void pause(Duration time) throws InterruptedException;
  }

  public Deliveries {
    Objects.requireNonNull(sinks, "sinks");
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(random, "random");
    Objects.requireNonNull(pause, "pause");
  }

  /** What sinks call a cluster that is in no fleet: its id, else its host. */
  public static String name(ClusterAddress cluster) {
    return cluster.clusterId().map(Object::toString).orElse(cluster.url().host());
  }
}
