package io.tokenform.cluster.transport;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;

/** A proxy answered, and made no way to the cluster. */
public final class ProxyRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private static final int MOST_SCHEMES = 5;

  private final int status;
  private final transient List<String> schemes;

  ProxyRefusedException(ClassicHttpResponse answer) {
    super(("the proxy answered " + answer.getCode() + " " + reason(answer)).strip());
    this.status = answer.getCode();
    this.schemes = schemes(answer);
  }

  private static String reason(ClassicHttpResponse answer) {
    return answer.getReasonPhrase() == null ? "" : answer.getReasonPhrase();
  }

  public int status() {
    return status;
  }

  /** How one may log in there, as in {@code Basic} and {@code NTLM}; a few short words. */
  public List<String> schemes() {
    return schemes;
  }

  /** Whether it may be content with a user and a password; one that says nothing may be. */
  public boolean acceptsPassword() {
    return schemes.isEmpty() || schemes.stream().anyMatch("Basic"::equalsIgnoreCase);
  }

  /**
   * RFC 9110, 11.6.1: several challenges may stand in a header, each with parameters or a token.
   */
  private static List<String> schemes(ClassicHttpResponse answer) {
    List<String> schemes = new ArrayList<>();
    for (Header header : answer.getHeaders(HttpHeaders.PROXY_AUTHENTICATE)) {
      String unquoted = String.valueOf(header.getValue()).replaceAll("\"[^\"]*\"", "");
      for (String challenge : unquoted.split(",", -1)) {
        String word = challenge.strip().split("\\s", 2)[0];
        if (word.matches("[A-Za-z][A-Za-z0-9-]{0,29}")
            && !schemes.contains(word)
            && schemes.size() < MOST_SCHEMES) {
          schemes.add(word);
        }
      }
    }
    return List.copyOf(schemes);
  }
}
