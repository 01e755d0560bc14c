package io.tokenform.sandbox.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** A token's own fields, which the API's answers and the state file have in common. */
public final class TokenJson {
  private TokenJson() {}

  /** Writes the fields into the object that {@code out} is in. */
  public static void writeFields(JsonGenerator out, StoredToken token) throws IOException {
    out.writeStringField("id", token.id().toString());
    if (token.description().isPresent()) {
      out.writeStringField("description", token.description().get());
    }
    out.writeFieldName("permissions");
    PermissionsJson.write(out, token.permissions());
    out.writeStringField("createdAt", Rfc3339.format(token.createdAt()));
    writeDate(out, "expiresAt", token.expiresAt());
    writeDate(out, "revokedAt", token.revokedAt());
  }

  private static void writeDate(JsonGenerator out, String key, Optional<Instant> date)
      throws IOException {
    if (date.isPresent()) {
      out.writeStringField(key, Rfc3339.format(date.get()));
    }
  }
}
