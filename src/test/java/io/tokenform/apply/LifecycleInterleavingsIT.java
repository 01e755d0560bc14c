package io.tokenform.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same where one of both dies, loses an answer or has its sink fail, wherever that can be. */
@Timeout(600)
class LifecycleInterleavingsIT {
  @TempDir Path folder;

  @ParameterizedTest(name = "rotation {0}, ties {1}")
  @CsvSource({"false, false", "true, false", "false, true", "true, true"})
  void withAMisfortuneInEveryOrderOneTokenIsInUseAndTheSinkHasItsSecret(
      boolean isRotation, boolean areTies) throws Exception {
    LifecycleInterleavings all = new LifecycleInterleavings(folder, isRotation, areTies, true);

    all.explore();
    System.out.printf(
        "Interleavings: %d orders, rotation %s, ties %s%n", all.orders, isRotation, areTies);

    assertThat(all.orders).isGreaterThan(20);
  }
}
