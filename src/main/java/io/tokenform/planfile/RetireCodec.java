package io.tokenform.planfile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tokenform.access.Durations;
import io.tokenform.plan.Retire;
import java.io.IOException;

/** Retirements: the old token, and its times. */
final class RetireCodec implements ChangeCodec<Retire> {
  @Override
  public Class<Retire> type() {
    return Retire.class;
  }

  @Override
  public void write(JsonGenerator json, Retire change) throws IOException {
    json.writeStringField("successor", change.text());
    json.writeStringField("overlap", Durations.text(change.overlap()));
    json.writeStringField("park", Durations.text(change.park()));
  }

  @Override
  public Retire read(JsonNode node, Head head) {
    return Retire.of(
        head.endpoints(),
        head.token(),
        ChangeCodec.id(node),
        head.where(),
        node.path("successor").asText(),
        ChangeCodec.description(node),
        ChangeCodec.permissionsBefore(node),
        SuccessionJson.duration(node, "overlap"),
        SuccessionJson.duration(node, "park"));
  }
}
