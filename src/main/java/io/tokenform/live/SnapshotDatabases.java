package io.tokenform.live;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.access.database.Retention;
import java.io.IOException;

/** The settings of databases in snapshots: as in a policy, a line for each database. */
final class SnapshotDatabases {
  private SnapshotDatabases() {}

  static void write(JsonGenerator out, Database database) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", database.name().value());
    out.writeStringField("retention", database.retention().text());
    out.writeNumberField("maxTables", database.maxTables());
    out.writeNumberField("maxColumnsPerTable", database.maxColumnsPerTable());
    if (database.partitionTemplate().isPresent()) {
      TemplateJson.write(out, database.partitionTemplate().get());
    }
    out.writeEndObject();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static Database read(JsonNode node) {
    return new Database(
        new DatabaseName(node.path("name").asText()),
        Retention.parse(node.path("retention").asText()),
        node.path("maxTables").asInt(),
        node.path("maxColumnsPerTable").asInt(),
        TemplateJson.read(node));
  }
}
