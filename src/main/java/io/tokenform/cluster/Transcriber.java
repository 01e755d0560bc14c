package io.tokenform.cluster;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tokenform.access.Masking;
import io.tokenform.access.SecretShapes;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes bodies down so that they may be shown, without the secrets in them. */
final class Transcriber {
  /** An access token as a key's or a parameter's value in text that is not JSON, or JSON quoted. */
  private static final Pattern ACCESS_TOKEN =
      Pattern.compile(
          "(access[_-]?token[\\\\\"']*\\s*[:=]\\s*[\\\\\"']*)[^\\s\\\\\"'<>,;&{}\\[\\]]+",
          Pattern.CASE_INSENSITIVE);

  /** Where a secret that was cut off cannot go on. */
  private static final String OUTSIDE_OF_SECRETS = " \t\r\n\"'<>,;{}[]()";

  private final Masking masking;
  private final JsonFactory json;

  Transcriber(Masking masking, JsonFactory json) {
    this.masking = masking;
    this.json = json;
  }

  /**
   * Writes a body down.
   *
   * @param beginning its first bytes
   * @param length how many bytes it has in all
   */
  String write(byte[] beginning, long length) {
    boolean isCut = beginning.length < length;
    String text = startsJson(beginning) ? json(beginning, isCut) : text(beginning, isCut);
    return isCut ? text + " ... (" + beginning.length + " of " + length + " bytes)" : text;
  }

  /** A text without the secrets in it. */
  String mask(String text) {
    String masked = masking.mask(text);
    return ACCESS_TOKEN
        .matcher(masked)
        .replaceAll("$1" + Matcher.quoteReplacement(SecretShapes.MASK));
  }

  private static boolean startsJson(byte[] bytes) {
    for (byte each : bytes) {
      if (each > ' ') {
        return each == '{' || each == '[';
      }
    }
    return false;
  }

  /**
   * JSON anew, up to where it ends or makes no sense: a secret is found in whatever way it is
   * escaped, and half a string at the end is left out.
   */
  private String json(byte[] bytes, boolean isCut) {
    StringWriter out = new StringWriter();
    try (JsonParser from = json.createParser(bytes);
        JsonGenerator to = json.createGenerator(out)) {
      to.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
      while (from.nextToken() != null) {
        copy(from, to);
      }
    } catch (IOException e) {
      return isCut ? out.toString() : out + " ...";
    }
    return out.toString();
  }

  private void copy(JsonParser from, JsonGenerator to) throws IOException {
    switch (from.currentToken()) {
      case FIELD_NAME -> {
        String name = from.currentName();
        to.writeFieldName(mask(name));
        if (isAccessToken(name) && from.nextToken() != JsonToken.VALUE_NULL) {
          from.skipChildren();
          to.writeString(SecretShapes.MASK);
        } else if (isAccessToken(name)) {
          to.writeNull();
        }
      }
      case VALUE_STRING -> to.writeString(mask(from.getText()));
      default -> to.copyCurrentEvent(from);
    }
  }

  private static boolean isAccessToken(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[_-]", "").equals("accesstoken");
  }

  private String text(byte[] bytes, boolean isCut) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (!isCut) {
      return mask(text);
    }
    int end = text.length();
    while (end > 0 && OUTSIDE_OF_SECRETS.indexOf(text.charAt(end - 1)) < 0) {
      end--;
    }
    return mask(text.substring(0, end));
  }
}
