package io.tokenform.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads files that somebody names, up to a limit. Such a path may lead to a device or a pipe that
 * has no end, or to a file that has no size although there is something in it; so the size is not
 * asked, and what is read is counted.
 */
public final class BoundedFile {
  private static final int MEBIBYTE = 1024 * 1024;

  /** How much is read at a time. */
  private static final int PART = 1 << 16;

  private BoundedFile() {}

  /**
   * All that a file holds.
   *
   * @param limit the most that it may hold, in bytes
   * @throws TooLargeException if it holds more
   */
  public static byte[] read(Path file, int limit) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, limit);
    }
  }

  /**
   * The same of a file that stands in a folder: whoever made the folder may have put a pipe there,
   * which nobody writes to.
   *
   * @throws TooLargeException if it holds more
   * @throws IOException if it is no regular file
   */
  public static byte[] readRegular(Path file, int limit) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new FileSystemException(file.toString(), null, "it is not a regular file");
    }
    return read(file, limit);
  }

  /**
   * All that a stream gives until its end; it is not closed.
   *
   * @param limit the most that it may give, in bytes
   * @throws TooLargeException if it gives more
   */
  public static byte[] read(InputStream in, int limit) throws IOException {
    List<byte[]> parts = new ArrayList<>();
    int size = 0;
    for (byte[] part = in.readNBytes(PART); part.length > 0; part = in.readNBytes(PART)) {
      if (part.length > limit - size) {
        throw new TooLargeException(limit);
      }
      size += part.length;
      parts.add(part);
    }
    byte[] all = new byte[size];
    int to = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, to, part.length);
      to += part.length;
    }
    return all;
  }

  /** There is more than may be read. The message says how much that is, as in "it has more". */
  public static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    private TooLargeException(int limit) {
      super("it has more than " + size(limit));
    }

    private static String size(int limit) {
      return limit % MEBIBYTE == 0 ? limit / MEBIBYTE + " MiB" : limit / 1024 + " KiB";
    }
  }
}
