package io.tokenform.planfile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tokenform.plan.Revoke;
import java.io.IOException;
import java.util.Optional;

/** Revocations: the live token, and why. */
final class RevokeCodec implements ChangeCodec<Revoke> {
  @Override
  public Class<Revoke> type() {
    return Revoke.class;
  }

  @Override
  public void write(JsonGenerator json, Revoke change) throws IOException {
    if (change.reason().isPresent()) {
      json.writeStringField("reason", change.reason().get());
    }
  }

  @Override
  public Revoke read(JsonNode node, Head head) {
    return Revoke.of(
        head.endpoints(),
        head.address(),
        head.token(),
        ChangeCodec.id(node),
        head.where(),
        ChangeCodec.description(node),
        ChangeCodec.permissionsBefore(node),
        Optional.ofNullable(node.get("reason")).map(JsonNode::asText));
  }
}
