package io.tokenform.sink;

import static io.tokenform.sink.SinkWorld.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Masking;
import io.tokenform.access.Secret;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is shown of the output of a command. */
class LastOutputTest {
  private static final Masking MASKING = new Masking();

  static {
    MASKING.keep(Secret.of(SECRET));
  }

  private static String text(String printed) {
    LastOutput output = new LastOutput();
    output.take(new ByteArrayInputStream(printed.getBytes(StandardCharsets.UTF_8)));
    return output.text(MASKING);
  }

  @Test
  void nothingPrintedIsAnEmptyText() {
    assertThat(text("")).isEmpty();
    assertThat(text(" \n\t\n\u001b[0m\n")).isEmpty();
  }

  @Test
  void theLastLinesBecomeOne() {
    assertThat(text("1\n2\r\n\n3\n4\n 5 \n6")).isEqualTo("2 | 3 | 4 | 5 | 6");
  }

  @ParameterizedTest
  @CsvSource({
    "an \u001b[1;31merror\u001b[0m: no, an error: no",
    "a \u001b]0;title\u0007text, a text",
    "a\u0000b\u0008c\u202Ed\u200Be, abcde",
    "a\tb, a b"
  })
  void onlyWhatCanBeSeenIsShown(String printed, String shown) {
    assertThat(text(printed)).isEqualTo(shown);
  }

  @Test
  void bytesThatAreNoTextAreShownAsSuch() {
    LastOutput output = new LastOutput();
    output.add(new byte[] {'a', (byte) 0xFF, 'b'}, 3);

    assertThat(output.text(MASKING)).isEqualTo("a\uFFFDb");
  }

  @Test
  void aSecretIsMaskedWhateverIsInsideOfIt() {
    String colours = SECRET.replace("9", "9\u001b[1m").replace("w", "w\b\0");

    assertThat(text("one " + SECRET + " two")).isEqualTo("one [secret] two");
    assertThat(text(colours)).matches("(\\[secret\\])+");
  }

  @Test
  void noPieceOfASecretIsShownWhereverTheOutputIsCut() {
    for (String end : new String[] {"", " ", "\n"}) {
      for (int size = 0; size <= SECRET.length() + 1; size++) {
        String printed = (SECRET + end).repeat(400) + "x".repeat(size);
        String shown = text(printed);

        // Secrets that touch are one, which may be all that was kept.
        assertThat(shown.isEmpty() && end.equals(" ")).isFalse();
        for (int i = 0; i + 4 <= SECRET.length(); i++) {
          assertThat(shown).doesNotContain(SECRET.substring(i, i + 4));
        }
      }
    }
  }

  @Test
  void aLongLineIsCutInFront() {
    String shown = text("a".repeat(600) + "🔑".repeat(LastOutput.MOST_CHARACTERS - 1) + "z");

    assertThat(shown).startsWith("…🔑").endsWith("🔑z");
    assertThat(shown.codePointCount(0, shown.length())).isEqualTo(LastOutput.MOST_CHARACTERS + 1);
  }
}
