package io.tokenform.planfile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.plan.ManagedFields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Managed fields as a JSON object, in plans and journals alike: an absent field has no key. */
public final class ManagedFieldsJson {
  private ManagedFieldsJson() {}

  public static void write(JsonGenerator json, String name, ManagedFields fields)
      throws IOException {
    json.writeObjectFieldStart(name);
    if (fields.description().isPresent()) {
      json.writeStringField("description", fields.description().get());
    }
    if (fields.permissions().isPresent()) {
      writePermissions(json, "permissions", fields.permissions().get());
    }
    json.writeEndObject();
  }

  static void writePermissions(JsonGenerator json, String name, Permissions permissions)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Permission permission : permissions) {
      json.writeStartObject();
      json.writeStringField("action", permission.action().name());
      json.writeStringField("resource", permission.resource());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static ManagedFields read(JsonNode node) {
    if (!node.isObject()) {
      throw new IllegalArgumentException("the fields of a token are missing");
    }
    return new ManagedFields(
        Optional.ofNullable(node.get("description")).map(ManagedFieldsJson::text),
        Optional.ofNullable(node.get("permissions")).map(ManagedFieldsJson::readPermissions));
  }

  static Permissions readPermissions(JsonNode array) {
    if (!array.isArray()) {
      throw new IllegalArgumentException("permissions must be an array");
    }
    List<Permission> permissions = new ArrayList<>();
    for (JsonNode node : array) {
      permissions.add(
          new Permission(Action.of(text(node.path("action"))), text(node.path("resource"))));
    }
    return Permissions.of(permissions);
  }

  private static String text(JsonNode node) {
    if (!node.isTextual()) {
      throw new IllegalArgumentException("a text is missing");
    }
    return node.textValue();
  }
}
