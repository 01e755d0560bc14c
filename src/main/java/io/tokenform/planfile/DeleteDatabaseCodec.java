package io.tokenform.planfile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tokenform.plan.DeleteDatabase;
import java.io.IOException;

/** Deletions of databases: the settings that they had. */
final class DeleteDatabaseCodec implements ChangeCodec<DeleteDatabase> {
  @Override
  public Class<DeleteDatabase> type() {
    return DeleteDatabase.class;
  }

  @Override
  public void write(JsonGenerator json, DeleteDatabase change) throws IOException {
    DatabaseJson.write(json, "before", change.before());
    DatabaseJson.writeUsers(json, change.users());
  }

  @Override
  public DeleteDatabase read(JsonNode node, Head head) {
    return DeleteDatabase.of(
        head.endpoints(),
        DatabaseJson.name(head),
        head.where(),
        DatabaseJson.settings(node.path("before")),
        DatabaseJson.users(node));
  }
}
