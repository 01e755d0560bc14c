package io.tokenform.planfile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * JSON documents for machines, indented, and printable ASCII throughout, so that they are harmless
 * on a terminal and in the log of a workflow too. Texts are exact once the JSON is read.
 */
public final class JsonDocument {
  private static final int LAST_PRINTABLE_ASCII = '~';

  private JsonDocument() {}

  /** Writes a document's only value. */
  @FunctionalInterface
  public interface Value {
    void writeTo(JsonGenerator out) throws IOException;
  }

  /** A document, which ends in a line break. */
  public static String of(Value value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
      out.setPrettyPrinter(
          new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter));
      out.setHighestNonEscapedChar(LAST_PRINTABLE_ASCII);
      out.setCharacterEscapes(new Escapes());
      value.writeTo(out);
      out.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return text.toString();
  }

  /** GitHub's runner takes two number signs and a bracket for a command, anywhere in a line. */
  private static final class Escapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;

    private static final int[] ASCII = standardAsciiEscapesForJSON();

    static {
      ASCII['#'] = ESCAPE_STANDARD;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ASCII.clone();
    }

    @Override
    public SerializableString getEscapeSequence(int character) {
      return null;
    }
  }
}
