package io.tokenform.sandbox.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a partition template, as it was sent.
 *
 * @param type what the API calls parts of this kind
 * @param text the tag or the form of the time
 * @param buckets how many, from 1; 0 for parts that have none
 */
public record TemplatePart(String type, String text, int buckets) {
  private static final int MOST_PARTS = 8;
  private static final int MOST_BUCKETS = 100_000;

  /**
   * Reads a template (Management API, ClusterDatabasePartitionTemplate: 1 to 8 parts, no two of
   * them equal).
   */
  public static List<TemplatePart> readTemplate(JsonInput json) throws InvalidJsonException {
    JsonPlace start = json.place();
    List<TemplatePart> parts = new ArrayList<>();
    json.array(
        () -> {
          JsonPlace place = json.place();
          TemplatePart part = new Fields().read(json, place);
          if (parts.contains(part)) {
            throw InvalidJsonException.element(place, "is equal to an earlier part");
          }
          parts.add(part);
        });
    if (parts.isEmpty() || parts.size() > MOST_PARTS) {
      throw InvalidJsonException.element(
          start, "must have 1 to " + MOST_PARTS + " parts, not " + parts.size());
    }
    return parts;
  }

  /** Writes the template as the value that {@code out} waits for. */
  static void write(JsonGenerator out, List<TemplatePart> parts) throws IOException {
    out.writeStartArray();
    for (TemplatePart part : parts) {
      out.writeStartObject();
      out.writeStringField("type", part.type);
      if (part.buckets == 0) {
        out.writeStringField("value", part.text);
      } else {
        out.writeObjectFieldStart("value");
        out.writeStringField("tagName", part.text);
        out.writeNumberField("numberOfBuckets", part.buckets);
        out.writeEndObject();
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /** A part while it is read. */
  private static final class Fields {
    private String type = "";
    private boolean isObject;
    private String text = "";
    private int buckets;

    TemplatePart read(JsonInput json, JsonPlace start) throws InvalidJsonException {
      json.object(key -> readField(json, key));
      boolean bucket = type.equals("bucket");
      if (type.isEmpty() || text.isEmpty()) {
        throw InvalidJsonException.element(
            start, "has no " + (type.isEmpty() ? "type" : missing()));
      }
      if (bucket != isObject) {
        throw InvalidJsonException.element(
            start,
            bucket
                ? "must have an object for its value, as a bucket"
                : "must have a string for its value, as a " + type);
      }
      if (bucket && buckets == 0) {
        throw InvalidJsonException.element(start, "has no numberOfBuckets");
      }
      return new TemplatePart(type, text, buckets);
    }

    private String missing() {
      return isObject ? "tagName" : "value";
    }

    private void readField(JsonInput json, String key) throws InvalidJsonException {
      if (key.equals("type")) {
        type = json.string();
        if (!List.of("tag", "time", "bucket").contains(type)) {
          throw json.problem("must be tag, time or bucket");
        }
      } else if (key.equals("value") && json.isObject()) {
        isObject = true;
        json.object(inner -> readBucket(json, inner));
      } else if (key.equals("value")) {
        text = nonEmpty(json);
      } else {
        json.unknownKey();
      }
    }

    private void readBucket(JsonInput json, String key) throws InvalidJsonException {
      if (key.equals("tagName")) {
        text = nonEmpty(json);
      } else if (key.equals("numberOfBuckets")) {
        buckets = (int) json.wholeNumber(1, MOST_BUCKETS);
      } else {
        json.unknownKey();
      }
    }

    private static String nonEmpty(JsonInput json) throws InvalidJsonException {
      String text = json.string();
      if (text.isEmpty()) {
        throw json.problem("must not be empty");
      }
      return text;
    }
  }
}
