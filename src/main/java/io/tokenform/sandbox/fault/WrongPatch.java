package io.tokenform.sandbox.fault;

import io.tokenform.access.Permission;
import io.tokenform.sandbox.api.InvalidJsonException;
import io.tokenform.sandbox.api.JsonOutput;
import io.tokenform.sandbox.api.PermissionsJson;
import io.tokenform.sandbox.api.TokenBody;
import java.util.List;

/** The body of a PATCH that asks for something other than a given one does. */
final class WrongPatch {
  private WrongPatch() {}

  /**
   * Other permissions where {@code body} gives some, else another description.
   *
   * @throws IllegalArgumentException if {@code body} is not that of a PATCH
   */
  static byte[] inPlaceOf(byte[] body) {
    try {
      return inPlaceOf(TokenBody.ofPatch(body));
    } catch (InvalidJsonException e) {
      throw new IllegalArgumentException("not the body of a PATCH", e);
    }
  }

  private static byte[] inPlaceOf(TokenBody asked) {
    return JsonOutput.compact(
        out -> {
          out.writeStartObject();
          if (asked.permissions().isPresent()) {
            out.writeFieldName("permissions");
            PermissionsJson.write(out, otherThan(asked.permissions().get()));
          } else {
            out.writeStringField("description", asked.description().orElse("") + " (wrong)");
          }
          out.writeEndObject();
        });
  }

  private static List<Permission> otherThan(List<Permission> asked) {
    if (asked.isEmpty()) {
      return List.of(Permission.read(Permission.ALL_DATABASES));
    }
    Permission missing = asked.get(0);
    return asked.stream().filter(permission -> !permission.equals(missing)).toList();
  }
}
