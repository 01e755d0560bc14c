package io.tokenform.apply.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the file name of a journal says: when its apply began, and of which plan. */
final class JournalName {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final Pattern FORM = Pattern.compile("\\d{8}T\\d{6}Z-.*");

  private static final int LENGTH_OF_TIME = "20260131T120000Z".length();

  /** So much of a plan's digest tells its journals apart. */
  private static final int DIGEST_DIGITS = 12;

  /**
   * Names tell the second; of the applies of one second, what was written last was begun last.
   * Where a file system's clock is too coarse to tell, the number in the name does: {@code -2} is
   * after none and before {@code -10}.
   */
  static final Comparator<Path> OLDEST_FIRST =
      Comparator.comparing(JournalName::second)
          .thenComparing(JournalName::lastWritten)
          .thenComparing(file -> file.toString().length())
          .thenComparing(Comparator.naturalOrder());

  private JournalName() {}

  /** The name, without its ending, of the journal with this header. */
  static String of(JournalHeader header) {
    String digest = header.planDigest();
    int start = digest.indexOf(':') + 1;
    return TIME.format(header.startedAt())
        + "-"
        + digest.substring(start, Math.min(digest.length(), start + DIGEST_DIGITS));
  }

  /** Whether the name has the form of a journal's. */
  static boolean isOne(Path file) {
    return !second(file).isEmpty();
  }

  /** The instant in the name. */
  static Optional<Instant> instant(Path file) {
    try {
      return Optional.of(second(file))
          .filter(text -> !text.isEmpty())
          .map(text -> TIME.parse(text, Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String second(Path file) {
    String name = file.getFileName().toString();
    return FORM.matcher(name).matches() ? name.substring(0, LENGTH_OF_TIME) : "";
  }

  private static FileTime lastWritten(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      // It is gone meanwhile, and its place in the order does not matter.
      return FileTime.fromMillis(0);
    }
  }
}
