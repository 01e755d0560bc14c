package io.tokenform.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two applies at once without a common lock, in every order of their calls. */
@Timeout(900)
class LifecycleInterleavingsTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "rotation {0}, ties {1}")
  @CsvSource({"true, false", "false, true"})
  void inEveryOrderOneTokenIsInUseAndTheSinkHasItsSecret(boolean isRotation, boolean areTies)
      throws Exception {
    LifecycleInterleavings all = new LifecycleInterleavings(folder, isRotation, areTies, false);

    all.explore();

    assertThat(all.orders).isGreaterThan(20);
    assertThat(all.bothGaveWay > 0).isEqualTo(areTies);
  }
}
