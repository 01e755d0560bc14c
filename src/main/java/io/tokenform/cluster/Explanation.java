package io.tokenform.cluster;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;

/** What an answer that is no success says for itself, in the server's words. */
final class Explanation {
  /** An error's body holds its message; what lies beyond these bytes is not read. */
  private static final int LONGEST = 64 << 10;

  private Explanation() {}

  /** The best there is: the body's message, else the reason beside the status, which may be "". */
  static String of(ClassicHttpResponse response, JsonFactory json) {
    Header location = response.getFirstHeader(HttpHeaders.LOCATION);
    if (response.getCode() / 100 == 3 && location != null) {
      return "redirect to " + location.getValue();
    }
    String phrase = response.getReasonPhrase() == null ? "" : response.getReasonPhrase();
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return phrase;
    }
    Optional<String> coding = ContentCodings.unknown(response);
    if (coding.isPresent()) {
      return phrase + " (its text is in the content coding " + coding.get() + ")";
    }
    try {
      // Reading a short body to its end also lets the connection be used again.
      byte[] body = entity.getContent().readNBytes(LONGEST);
      if (Beginning.of(entity.getContentType(), new ByteArrayInputStream(body)) == Beginning.PAGE) {
        return phrase + " (an HTML page" + title(body).map(text -> ": " + text).orElse("") + ")";
      }
      return message(json, body, entity.getContentType()).orElse(phrase);
    } catch (IOException e) {
      // The status says enough; its explanation could not be read.
      return phrase;
    }
  }

  private static Optional<String> message(JsonFactory json, byte[] body, String contentType)
      throws IOException {
    InputStream in = new ByteArrayInputStream(body);
    try (JsonParser parser = Charsets.parser(json, in, contentType)) {
      return TokenJson.readMessage(parser);
    } catch (IOException e) {
      if (!Charsets.isNotUnicode(e)) {
        throw e;
      }
    }
    // A few letters that are wrong are better than no words at all.
    in = new ByteArrayInputStream(body);
    try (JsonParser parser =
        json.createParser(new InputStreamReader(in, StandardCharsets.ISO_8859_1))) {
      return TokenJson.readMessage(parser);
    }
  }

  /** What a page calls itself; of some servers these are the only words that tell. */
  private static Optional<String> title(byte[] page) {
    String text = new String(page, StandardCharsets.UTF_8);
    String small = text.toLowerCase(Locale.ROOT);
    int start = small.indexOf("<title>");
    int end = small.indexOf("</title>", Math.max(0, start));
    if (start < 0 || end < 0 || small.length() != text.length()) {
      return Optional.empty();
    }
    return Optional.of(text.substring(start + "<title>".length(), end).strip())
        .filter(title -> !title.isEmpty());
  }
}
