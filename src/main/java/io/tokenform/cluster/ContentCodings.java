package io.tokenform.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * The codings that an answer's content is in (RFC 9110, 8.4). None is asked for, and some servers
 * and proxies use one all the same.
 */
final class ContentCodings {
  /** What asks for content as it is. */
  static final String IDENTITY = "identity";

  /** More than one is odd, and more than these is an attempt to tire the reader. */
  private static final int MOST = 3;

  private ContentCodings() {}

  /**
   * Takes the codings from an answer's body, where all of them are known; otherwise leaves it as it
   * is.
   *
   * @param longest how many bytes each coding may be given to undo, at least 1
   */
  static void undo(ClassicHttpResponse response, long longest) {
    List<String> codings = of(response);
    HttpEntity body = response.getEntity();
    if (codings.isEmpty() || body == null || unknown(response).isPresent()) {
      return;
    }
    Collections.reverse(codings);
    response.setEntity(new Decoded(body, codings, longest));
  }

  /** The codings that an answer is in, where they are more than can be undone here. */
  static Optional<String> unknown(ClassicHttpResponse response) {
    List<String> codings = of(response);
    boolean known = codings.size() <= MOST && codings.stream().allMatch(Inflating::knows);
    return known ? Optional.empty() : Optional.of(String.join(", ", codings));
  }

  /** In the order in which they were applied. */
  private static List<String> of(ClassicHttpResponse response) {
    List<String> codings = new ArrayList<>();
    for (Header header : response.getHeaders(HttpHeaders.CONTENT_ENCODING)) {
      for (String part : String.valueOf(header.getValue()).split(",", -1)) {
        String coding = part.strip().toLowerCase(Locale.ROOT);
        if (!coding.isEmpty() && !coding.equals(IDENTITY)) {
          codings.add(coding);
        }
      }
    }
    return codings;
  }

  /** A body without its codings. */
  private static final class Decoded extends HttpEntityWrapper {
    private final List<String> codings;
    private final long longest;
    private InputStream content;

    private Decoded(HttpEntity body, List<String> codings, long longest) {
      super(body);
      this.codings = codings;
      this.longest = longest;
    }

    @Override
    public InputStream getContent() throws IOException {
      if (content == null) {
        content = super.getContent();
        for (String coding : codings) {
          content = new Inflating(content, coding, longest);
        }
      }
      return content;
    }

    @Override
    public long getContentLength() {
      return -1;
    }
  }
}
