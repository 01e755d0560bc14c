package io.tokenform.cli.console;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A stream that remembers whether its reader has ended: a writer above it forgets the reason. */
final class WatchedStream extends FilterOutputStream {
  @GuardedBy("this")
  private boolean closed;

  WatchedStream(OutputStream stream) {
    super(stream);
  }

  /** Whether something did not reach the reader, because that has ended. */
  synchronized boolean hasLostReader() {
    return closed;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (ClosedPipeException e) {
      lose();
      throw e;
    }
  }

  private synchronized void lose() {
    closed = true;
  }
}
