package io.tokenform.sandbox.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** A database's own fields, which the API's answers and the state file have in common. */
public final class DatabaseJson {
  private DatabaseJson() {}

  /** Writes the fields into the object that {@code out} is in. */
  public static void writeFields(JsonGenerator out, StoredDatabase database) throws IOException {
    out.writeStringField("name", database.name());
    out.writeNumberField("maxTables", database.maxTables());
    out.writeNumberField("maxColumnsPerTable", database.maxColumnsPerTable());
    out.writeNumberField("retentionPeriod", database.retention());
    if (database.template().isPresent()) {
      out.writeFieldName("partitionTemplate");
      TemplatePart.write(out, database.template().get());
    }
  }

  /** Reads a limit (Management API: an int32 from 1). */
  public static int readLimit(JsonInput json) throws InvalidJsonException {
    return (int) json.wholeNumber(1, Integer.MAX_VALUE);
  }

  /** Reads a number of nanoseconds, 0 for infinite (Management API: an int64 from 0). */
  public static long readRetention(JsonInput json) throws InvalidJsonException {
    return json.wholeNumber(0, Long.MAX_VALUE);
  }
}
