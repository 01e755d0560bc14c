package io.tokenform.planfile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.plan.Update;
import java.io.IOException;

/** Updates: the id, the live description, and the managed fields before and after. */
final class UpdateCodec implements ChangeCodec<Update> {
  @Override
  public Class<Update> type() {
    return Update.class;
  }

  @Override
  public void write(JsonGenerator json, Update change) throws IOException {
    json.writeStringField("id", change.id().toString());
    json.writeStringField("description", change.description());
    ManagedFieldsJson.write(json, "before", change.before());
    ManagedFieldsJson.write(json, "after", change.after());
  }

  @Override
  public Update read(JsonNode node, Head head) {
    return Update.of(
        head.endpoints(),
        new TokenName(head.address().name()),
        TokenId.parse(node.path("id").asText()),
        head.where(),
        node.path("description").asText(),
        ManagedFieldsJson.read(node.path("before")),
        ManagedFieldsJson.read(node.path("after")),
        head.roles());
  }
}
