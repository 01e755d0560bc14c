package io.tokenform.live;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
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
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    return of(
        value, new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter));
  }

  /**
   * A document with a line for each of its fields, and for each value of its lists; it ends in a
   * line break.
   */
  public static String ofLines(Value value) {
    return of(value, new Lines());
  }

  /** A document on one line, with a line break at its end. */
  public static String ofOneLine(Value value) {
    return of(value, new MinimalPrettyPrinter());
  }

  private static String of(Value value, PrettyPrinter layout) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      out.setPrettyPrinter(layout);
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

  /** Breaks lines in the outermost object and in its lists, and nowhere deeper. */
  private static final class Lines extends MinimalPrettyPrinter {
    private static final long serialVersionUID = 1L;

    /** How deep the lists are whose values have a line each. */
    private static final int LISTS = 2;

    private int depth;

    @Override
    public void writeStartObject(JsonGenerator out) throws IOException {
      depth++;
      out.writeRaw('{');
    }

    @Override
    public void writeEndObject(JsonGenerator out, int count) throws IOException {
      depth--;
      out.writeRaw('}');
    }

    @Override
    public void writeObjectEntrySeparator(JsonGenerator out) throws IOException {
      out.writeRaw(depth == 1 ? ",\n" : ",");
    }

    @Override
    public void writeStartArray(JsonGenerator out) throws IOException {
      depth++;
      out.writeRaw('[');
    }

    @Override
    public void beforeArrayValues(JsonGenerator out) throws IOException {
      breakLineInList(out);
    }

    @Override
    public void writeArrayValueSeparator(JsonGenerator out) throws IOException {
      out.writeRaw(',');
      breakLineInList(out);
    }

    @Override
    public void writeEndArray(JsonGenerator out, int count) throws IOException {
      breakLineInList(out);
      depth--;
      out.writeRaw(']');
    }

    private void breakLineInList(JsonGenerator out) throws IOException {
      if (depth == LISTS) {
        out.writeRaw('\n');
      }
    }
  }
}
