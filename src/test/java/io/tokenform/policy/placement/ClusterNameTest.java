package io.tokenform.policy.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterNameTest {
  @ParameterizedTest
  @CsvSource({
    "prod-eu, PROD_EU",
    "Prod_EU, PROD_EU",
    "prod.eu, PROD_EU",
    "prod1, PROD1",
    "1, 1",
    "a--b, A__B",
  })
  void aNameMakesAVariable(String name, String variable) {
    assertThat(new ClusterName(name).variable())
        .isEqualTo("INFLUX_DB_MANAGEMENT_TOKEN_" + variable);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "a b", "-a", ".a", "_a", "a/b", "a\n", "\u00fc", "a*", "a=b", "..", "\u0131"
      })
  void whatIsNoPartOfAFileOrAVariableIsNoName(String name) {
    assertThatThrownBy(() -> new ClusterName(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cluster's name");
  }

  @Test
  void aNameHasAtMost64Characters() {
    assertThat(new ClusterName("a".repeat(64))).hasToString("a".repeat(64));
    assertThatThrownBy(() -> new ClusterName("a".repeat(65))).hasMessageContaining("at most 64");
  }
}
