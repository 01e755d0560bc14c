package io.tokenform.cluster;

import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** A proxy answered, and made no way to the cluster. */
final class ProxyRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  ProxyRefusedException(ClassicHttpResponse answer) {
    super(("the proxy answered " + answer.getCode() + " " + reason(answer)).strip());
    this.status = answer.getCode();
  }

  private static String reason(ClassicHttpResponse answer) {
    return answer.getReasonPhrase() == null ? "" : answer.getReasonPhrase();
  }

  int status() {
    return status;
  }
}
