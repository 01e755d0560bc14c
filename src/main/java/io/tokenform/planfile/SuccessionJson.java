package io.tokenform.planfile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tokenform.access.Durations;
import io.tokenform.access.SinkName;
import io.tokenform.access.TokenId;
import io.tokenform.plan.Making;
import io.tokenform.plan.Predecessor;
import io.tokenform.plan.Succession;
import io.tokenform.policy.Expiry;
import io.tokenform.policy.SinkDefinition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How tokens are made and take the place of others, as the codecs of changes have in common. */
final class SuccessionJson {
  private SuccessionJson() {}

  /** Writes the fields of a succession into the object that is open. */
  static void write(JsonGenerator json, Succession succession) throws IOException {
    json.writeStringField("description", succession.description());
    if (succession.permissions().isPresent()) {
      ManagedFieldsJson.writePermissions(json, "permissions", succession.permissions().get());
    }
    json.writeStringField("overlap", Durations.text(succession.overlap()));
    json.writeStringField("park", Durations.text(succession.park()));
    json.writeArrayFieldStart("predecessors");
    for (Predecessor predecessor : succession.predecessors()) {
      json.writeStartObject();
      json.writeStringField("id", predecessor.id().toString());
      json.writeStringField("description", predecessor.description());
      ManagedFieldsJson.writePermissions(json, "permissions", predecessor.permissions());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /**
   * Reads what {@link #write(JsonGenerator, Succession)} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static Succession succession(JsonNode node) {
    List<Predecessor> predecessors = new ArrayList<>();
    for (JsonNode old : node.path("predecessors")) {
      predecessors.add(
          new Predecessor(
              TokenId.parse(old.path("id").asText()),
              old.path("description").asText(),
              ManagedFieldsJson.readPermissions(old.path("permissions"))));
    }
    return new Succession(
        node.path("description").asText(),
        Optional.ofNullable(node.get("permissions")).map(ManagedFieldsJson::readPermissions),
        duration(node, "overlap"),
        duration(node, "park"),
        predecessors);
  }

  /** Writes the fields of a making into the object that is open. */
  static void write(JsonGenerator json, Making making) throws IOException {
    write(json, making.succession());
    if (making.expires().isPresent()) {
      json.writeStringField("expires", making.expires().get().toString());
    }
    json.writeStringField("deliver", making.sink().value());
    json.writeObjectFieldStart("sink");
    if (making.definition() instanceof SinkDefinition.Command command) {
      strings(json, "command", command.command());
      strings(json, "check", command.check());
      json.writeStringField("timeout", Durations.text(command.timeout()));
    } else if (making.definition() instanceof SinkDefinition.Directory directory) {
      json.writeStringField("directory", directory.path());
    } else if (making.definition() instanceof SinkDefinition.Screen) {
      json.writeBooleanField("screen", true);
    }
    json.writeEndObject();
    json.writeStringField("settle", Durations.text(making.settle()));
  }

  /**
   * Reads what {@link #write(JsonGenerator, Making)} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static Making making(JsonNode node) {
    return new Making(
        succession(node),
        Optional.ofNullable(node.get("expires")).map(JsonNode::asText).map(SuccessionJson::expiry),
        new SinkName(node.path("deliver").asText()),
        definition(node.path("sink")),
        duration(node, "settle"));
  }

  private static Expiry expiry(String text) {
    return text.contains("T")
        ? new Expiry.At(Instant.parse(text))
        : new Expiry.After(Durations.parse(text));
  }

  private static SinkDefinition definition(JsonNode node) {
    if (node.has("screen")) {
      return new SinkDefinition.Screen();
    }
    return node.has("directory")
        ? new SinkDefinition.Directory(node.path("directory").asText())
        : new SinkDefinition.Command(
            strings(node.path("command")), strings(node.path("check")), duration(node, "timeout"));
  }

  private static void strings(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(node -> strings.add(node.asText()));
    return strings;
  }

  static Duration duration(JsonNode node, String field) {
    return Durations.parse(node.path(field).asText());
  }
}
