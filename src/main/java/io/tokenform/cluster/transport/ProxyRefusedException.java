package io.tokenform.cluster.transport;

import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** A proxy answered, and made no way to the cluster. */
public final class ProxyRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  ProxyRefusedException(ClassicHttpResponse answer) {
    super(("the proxy answered " + answer.getCode() + " " + reason(answer)).strip());
    this.status = answer.getCode();
  }

  private static String reason(ClassicHttpResponse answer) {
    return answer.getReasonPhrase() == null ? "" : answer.getReasonPhrase();
  }

  public int status() {
    return status;
  }
}
