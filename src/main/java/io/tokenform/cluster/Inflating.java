package io.tokenform.cluster;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Undoes the content codings {@code gzip} and {@code deflate}. The library's classes for that call
 * themselves again for each empty part of a stream, and so a short answer can use up the stack.
 */
final class Inflating extends InputStream {
  private static final int BUFFER = 8192;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int HEADER_CHECKSUM = 2;

  private final PushbackInputStream in;
  private final String coding;
  private final boolean isGzip;
  private final long longest;
  private final byte[] buffer = new byte[BUFFER];
  private final CRC32 checksum = new CRC32();
  private Inflater inflater;
  private int given;
  private long taken;
  private long length;
  private boolean ended;

  /**
   * @param coding one that is {@linkplain #knows known}
   * @param longest how many bytes may be taken from {@code in}
   */
  Inflating(InputStream in, String coding, long longest) {
    this.in = new PushbackInputStream(in, BUFFER);
    this.coding = coding;
    this.isGzip = !coding.equals("deflate");
    this.longest = longest;
  }

  /** Whether a content coding, in small letters, is undone here. */
  static boolean knows(String coding) {
    return coding.equals("gzip") || coding.equals("x-gzip") || coding.equals("deflate");
  }

  /** The content is not in the coding that its header names. The message says so. */
  static final class WrongCodingException extends IOException {
    private static final long serialVersionUID = 1L;

    private WrongCodingException(String coding, Throwable cause) {
      super("the answer is not in the content coding " + coding + ", as it says it is", cause);
    }
  }

  /** There is more of it than may be read. */
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (inflater == null) {
      begin();
    }
    while (!ended) {
      int read;
      try {
        read = inflater.inflate(bytes, offset, count);
      } catch (DataFormatException e) {
        throw new WrongCodingException(coding, e);
      }
      if (read > 0) {
        checksum.update(bytes, offset, read);
        length += read;
        return read;
      }
      if (inflater.finished()) {
        endPart();
      } else if (inflater.needsDictionary()) {
        throw new WrongCodingException(coding, null);
      } else {
        give();
      }
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    if (inflater != null) {
      inflater.end();
    }
    in.close();
  }

  private void begin() throws IOException {
    int first = in.read();
    if (first < 0) {
      // Nothing at all is nothing in any coding.
      inflater = new Inflater(true);
      ended = true;
      return;
    }
    in.unread(first);
    if (isGzip) {
      header();
      inflater = new Inflater(true);
    } else {
      // Some servers send what is inside of the format that the coding is named for.
      inflater = new Inflater(!startsZlib());
    }
  }

  /** RFC 1950, 2.2. */
  private boolean startsZlib() throws IOException {
    int first = next();
    int second = in.read();
    if (second >= 0) {
      in.unread(second);
    }
    in.unread(first);
    return (first & 0x0f) == 8 && second >= 0 && (first * 256 + second) % 31 == 0;
  }

  /** RFC 1952, 2.3. */
  private void header() throws IOException {
    if (next() != 0x1f || next() != 0x8b || next() != 8) {
      throw new WrongCodingException(coding, null);
    }
    int flags = next();
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(next() + next() * 256);
    }
    for (int flag : new int[] {NAME, COMMENT}) {
      if ((flags & flag) != 0) {
        while (next() != 0) {
          // Nobody asks what it was called.
        }
      }
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      skip(2);
    }
  }

  private void endPart() throws IOException {
    int left = inflater.getRemaining();
    in.unread(buffer, given - left, left);
    taken -= left;
    if (isGzip && (number() != checksum.getValue() || number() != (length & 0xffffffffL))) {
      throw new WrongCodingException(coding, null);
    }
    int more = in.read();
    if (more < 0) {
      ended = true;
    } else if (isGzip) {
      in.unread(more);
      header();
      inflater.reset();
      checksum.reset();
      length = 0;
    } else {
      throw new WrongCodingException(coding, null);
    }
  }

  private void give() throws IOException {
    given = in.read(buffer);
    if (given < 0) {
      throw new EOFException("the end of the " + coding + " is missing");
    }
    take(given);
    inflater.setInput(buffer, 0, given);
  }

  private long number() throws IOException {
    long number = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      number |= (long) next() << shift;
    }
    return number;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  private int next() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException("the end of the " + coding + " is missing");
    }
    take(1);
    return next;
  }

  private void take(int count) throws IOException {
    taken += count;
    if (taken > longest) {
      throw new TooLongException();
    }
  }
}
