package io.tokenform.planfile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tokenform.plan.CleanUp;
import java.io.IOException;
import java.util.Optional;

/** Clean-ups: the live token, and how it is finished where it is. */
final class CleanUpCodec implements ChangeCodec<CleanUp> {
  @Override
  public Class<CleanUp> type() {
    return CleanUp.class;
  }

  @Override
  public void write(JsonGenerator json, CleanUp change) throws IOException {
    if (change.finish().isPresent()) {
      json.writeObjectFieldStart("finish");
      SuccessionJson.write(json, change.finish().get());
      json.writeEndObject();
    }
  }

  @Override
  public CleanUp read(JsonNode node, Head head) {
    return CleanUp.of(
        head.endpoints(),
        head.token(),
        ChangeCodec.id(node),
        head.where(),
        ChangeCodec.description(node),
        ChangeCodec.permissionsBefore(node),
        Optional.ofNullable(node.get("finish")).map(SuccessionJson::succession));
  }
}
