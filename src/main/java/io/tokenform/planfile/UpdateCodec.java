package io.tokenform.planfile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tokenform.access.Address;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.plan.ManagedFields;
import io.tokenform.plan.Update;
import java.io.IOException;
import java.util.List;

/** Updates: the id, the live description, and the managed fields before and after. */
final class UpdateCodec implements ChangeCodec<Update> {
  @Override
  public Class<Update> type() {
    return Update.class;
  }

  @Override
  public void write(JsonGenerator json, Update change) throws IOException {
    if (change.isAboutOldGeneration()) {
      json.writeStringField("token", change.token().value());
    }
    json.writeStringField("id", change.id().toString());
    json.writeStringField("description", change.description());
    ManagedFieldsJson.write(json, "before", change.before());
    ManagedFieldsJson.write(json, "after", change.after());
  }

  @Override
  public Update read(JsonNode node, Head head) {
    Address address = head.address();
    TokenName token =
        new TokenName(
            address.type() == Address.Type.TOKEN ? address.name() : node.path("token").asText());
    TokenId id = TokenId.parse(node.path("id").asText());
    String description = node.path("description").asText();
    ManagedFields before = ManagedFieldsJson.read(node.path("before"));
    ManagedFields after = ManagedFieldsJson.read(node.path("after"));
    return before.equals(after)
        // In a journal, masks can hide the difference.
        ? new Update(address, token, id, head.where(), description, before, after, head.roles(), List.of())
        : Update.of(
            head.endpoints(), address, token, id, head.where(), description, before, after, head.roles());
  }
}
