package io.tokenform.apply;

import io.tokenform.apply.journal.Stop;
import io.tokenform.cluster.ManagementApi;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Whether an apply has to end before its time, and why. It may be used by any thread. */
final class StopSignal {
  private final ManagementApi api;
  private final AtomicReference<Stop> reason = new AtomicReference<>();

  StopSignal(ManagementApi api) {
    this.api = api;
  }

  /** Stops; of several reasons the first counts, and an interrupt before all others. */
  void because(Stop stop) {
    if (stop instanceof Stop.Interrupted) {
      reason.set(stop);
    } else {
      reason.compareAndSet(null, stop);
    }
    api.stopChanges();
  }

  /** Ends what is still in flight then; its outcomes are unknown. */
  void giveUpAfter(Duration patience) {
    Thread clock =
        new Thread(
            () -> {
              try {
                Thread.sleep(patience.toMillis());
                api.close();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "apply-patience");
    clock.setDaemon(true);
    clock.start();
  }

  boolean isSet() {
    return reason.get() != null;
  }

  Optional<Stop> reason() {
    return Optional.ofNullable(reason.get());
  }
}
