package io.tokenform.cluster;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.core5.http.ContentType;

/**
 * Reads JSON in the charset that its header names. JSON is in UTF-8 (RFC 8259, 8.1), or in an
 * encoding of Unicode that the parser knows by its first bytes; some servers send another one and
 * say so.
 */
final class Charsets {
  private static final Set<Charset> DETECTED =
      Set.of(
          StandardCharsets.UTF_8,
          StandardCharsets.US_ASCII,
          StandardCharsets.UTF_16,
          StandardCharsets.UTF_16BE,
          StandardCharsets.UTF_16LE);

  private Charsets() {}

  /**
   * A parser for a body.
   *
   * @param contentType the header's value, or null
   */
  static JsonParser parser(JsonFactory json, InputStream body, String contentType)
      throws IOException {
    Optional<Charset> other = other(contentType);
    return other.isPresent()
        ? json.createParser(new InputStreamReader(body, other.get().newDecoder()))
        : json.createParser(body);
  }

  /** Whether a text could not be read because it is in another charset than it seems to be. */
  static boolean isNotUnicode(IOException e) {
    return e instanceof CharacterCodingException
        || e instanceof CharConversionException
        || (e instanceof JsonParseException malformed
            && malformed.getOriginalMessage().startsWith("Invalid UTF-8"));
  }

  /** What such a text should have been in. */
  static String expected(IOException e) {
    return e instanceof CharacterCodingException
        ? "the charset that its Content-Type names"
        : "UTF-8";
  }

  /** The charset that a header names, where it is not one that the parser finds by itself. */
  private static Optional<Charset> other(String contentType) {
    if (contentType == null || contentType.indexOf('=') < 0) {
      return Optional.empty();
    }
    return Optional.ofNullable(ContentType.parseLenient(contentType))
        .map(ContentType::getCharset)
        .filter(charset -> !DETECTED.contains(charset) && !charset.name().startsWith("UTF-32"));
  }
}
