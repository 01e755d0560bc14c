package io.tokenform.planfile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tokenform.live.TemplateJson;
import io.tokenform.plan.CreateDatabase;
import java.io.IOException;

/** Creations of databases: what the policy states of the new one. */
final class CreateDatabaseCodec implements ChangeCodec<CreateDatabase> {
  @Override
  public Class<CreateDatabase> type() {
    return CreateDatabase.class;
  }

  @Override
  public void write(JsonGenerator json, CreateDatabase change) throws IOException {
    DatabaseJson.write(json, "after", change.after());
    if (change.partitionTemplate().isPresent()) {
      TemplateJson.write(json, change.partitionTemplate().get());
    }
  }

  @Override
  public CreateDatabase read(JsonNode node, Head head) {
    return CreateDatabase.of(
        head.endpoints(),
        DatabaseJson.name(head),
        head.where(),
        DatabaseJson.settings(node.path("after")),
        TemplateJson.read(node));
  }
}
