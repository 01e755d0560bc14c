package io.tokenform.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;

/** What goes there and comes back in one attempt of a call, as far as it has come. */
final class Exchange {
  private static final int LONGEST_ID = 100;

  /** The names that servers and the proxies before them give to a request's id. */
  private static final List<String> ID_HEADERS =
      List.of("X-Request-Id", "Request-Id", "X-Influxdb-Request-Id", "Trace-Id");

  private final Request request;
  private final int longestBody;
  private final Transcriber transcriber;

  private OptionalInt status = OptionalInt.empty();
  private Optional<String> requestId = Optional.empty();
  private BodyCopy body;

  /**
   * @param longestBody how many bytes of a body are written down; with 0, none is
   */
  Exchange(Request request, int longestBody, Transcriber transcriber) {
    this.request = request;
    this.longestBody = longestBody;
    this.transcriber = transcriber;
  }

  /** Notes an answer, before its body is read. */
  void answered(ClassicHttpResponse response) {
    status = OptionalInt.of(response.getCode());
    requestId = id(response);
    if (longestBody > 0 && response.getEntity() != null) {
      body = new BodyCopy(response.getEntity(), longestBody);
      response.setEntity(body);
    }
  }

  /** Notes that the answer is read no further. */
  void abandoned() {
    if (body != null) {
      body.readWhatIsThere();
    }
  }

  OptionalInt status() {
    return status;
  }

  Optional<String> requestId() {
    return requestId;
  }

  /** The bodies, where they are wanted. */
  Optional<Transcript> transcript() {
    if (longestBody == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Transcript(
            request.body().map(text -> write(text.getBytes(StandardCharsets.UTF_8))),
            Optional.ofNullable(body)
                .filter(copy -> copy.length() > 0)
                .map(copy -> transcriber.write(copy.beginning(), copy.length()))));
  }

  private String write(byte[] sent) {
    byte[] beginning = sent.length > longestBody ? Arrays.copyOf(sent, longestBody) : sent;
    return transcriber.write(beginning, sent.length);
  }

  private Optional<String> id(ClassicHttpResponse response) {
    for (String name : ID_HEADERS) {
      Header header = response.getFirstHeader(name);
      if (header != null && header.getValue() != null && !header.getValue().isBlank()) {
        String id = transcriber.mask(header.getValue().strip());
        return Optional.of(id.length() > LONGEST_ID ? id.substring(0, LONGEST_ID) : id);
      }
    }
    return Optional.empty();
  }
}
