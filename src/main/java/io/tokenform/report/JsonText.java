package io.tokenform.report;

import io.tokenform.access.SecretShapes;
import io.tokenform.plan.JsonDocument;
import java.util.Optional;

/** The document for machines that stands in for an answer that could not be had. */
public final class JsonText {
  private JsonText() {}

  /**
   * The document, which ends in a line break.
   *
   * @param message what went wrong
   * @param hint what to do about it, where that is known
   */
  public static String failure(String message, Optional<String> hint) {
    return JsonDocument.of(
        out -> {
          out.writeStartObject();
          out.writeObjectFieldStart("error");
          out.writeStringField("message", SecretShapes.mask(message));
          if (hint.isPresent()) {
            out.writeStringField("hint", SecretShapes.mask(hint.get()));
          }
          out.writeEndObject();
          out.writeEndObject();
        });
  }
}
