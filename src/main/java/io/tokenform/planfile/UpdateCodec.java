package io.tokenform.planfile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tokenform.access.TokenId;
import io.tokenform.plan.ManagedFields;
import io.tokenform.plan.Update;
import java.util.List;

/** Updates: they have nothing but what all changes have. */
final class UpdateCodec implements ChangeCodec<Update> {
  @Override
  public Class<Update> type() {
    return Update.class;
  }

  @Override
  public void write(JsonGenerator json, Update change) {}

  @Override
  public Update read(JsonNode node, Head head) {
    TokenId id = ChangeCodec.id(node);
    String description = ChangeCodec.description(node);
    ManagedFields before = ManagedFieldsJson.read(node.path("before"));
    ManagedFields after = ManagedFieldsJson.read(node.path("after"));
    return before.equals(after)
        // In a journal, masks can hide the difference.
        ? new Update(
            head.address(),
            head.token(),
            id,
            head.where(),
            description,
            before,
            after,
            head.roles(),
            List.of())
        : Update.of(
            head.endpoints(),
            head.address(),
            head.token(),
            id,
            head.where(),
            description,
            before,
            after,
            head.roles());
  }
}
