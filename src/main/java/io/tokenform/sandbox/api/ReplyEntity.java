package io.tokenform.sandbox.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** The body of one of the sandbox's own answers, of which perhaps not all is sent. */
public final class ReplyEntity extends AbstractHttpEntity {
  private final byte[] body;
  private final int sent;

  /**
   * @param sent how many of the body's bytes leave; the announced length is the whole body's
   */
  ReplyEntity(byte[] body, String contentType, int sent) {
    super(contentType, null);
    this.body = body;
    this.sent = sent;
  }

  /** Whether less is sent than is announced, so that the connection has to end with it. */
  public boolean isCut() {
    return sent < body.length;
  }

  @Override
  public long getContentLength() {
    return body.length;
  }

  @Override
  public InputStream getContent() {
    return new ByteArrayInputStream(body, 0, sent);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(body, 0, sent);
    out.flush();
  }

  @Override
  public boolean isStreaming() {
    return false;
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public void close() {
    // There is nothing to let go of.
  }
}
