package io.tokenform.planfile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tokenform.plan.Rotate;
import io.tokenform.plan.Rotate.Because;
import java.io.IOException;
import java.util.Arrays;

/** Rotations: why, and how the successor is made. */
final class RotateCodec implements ChangeCodec<Rotate> {
  @Override
  public Class<Rotate> type() {
    return Rotate.class;
  }

  @Override
  public void write(JsonGenerator json, Rotate change) throws IOException {
    json.writeStringField("because", change.because().toString());
    json.writeObjectFieldStart("making");
    SuccessionJson.write(json, change.making());
    json.writeEndObject();
  }

  @Override
  public Rotate read(JsonNode node, Head head) {
    String word = node.path("because").asText();
    Because because =
        Arrays.stream(Because.values())
            .filter(value -> value.toString().equals(word))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no reason " + word));
    return Rotate.of(
        head.endpoints(),
        head.token(),
        head.where(),
        because,
        SuccessionJson.making(node.path("making")),
        head.roles());
  }
}
