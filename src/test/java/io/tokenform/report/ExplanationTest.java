package io.tokenform.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.finding.Code;
import io.tokenform.report.text.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExplanationTest {
  private static final Path ENTRIES = Path.of("src/main/resources/io/tokenform/report/explain");

  @Test
  void everyEntryHasItsCodeAndEveryCodeItsEntry() throws IOException {
    try (Stream<Path> entries = Files.list(ENTRIES)) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Code.words().stream().map(word -> word + ".txt").toList());
    }
  }

  @ParameterizedTest
  @MethodSource("io.tokenform.finding.Code#values")
  void anEntryIsATitleAndATextForAnyTerminal(Code code) throws IOException {
    List<String> lines = Files.readAllLines(ENTRIES.resolve(code.word() + ".txt"));

    assertThat(lines).allMatch(line -> line.matches("([ -~]{0,77}[!-~])?"));
    assertThat(lines.get(0)).matches("[A-Z].*[^.]");
    assertThat(lines.get(1)).isEmpty();
    assertThat(lines.get(2)).isNotEmpty();
    assertThat(lines.get(lines.size() - 1)).isNotEmpty();
    assertThat(Explanation.of(code).render(Style.PLAIN))
        .isEqualTo(code.word() + ": " + String.join("\n", lines) + "\n");
  }

  @Test
  void theTitleAloneIsEmphasized() {
    assertThat(Explanation.of(Code.TOO_DEEP).render(Style.COLOURED))
        .startsWith("\u001b[1mtoo-deep: Values are nested more than 64 deep\u001b[0m\n\nA policy");
  }

  @Test
  void theListHasALineForEachCode() {
    assertThat(Explanation.list().lines())
        .hasSize(Code.values().size())
        .allMatch(line -> line.length() <= 78)
        .contains(
            "unreadable-file        A policy file cannot be read",
            "ambiguous-description  A description does not identify one token");
  }
}
