package io.tokenform.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FileDiffTest {
  private final FileDiff diff = new FileDiff(Style.PLAIN);

  @Test
  void whatIsTheSameHasNoDiff() {
    assertThat(diff.render("a", "b\nc\n", "b\nc\n")).isEmpty();
    assertThat(diff.render("a", "", "")).isEmpty();
  }

  @Test
  void aChangeHasThreeLinesOfContext() {
    String before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
    assertThat(diff.render("a", before, before.replace("5", "five")))
        .isEqualTo(
            """
            --- a
            +++ a
            @@ -2,7 +2,7 @@
             2
             3
             4
            -5
            +five
             6
             7
             8
            """);
  }

  @Test
  void aMissingLineBreakAtTheEndIsTold() {
    assertThat(diff.render("a", "b\nc", "b\nd"))
        .isEqualTo(
            """
            --- a
            +++ a
            @@ -1,2 +1,2 @@
             b
            -c
            \\ No newline at end of file
            +d
            \\ No newline at end of file
            """);
  }

  @Test
  void nothingThatATerminalObeysIsPrinted() {
    assertThat(diff.render("a\u001b", "\u001b[2J\n\u202e\tb\r\n", "--- c\n"))
        .isEqualTo(
            """
            --- a\\u001b
            +++ a\\u001b
            @@ -1,2 +1,1 @@
            -\\u001b[2J
            -\\u202e\\tb\\r
            +--- c
            """);
  }

  @Test
  void aSecretIsMasked() {
    String token = "apiv1_" + "5".repeat(30);
    String webToken = "eyJ" + "5".repeat(20) + "." + "5".repeat(20) + "." + "5".repeat(20);
    assertThat(diff.render("a", token + "\n" + webToken + "\n", " " + token + "\n"))
        .contains("-[secret]\n-[secret]\n+ [secret]\n")
        .doesNotContain("5555");
  }

  @Test
  void aTextThatChangesInMostLinesIsShownAsOneChange() {
    String before = lines(30_000, "-");
    assertThat(diff.render("a", "x\n" + before + "y\n", "x\n" + lines(30_000, "+") + "y\n"))
        .startsWith("--- a\n+++ a\n@@ -1,30002 +1,30002 @@\n x\n--0\n--1\n")
        .contains("\n--29999\n++0\n")
        .endsWith("\n++29999\n y\n");
  }

  private static String lines(int count, String start) {
    return IntStream.range(0, count).mapToObj(i -> start + i + "\n").collect(Collectors.joining());
  }
}
