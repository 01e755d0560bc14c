package io.tokenform.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same where one of both dies, loses an answer or has its sink fail, wherever that can be. */
@Timeout(1800)
class LifecycleInterleavingsIT {
  @TempDir Path folder;

  private static final long SEED = Long.getLong("interleavings.seed", System.nanoTime());
  private static final int SAMPLE = Integer.getInteger("interleavings.sample", 150);

  @Test
  void aCreationWithAMisfortuneIsTriedInEveryOrder() throws Exception {
    LifecycleInterleavings all = new LifecycleInterleavings(folder, false, false, true);

    all.explore();
    System.out.printf("Interleavings: %d orders of a creation%n", all.orders);

    assertThat(all.orders).isGreaterThan(20);
  }

  /** Of these there are very many; each run draws others. */
  @ParameterizedTest(name = "rotation {0}, ties {1}")
  @CsvSource({"true, false", "false, true", "true, true"})
  void othersWithAMisfortuneAreTriedInSomeOrders(boolean isRotation, boolean areTies)
      throws Exception {
    System.out.printf("Interleavings: %d orders from interleavings.seed=%d%n", SAMPLE, SEED);

    new LifecycleInterleavings(folder, isRotation, areTies, true).sample(SAMPLE, SEED);
  }
}
