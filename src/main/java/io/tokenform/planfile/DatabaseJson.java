package io.tokenform.planfile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.access.database.PartitionPart;
import io.tokenform.access.database.PartitionTemplate;
import io.tokenform.access.database.Retention;
import io.tokenform.plan.DatabaseSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the codecs of changes of databases have in common; an absent setting has no key. */
final class DatabaseJson {
  private DatabaseJson() {}

  static DatabaseName name(ChangeCodec.Head head) {
    return new DatabaseName(head.address().name());
  }

  static void write(JsonGenerator json, String name, DatabaseSettings settings) throws IOException {
    json.writeObjectFieldStart(name);
    if (settings.retention().isPresent()) {
      json.writeStringField("retention", settings.retention().get().text());
    }
    if (settings.maxTables().isPresent()) {
      json.writeNumberField("maxTables", settings.maxTables().get());
    }
    if (settings.maxColumnsPerTable().isPresent()) {
      json.writeNumberField("maxColumnsPerTable", settings.maxColumnsPerTable().get());
    }
    json.writeEndObject();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static DatabaseSettings settings(JsonNode node) {
    if (!node.isObject()) {
      throw new IllegalArgumentException("the settings of a database are missing");
    }
    return new DatabaseSettings(
        Optional.ofNullable(node.get("retention")).map(JsonNode::asText).map(Retention::parse),
        number(node, "maxTables"),
        number(node, "maxColumnsPerTable"));
  }

  private static Optional<Integer> number(JsonNode node, String field) {
    return Optional.ofNullable(node.get(field))
        .map(
            value -> {
              if (!value.canConvertToInt() || value.intValue() < 1) {
                throw new IllegalArgumentException(field + " must be a number from 1");
              }
              return value.intValue();
            });
  }

  static void write(JsonGenerator json, PartitionTemplate template) throws IOException {
    json.writeArrayFieldStart("partitionTemplate");
    for (PartitionPart part : template.parts()) {
      json.writeStartObject();
      json.writeStringField("type", part.type());
      part.accept(new ValueWriter(json));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private record ValueWriter(JsonGenerator json) implements PartitionPart.Visitor<IOException> {
    @Override
    public void visit(PartitionPart.Tag tag) throws IOException {
      json.writeStringField("value", tag.value());
    }

    @Override
    public void visit(PartitionPart.Time time) throws IOException {
      json.writeStringField("value", time.value());
    }

    @Override
    public void visit(PartitionPart.Bucket bucket) throws IOException {
      json.writeObjectFieldStart("value");
      json.writeStringField("tagName", bucket.tagName());
      json.writeNumberField("numberOfBuckets", bucket.numberOfBuckets());
      json.writeEndObject();
    }
  }

  /**
   * Reads the template that {@link #write(JsonGenerator, PartitionTemplate)} wrote, if there is
   * one.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static Optional<PartitionTemplate> template(JsonNode node) {
    if (!node.has("partitionTemplate")) {
      return Optional.empty();
    }
    List<PartitionPart> parts = new ArrayList<>();
    for (JsonNode part : node.path("partitionTemplate")) {
      parts.add(part(part));
    }
    return Optional.of(new PartitionTemplate(parts));
  }

  private static PartitionPart part(JsonNode node) {
    String type = node.path("type").asText();
    JsonNode value = node.path("value");
    return switch (type) {
      case "tag" -> new PartitionPart.Tag(value.asText());
      case "time" -> new PartitionPart.Time(value.asText());
      case "bucket" ->
          new PartitionPart.Bucket(
              value.path("tagName").asText(), value.path("numberOfBuckets").asInt());
      default -> throw new IllegalArgumentException("there is no part of type " + type);
    };
  }
}
