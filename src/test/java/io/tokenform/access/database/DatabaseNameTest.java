package io.tokenform.access.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a database may be called. */
class DatabaseNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"orders", "sensor_data", "prod-metrics", "logs/application", "9", "Aa-_/0"})
  void namesThatTheVendorAllows(String name) {
    assertThat(new DatabaseName(name).value()).isEqualTo(name);
    assertThat(new DatabaseName(name).problemOfNew()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "my database, letters",
    "sensor.data, letters",
    "app@server, letters",
    "plátanos, letters",
    "a*, letters",
    "_internal, begin",
    "-a, begin",
    "/a, begin",
  })
  void namesThatNoNewDatabaseShouldGet(String name, String why) {
    assertThat(new DatabaseName(name).problemOfNew()).get().asString().contains(why);
  }

  @Test
  void oneHas1To64Characters() {
    assertThat(new DatabaseName("x".repeat(64)).value()).hasSize(64);
    assertThat(new DatabaseName("😀".repeat(64)).value()).hasSize(128);
    assertThatThrownBy(() -> new DatabaseName("x".repeat(65)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a database's name must have 1 to 64 characters, not 65");
    assertThatThrownBy(() -> new DatabaseName(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 0");
  }

  @Test
  void theStarIsNoName() {
    assertThatThrownBy(() -> new DatabaseName("*"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"*\" stands for all databases, and is the name of none");
  }

  @ParameterizedTest
  @ValueSource(strings = {".", ".."})
  void aPathMustBeAbleToNameIt(String name) {
    assertThatThrownBy(() -> new DatabaseName(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a database's name must not be \"" + name + "\", which a path cannot name");
    assertThat(new DatabaseName("...").value()).isEqualTo("...");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "\u0000", "a\u009b"})
  void controlCharactersAreRefused(String name) {
    assertThatThrownBy(() -> new DatabaseName(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("control characters");
  }

  @Test
  void caseMatters() {
    assertThat(new DatabaseName("orders"))
        .isNotEqualTo(new DatabaseName("Orders"))
        .isGreaterThan(new DatabaseName("Orders"))
        .isEqualTo(new DatabaseName("orders"))
        .hasSameHashCodeAs(new DatabaseName("orders"))
        .hasToString("orders");
  }
}
