package io.tokenform.cluster;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** An answer's body of which the beginning is copied while it is read; the rest is counted. */
final class BodyCopy extends HttpEntityWrapper {
  private final int longest;
  private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
  private long length;

  /**
   * @param longest how many bytes are copied
   */
  BodyCopy(HttpEntity body, int longest) {
    super(body);
    this.longest = longest;
  }

  byte[] beginning() {
    return beginning.toByteArray();
  }

  /** How many bytes were read in all. */
  long length() {
    return length;
  }

  /** Copies what has arrived and nobody has read, such as a web page; it waits for nothing. */
  void readWhatIsThere() {
    try {
      InputStream content = getContent();
      byte[] some = new byte[4096];
      while (beginning.size() < longest && content.available() > 0) {
        if (content.read(some) < 0) {
          return;
        }
      }
    } catch (IOException e) {
      // A body that is cut off is copied as far as it goes.
    }
  }

  @Override
  public InputStream getContent() throws IOException {
    return new FilterInputStream(super.getContent()) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
      }

      @Override
      public int read(byte[] bytes, int offset, int count) throws IOException {
        int read = super.read(bytes, offset, count);
        if (read > 0) {
          beginning.write(bytes, offset, Math.min(read, longest - beginning.size()));
          length += read;
        }
        return read;
      }
    };
  }
}
