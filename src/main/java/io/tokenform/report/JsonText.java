package io.tokenform.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.tokenform.access.SecretShapes;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * JSON documents for machines, indented, and printable ASCII throughout, so that they are harmless
 * on a terminal too. Texts are exact once the JSON is read.
 */
public final class JsonText {
  private static final int LAST_PRINTABLE_ASCII = '~';

  private JsonText() {}

  /** Writes a document's only value. */
  @FunctionalInterface
  interface Value {
    void writeTo(JsonGenerator out) throws IOException;
  }

  /** A document, which ends in a line break. */
  static String document(Value value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
      out.setPrettyPrinter(
          new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter));
      out.setHighestNonEscapedChar(LAST_PRINTABLE_ASCII);
      value.writeTo(out);
      out.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return text.toString();
  }

  /** The document that stands in for an answer that could not be had. */
  public static String failure(String message) {
    return document(
        out -> {
          out.writeStartObject();
          out.writeObjectFieldStart("error");
          out.writeStringField("message", SecretShapes.mask(message));
          out.writeEndObject();
          out.writeEndObject();
        });
  }
}
