package io.tokenform.policy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Random mutants of policies: the same seed and originals give the same mutants. */
final class Mutants {
  private static final List<String> PIECES =
      List.of(
          "\n",
          "\r\n",
          "\r",
          "\t",
          " ",
          "  ",
          ":",
          ": ",
          "- ",
          "? ",
          "[",
          "]",
          "{",
          "}",
          ",",
          "&x",
          "*x",
          "*",
          "&",
          "!",
          "!!str ",
          "!!null ",
          "!<%20>",
          "!%",
          "\"",
          "'",
          "|",
          ">-",
          "|9",
          "#",
          " #",
          "%",
          "%YAML 1.1\n",
          "---\n",
          "...\n",
          "@",
          "`",
          "\\",
          "\\x",
          "\\U",
          "\\UFFFFFFFF",
          "\\ud800",
          "~",
          "<<",
          "1",
          "-1",
          "1e3",
          "true",
          "version",
          "tokens",
          "\u0000",
          "\u0007",
          "\u0085",
          "\u2028",
          "\ufeff",
          "\u202e",
          "\ud83d\ude00",
          "e\u0301",
          "\uffff",
          "apiv1_0123456789abcdef",
          "\"\\x61piv1_0123456789abcdef\"");

  private final Random random;
  private final List<String> originals;

  Mutants(long seed, List<String> originals) {
    this.random = new Random(seed);
    this.originals = List.copyOf(originals);
  }

  /** An original with up to six changes, mostly to its text and at times to its bytes. */
  byte[] next() {
    String original = originals.get(random.nextInt(originals.size()));
    StringBuilder text = new StringBuilder(original);
    if (random.nextInt(4) == 0) {
      text = new StringBuilder(original.replace("\n", random.nextBoolean() ? "\r\n" : "\r"));
    }
    for (int i = random.nextInt(6); i >= 0; i--) {
      int from = random.nextInt(text.length() + 1);
      int to = Math.min(text.length(), from + random.nextInt(12));
      switch (random.nextInt(5)) {
        case 0 -> text.delete(from, to);
        case 1 -> text.insert(random.nextInt(text.length() + 1), text.substring(from, to));
        case 2 -> text.setLength(Math.max(from, 20));
        default -> text.insert(from, PIECES.get(random.nextInt(PIECES.size())));
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0 && random.nextInt(10) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }
}
