package io.tokenform.planfile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.plan.RenameDatabase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Renames of databases: the old name, the settings, and who gets access under the new one. */
final class RenameDatabaseCodec implements ChangeCodec<RenameDatabase> {
  @Override
  public Class<RenameDatabase> type() {
    return RenameDatabase.class;
  }

  @Override
  public void write(JsonGenerator json, RenameDatabase change) throws IOException {
    json.writeStringField("from", change.from().value());
    DatabaseJson.write(json, "before", change.before());
    DatabaseJson.write(json, "after", change.after());
    json.writeArrayFieldStart("carried");
    for (RenameDatabase.Carried carried : change.carried()) {
      json.writeStartObject();
      json.writeStringField("token", carried.token().value());
      json.writeStringField("id", carried.id().toString());
      if (carried.isOld()) {
        json.writeBooleanField("old", true);
      }
      ManagedFieldsJson.writePermissions(json, "before", carried.before());
      ManagedFieldsJson.writePermissions(json, "meanwhile", carried.meanwhile());
      json.writeEndObject();
    }
    json.writeEndArray();
    DatabaseJson.writeUsers(json, change.users());
  }

  @Override
  public RenameDatabase read(JsonNode node, Head head) {
    List<RenameDatabase.Carried> carried = new ArrayList<>();
    for (JsonNode token : node.path("carried")) {
      carried.add(
          new RenameDatabase.Carried(
              new TokenName(token.path("token").asText()),
              TokenId.parse(token.path("id").asText()),
              token.path("old").asBoolean(),
              ManagedFieldsJson.readPermissions(token.path("before")),
              ManagedFieldsJson.readPermissions(token.path("meanwhile"))));
    }
    return RenameDatabase.of(
        head.endpoints(),
        new DatabaseName(node.path("from").asText()),
        DatabaseJson.name(head),
        head.where(),
        DatabaseJson.settings(node.path("before")),
        DatabaseJson.settings(node.path("after")),
        carried,
        DatabaseJson.users(node));
  }
}
