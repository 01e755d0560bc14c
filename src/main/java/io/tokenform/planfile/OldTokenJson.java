package io.tokenform.planfile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tokenform.access.Permissions;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.plan.Change;
import java.io.IOException;

/** What changes have in common that end a live token, or a part of its life. */
final class OldTokenJson {
  private OldTokenJson() {}

  /** Writes the fields into the object that is open. */
  static void write(JsonGenerator json, Change change, Permissions permissions)
      throws IOException {
    json.writeStringField("token", change.token().value());
    json.writeStringField("id", change.liveId().orElseThrow().toString());
    json.writeStringField("description", change.description());
    ManagedFieldsJson.writePermissions(json, "live", permissions);
  }

  static TokenName token(JsonNode node) {
    return new TokenName(node.path("token").asText());
  }

  static TokenId id(JsonNode node) {
    return TokenId.parse(node.path("id").asText());
  }

  static String description(JsonNode node) {
    return node.path("description").asText();
  }

  static Permissions permissions(JsonNode node) {
    return ManagedFieldsJson.readPermissions(node.path("live"));
  }
}
