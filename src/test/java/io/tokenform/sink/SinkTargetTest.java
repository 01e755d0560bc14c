package io.tokenform.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tokenform.access.TokenName;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens and clusters a sink can be told. */
class SinkTargetTest {
  private static SinkTarget target(String name, String cluster) {
    return new SinkTarget(new TokenName(name), cluster, Optional.empty(), "", Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "9", "checkout", "A.b_c-9", "a..b"})
  void aNameOfAFileIsTaken(String name) {
    assertThat(target(name, "c").name().value()).isEqualTo(name);
    assertThat(SinkTarget.mayBeDelivered(new TokenName(name))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", ".a", "-a", "_a", "a/b", "a b", "é", "a\\b", "a{b", "a:b"})
  void anyOtherNameIsRefused(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> target(name, "c"));
    assertThat(SinkTarget.mayBeDelivered(new TokenName(name))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prod-eu",
        "33333333-3333-4333-8333-333333333333",
        "localhost:8086",
        "[::1]:8086",
        "a.b"
      })
  void aClusterIsANameAnIdOrAHost(String cluster) {
    assertThat(target("a", cluster).cluster()).isEqualTo(cluster);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "..", ".a", "a/b", "/a", "a b", "a\nb", "a\\b", "a\0"})
  void aClusterThatCouldBeAnOptionOrAPathIsRefused(String cluster) {
    assertThatIllegalArgumentException().isThrownBy(() -> target("a", cluster));
  }
}
