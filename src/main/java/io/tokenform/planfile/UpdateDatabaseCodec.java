package io.tokenform.planfile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tokenform.plan.UpdateDatabase;
import java.io.IOException;

/** Updates of databases: the settings before and after. */
final class UpdateDatabaseCodec implements ChangeCodec<UpdateDatabase> {
  @Override
  public Class<UpdateDatabase> type() {
    return UpdateDatabase.class;
  }

  @Override
  public void write(JsonGenerator json, UpdateDatabase change) throws IOException {
    DatabaseJson.write(json, "before", change.before());
    DatabaseJson.write(json, "after", change.after());
  }

  @Override
  public UpdateDatabase read(JsonNode node, Head head) {
    return UpdateDatabase.of(
        head.endpoints(),
        DatabaseJson.name(head),
        head.where(),
        DatabaseJson.settings(node.path("before")),
        DatabaseJson.settings(node.path("after")));
  }
}
