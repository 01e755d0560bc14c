package io.tokenform.live;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tokenform.access.database.PartitionPart;
import io.tokenform.access.database.PartitionTemplate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Partition templates in files of our own, such as snapshots and plans: as the policy has them. */
public final class TemplateJson {
  private static final String FIELD = "partitionTemplate";

  private TemplateJson() {}

  /** Writes a template as a field of the object that is open. */
  public static void write(JsonGenerator out, PartitionTemplate template) throws IOException {
    out.writeArrayFieldStart(FIELD);
    for (PartitionPart part : template.parts()) {
      out.writeStartObject();
      out.writeStringField("type", part.type());
      part.accept(new ValueWriter(out));
      out.writeEndObject();
    }
    out.writeEndArray();
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
   * Reads the template of an object, if it has one.
   *
   * @throws IllegalArgumentException if it is nothing that {@link #write} writes
   */
  public static Optional<PartitionTemplate> read(JsonNode object) {
    if (!object.has(FIELD)) {
      return Optional.empty();
    }
    List<PartitionPart> parts = new ArrayList<>();
    for (JsonNode part : object.path(FIELD)) {
      parts.add(part(part));
    }
    return Optional.of(new PartitionTemplate(parts));
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
