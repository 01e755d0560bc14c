package io.tokenform.sandbox.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The API's list of permissions: {@code [{"action": "read", "resource": "metrics"}]}. */
public final class PermissionsJson {
  private PermissionsJson() {}

  /** Reads the list in its order, repetitions included. */
  public static List<Permission> read(JsonInput json) throws InvalidJsonException {
    List<Permission> permissions = new ArrayList<>();
    json.array(() -> permissions.add(new PermissionInput().read(json)));
    return permissions;
  }

  /**
   * The same from a request. The vendor's description requires neither an action nor a resource; a
   * permission without one of them allows nothing, and is not kept.
   */
  static List<Permission> readAsked(JsonInput json) throws InvalidJsonException {
    List<Permission> permissions = new ArrayList<>();
    json.array(
        () -> {
          PermissionInput input = new PermissionInput();
          input.readFields(json);
          if (input.action != null && input.resource != null) {
            permissions.add(new Permission(Action.of(input.action), input.resource));
          }
        });
    return permissions;
  }

  public static void write(JsonGenerator out, List<Permission> permissions) throws IOException {
    out.writeStartArray();
    for (Permission permission : permissions) {
      out.writeStartObject();
      out.writeStringField("action", permission.action().name());
      out.writeStringField("resource", permission.resource());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /** One permission while it is read. */
  private static final class PermissionInput {
    private String action;
    private String resource;

    private Permission read(JsonInput json) throws InvalidJsonException {
      JsonPlace start = json.place();
      readFields(json);
      if (action == null) {
        throw InvalidJsonException.element(start, "has no action");
      }
      if (resource == null) {
        throw InvalidJsonException.element(start, "has no resource");
      }
      return new Permission(Action.of(action), resource);
    }

    private void readFields(JsonInput json) throws InvalidJsonException {
      json.object(
          key -> {
            switch (key) {
              case "action" -> action = action(json);
              case "resource" -> resource = DatabaseName.read(json);
              default -> json.unknownKey();
            }
          });
    }

    private static String action(JsonInput json) throws InvalidJsonException {
      String text = json.string();
      if (text.isEmpty()) {
        throw json.problem("must not be empty");
      }
      return text;
    }
  }
}
