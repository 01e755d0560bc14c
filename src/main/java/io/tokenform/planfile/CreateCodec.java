package io.tokenform.planfile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tokenform.plan.Create;
import io.tokenform.plan.Wave;
import java.io.IOException;

/** Creations: how the token is made. */
final class CreateCodec implements ChangeCodec<Create> {
  @Override
  public Class<Create> type() {
    return Create.class;
  }

  @Override
  public void write(JsonGenerator json, Create change) throws IOException {
    json.writeObjectFieldStart("making");
    SuccessionJson.write(json, change.making());
    json.writeEndObject();
  }

  @Override
  public Create read(JsonNode node, Head head) {
    return Create.of(
        head.endpoints(),
        head.token(),
        head.where(),
        SuccessionJson.making(node.path("making")),
        head.roles(),
        Wave.EXCHANGES.toString().equals(node.path("wave").asText()));
  }
}
