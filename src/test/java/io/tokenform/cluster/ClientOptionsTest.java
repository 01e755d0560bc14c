package io.tokenform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientOptionsTest {
  @ParameterizedTest
  @CsvSource({"16, 4", "64, 4", "128, 8", "1024, 64", "4096, 256", "65536, 256"})
  void oneOfManyClustersGetsAPartOfTheMemory(long memory, long bound) {
    ClientOptions options = ClientOptions.withTimeout(ClientOptions.DEFAULT_TIMEOUT);

    ClientOptions one = options.amongOthers(memory << 20);

    assertThat(one.longestAnswer()).isEqualTo(bound << 20);
    assertThat(one.isBoundByMemory()).isEqualTo(bound < 256);
    assertThat(options.isBoundByMemory()).isFalse();
  }
}
