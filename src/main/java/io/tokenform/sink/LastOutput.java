package io.tokenform.sink;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.tokenform.access.Masking;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The end of what a command prints. It takes all that is printed, so that no command waits for a
 * reader, and keeps a bounded part of it, however much that is.
 */
final class LastOutput {
  /** So many bytes are kept. */
  static final int KEPT = 8 << 10;

  /**
   * So many of them are not shown where something was dropped before them: they may begin inside of
   * a secret, whose rest nobody would recognize.
   */
  private static final int CONTEXT = 1 << 10;

  /** So much is shown. */
  static final int MOST_LINES = 5;

  static final int MOST_CHARACTERS = 500;

  /** Colours and the like (ECMA-48, control sequences and operating system commands). */
  private static final Pattern TERMINAL_CODES =
      Pattern.compile("\\x1B(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\x07\\x1B]*(?:\\x07|\\x1B\\\\)|[@-_])");

  @GuardedBy("this")
  private final byte[] ring = new byte[KEPT];

  @GuardedBy("this")
  private long taken;

  /** Takes everything until the stream ends or breaks. */
  void take(InputStream stream) {
    byte[] buffer = new byte[4096];
    try {
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        add(buffer, n);
      }
    } catch (IOException e) {
      // It was closed: what there is has been taken.
    }
  }

  synchronized void add(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      ring[(int) (taken % KEPT)] = bytes[i];
      taken++;
    }
  }

  private synchronized byte[] kept() {
    int size = (int) Math.min(taken, KEPT);
    byte[] kept = new byte[size];
    for (int i = 0; i < size; i++) {
      kept[i] = ring[(int) ((taken - size + i) % KEPT)];
    }
    return kept;
  }

  private synchronized boolean isCut() {
    return taken > KEPT;
  }

  /**
   * The last lines in one, masked and printable; empty where nothing was printed.
   *
   * @param masking knows the secrets of the run, and the one that the command got
   */
  String text(Masking masking) {
    boolean cut = isCut();
    String text = new String(kept(), StandardCharsets.UTF_8);
    if (cut) {
      text = text.substring(startOfWhole(text, masking));
    }
    // Once more without the codes: they may stand inside of a secret.
    String masked = masking.mask(TERMINAL_CODES.matcher(masking.mask(text)).replaceAll(""));
    List<String> lines =
        masked.lines().map(LastOutput::printable).filter(line -> !line.isEmpty()).toList();
    String last =
        masking.mask(
            lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()).stream()
                .collect(Collectors.joining(" | ")));
    int length = last.codePointCount(0, last.length());
    return length <= MOST_CHARACTERS
        ? last
        : "…" + last.substring(last.offsetByCodePoints(0, length - MOST_CHARACTERS));
  }

  /** Where a text whose beginning was dropped can be read, outside of every secret. */
  private static int startOfWhole(String text, Masking masking) {
    int start = Math.min(CONTEXT, text.length());
    for (Masking.Span secret : masking.find(text)) {
      if (secret.start() < start && start < secret.end()) {
        start = secret.end();
      }
    }
    return start;
  }

  private static String printable(String line) {
    return line.replace('\t', ' ')
        .codePoints()
        .filter(LastOutput::isVisible)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .strip();
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
