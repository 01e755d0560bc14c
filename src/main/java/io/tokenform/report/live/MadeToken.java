package io.tokenform.report.live;

import io.tokenform.access.Token;
import io.tokenform.access.TokenName;
import io.tokenform.live.JsonDocument;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A token that was just made.
 *
 * @param token the token
 * @param name what its sink calls it
 * @param sink where its secret went; absent where it is shown
 * @param now the time by which it may have expired
 */
public record MadeToken(Token token, TokenName name, Optional<String> sink, Instant now) {
  public MadeToken {
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(sink, "sink");
    Objects.requireNonNull(now, "now");
  }

  /** One JSON object in the form of the Management API, without the secret. */
  public String json() {
    return json(Optional.empty());
  }

  /** The same with its secret, in the field that the Management API has for it. */
  public String jsonWith(String secret) {
    return json(Optional.of(secret));
  }

  private String json(Optional<String> accessToken) {
    return JsonDocument.of(
        out -> {
          out.writeStartObject();
          TokenList.write(token, now, out);
          if (sink.isPresent()) {
            out.writeStringField("name", name.value());
            out.writeStringField("deliveredTo", sink.get());
          }
          if (accessToken.isPresent()) {
            out.writeStringField("accessToken", accessToken.get());
          }
          out.writeEndObject();
        });
  }
}
