package io.tokenform.planfile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tokenform.access.Permissions;
import io.tokenform.access.TokenId;
import io.tokenform.plan.ManagedFields;
import io.tokenform.plan.Update;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Updates: what all changes have, and what renames of databases give before. */
final class UpdateCodec implements ChangeCodec<Update> {
  @Override
  public Class<Update> type() {
    return Update.class;
  }

  @Override
  public void write(JsonGenerator json, Update change) throws IOException {
    if (change.meanwhile().isPresent()) {
      ManagedFieldsJson.writePermissions(json, "meanwhile", change.meanwhile().get());
    }
  }

  @Override
  public Update read(JsonNode node, Head head) {
    TokenId id = ChangeCodec.id(node);
    String description = ChangeCodec.description(node);
    ManagedFields before = ManagedFieldsJson.read(node.path("before"));
    ManagedFields after = ManagedFieldsJson.read(node.path("after"));
    Optional<Permissions> meanwhile =
        Optional.ofNullable(node.get("meanwhile")).map(ManagedFieldsJson::readPermissions);
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
            meanwhile,
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
            head.roles(),
            meanwhile);
  }
}
