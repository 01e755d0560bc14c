package io.tokenform.live;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.access.database.PartitionPart;
import io.tokenform.access.database.PartitionTemplate;
import io.tokenform.access.database.Retention;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
      out.writeArrayFieldStart("partitionTemplate");
      for (PartitionPart part : database.partitionTemplate().get().parts()) {
        write(out, part);
      }
      out.writeEndArray();
    }
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, PartitionPart part) throws IOException {
    out.writeStartObject();
    out.writeStringField("type", part.type());
    part.accept(new ValueWriter(out));
    out.writeEndObject();
  }

  private record ValueWriter(JsonGenerator out) implements PartitionPart.Visitor<IOException> {
    @Override
    public void visit(PartitionPart.Tag tag) throws IOException {
      out.writeStringField("value", tag.value());
    }

    @Override
    public void visit(PartitionPart.Time time) throws IOException {
      out.writeStringField("value", time.value());
    }

    @Override
    public void visit(PartitionPart.Bucket bucket) throws IOException {
      out.writeObjectFieldStart("value");
      out.writeStringField("tagName", bucket.tagName());
      out.writeNumberField("numberOfBuckets", bucket.numberOfBuckets());
      out.writeEndObject();
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static Database read(JsonNode node) {
    JsonNode template = node.get("partitionTemplate");
    return new Database(
        new DatabaseName(node.path("name").asText()),
        Retention.parse(node.path("retention").asText()),
        node.path("maxTables").asInt(),
        node.path("maxColumnsPerTable").asInt(),
        template == null ? Optional.empty() : Optional.of(template(template)));
  }

  private static PartitionTemplate template(JsonNode list) {
    List<PartitionPart> parts = new ArrayList<>();
    for (JsonNode part : list) {
      parts.add(part(part));
    }
    return new PartitionTemplate(parts);
  }

  private static PartitionPart part(JsonNode part) {
    JsonNode value = part.path("value");
    return switch (part.path("type").asText()) {
      case "tag" -> new PartitionPart.Tag(value.asText());
      case "time" -> new PartitionPart.Time(value.asText());
      case "bucket" ->
          new PartitionPart.Bucket(
              value.path("tagName").asText(), value.path("numberOfBuckets").asInt());
      default -> throw new IllegalArgumentException("a template has a part of no known type");
    };
  }
}
