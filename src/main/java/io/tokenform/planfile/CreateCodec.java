package io.tokenform.planfile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tokenform.access.TokenName;
import io.tokenform.plan.Create;
import java.io.IOException;

/** Creations: how the token is made. */
final class CreateCodec implements ChangeCodec<Create> {
  @Override
  public Class<Create> type() {
    return Create.class;
  }

  @Override
  public void write(JsonGenerator json, Create change) throws IOException {
    SuccessionJson.write(json, change.making());
  }

  @Override
  public Create read(JsonNode node, Head head) {
    return Create.of(
        head.endpoints(),
        new TokenName(head.address().name()),
        head.where(),
        SuccessionJson.making(node),
        head.roles());
  }
}
