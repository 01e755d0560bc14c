package io.tokenform.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Standard output or standard error of this process, which tells a reader that has ended from a
 * disk that is full. What the system calls each of them is in the user's language, so it is asked
 * what the stream is: a pipe and a socket have a reader.
 */
public final class StandardStream extends OutputStream {
  // POSIX, sys/stat.h: the part of the mode that is the file's type.
  private static final int TYPE = 0xF000;
  private static final int PIPE = 0x1000;
  private static final int SOCKET = 0xC000;

  /** How a Unix says it in English, and how Windows does. */
  private static final Set<String> OF_A_PIPE =
      Set.of("Broken pipe", "The pipe is being closed", "The pipe has been ended");

  private final FileOutputStream stream;
  private final Path path;

  private StandardStream(FileDescriptor descriptor, int number) {
    this.stream = new FileOutputStream(descriptor);
    this.path = Path.of("/dev/fd/" + number);
  }

  public static StandardStream out() {
    return new StandardStream(FileDescriptor.out, 1);
  }

  public static StandardStream err() {
    return new StandardStream(FileDescriptor.err, 2);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  /**
   * @throws ClosedPipeException if its reader has ended
   */
  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      stream.write(bytes, offset, length);
    } catch (IOException e) {
      throw hasReader(e) ? new ClosedPipeException(e) : e;
    }
  }

  private boolean hasReader(IOException e) {
    try {
      int type = (Integer) Files.getAttribute(path, "unix:mode") & TYPE;
      return type == PIPE || type == SOCKET;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException another) {
      // A system without that file or that attribute.
      return OF_A_PIPE.contains(String.valueOf(e.getMessage()));
    }
  }
}
