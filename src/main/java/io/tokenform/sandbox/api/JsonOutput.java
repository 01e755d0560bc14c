package io.tokenform.sandbox.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes a JSON text to memory, in UTF-8. */
public final class JsonOutput {
  /** Writes one value. */
  public interface Value {
    void write(JsonGenerator out) throws IOException;
  }

  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonOutput() {}

  /** For machines: no white space. */
  public static byte[] compact(Value value) {
    return write(value, false);
  }

  /** For people who look into a file: indented, and with a newline at the end. */
  public static byte[] indented(Value value) {
    return write(value, true);
  }

  private static byte[] write(Value value, boolean forPeople) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      if (forPeople) {
        out.useDefaultPrettyPrinter();
      }
      value.write(out);
      if (forPeople) {
        out.writeRaw('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }
}
