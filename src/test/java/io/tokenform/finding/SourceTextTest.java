package io.tokenform.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenform.policy.PolicySource;
import io.tokenform.policy.Reading;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTextTest {
  @Test
  void linesEndAtAnyKindOfBreakAndAtNoOther() {
    SourceText source = new SourceText("p.yaml", "a\nb\r\nc\rd\u2028\u0085e\n");
    assertThat(source.line(1)).isEqualTo("a");
    assertThat(source.line(2)).isEqualTo("b");
    assertThat(source.line(3)).isEqualTo("c");
    assertThat(source.line(4)).isEqualTo("d\u2028\u0085e");
    assertThat(source.line(5)).isEmpty();
    assertThat(source.line(6)).isEmpty();
  }

  @Test
  void columnsCountCharactersAndNotUnits() {
    SourceText source = new SourceText("p.yaml", "\ud83d\ude00x\r\n\ud83d\ude00\ud83d\ude00y");
    assertThat(source.locate(2, 1)).hasToString("p.yaml:1:2");
    assertThat(source.locate(5, 1)).hasToString("p.yaml:2:1");
    assertThat(source.locate(9, 1)).hasToString("p.yaml:2:3");
    assertThat(source.locate(10, 1)).hasToString("p.yaml:2:4");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheText() throws InvalidPolicyException {
    SourceText source =
        PolicySource.decode("p.yaml", "\ufeffa\ufeff".getBytes(StandardCharsets.UTF_8));
    assertThat(source.content()).isEqualTo("a\ufeff");
    assertThat(source).hasToString("p.yaml");
  }

  @ParameterizedTest
  @CsvSource({
    "FF, 1:1",
    "FFFE6100, 1:1",
    "EFBBBF61FF, 1:2",
    "61620A63FF64, 2:2",
    "F09F98800D0AF09F9880FF, 2:2",
    "61C3, 1:2",
    "61F09F98, 1:2",
    "C080, 1:1",
    "EDA080, 1:1",
    "F4908080, 1:1",
    "610A80, 2:1",
  })
  void bytesThatAreNotUtf8AreRefusedAtTheFirst(String hex, String place) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThat(Reading.findings(bytes))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo(Code.NOT_UTF8);
              assertThat(finding.where()).hasToString("p.yaml:" + place);
              assertThat(finding.hint()).contains("save it as UTF-8");
            });
  }

  @Test
  void placesCountFromOne() {
    SourceText source = new SourceText("p.yaml", "a");
    assertThatThrownBy(() -> new Location(source, 0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Location(source, 1, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new Location(source, 1, 1, 0).length()).isEqualTo(1);
    assertThat(new Location(source, 7, 3, 1).fileAndLine()).isEqualTo("p.yaml:7");
  }
}
