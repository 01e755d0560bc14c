package io.tokenform.sandbox.api;

import io.tokenform.access.Permission;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the body of a POST or a PATCH says about a token; what it leaves out is empty. */
public record TokenBody(
    Optional<String> description,
    Optional<List<Permission>> permissions,
    Optional<Instant> expiresAt) {

  /**
   * The body of a POST: a description, and perhaps permissions and an expiry.
   *
   * @throws InvalidJsonException if it is anything else; unknown keys are passed over
   */
  public static TokenBody ofPost(byte[] body) throws InvalidJsonException {
    return JsonInput.read(
        body,
        JsonInput.UnknownKeys.IGNORED,
        json -> {
          JsonPlace start = json.place();
          TokenBody fields = new Fields(true).read(json);
          if (fields.description.isEmpty()) {
            throw InvalidJsonException.element(start, "has no description");
          }
          return fields;
        });
  }

  /**
   * The body of a PATCH: a description, permissions or both. An expiry cannot be patched, so here
   * it is one of the unknown keys.
   *
   * @throws InvalidJsonException if it is anything else; unknown keys are passed over
   */
  public static TokenBody ofPatch(byte[] body) throws InvalidJsonException {
    return JsonInput.read(
        body,
        JsonInput.UnknownKeys.IGNORED,
        json -> {
          JsonPlace start = json.place();
          TokenBody fields = new Fields(false).read(json);
          if (fields.description.isEmpty() && fields.permissions.isEmpty()) {
            throw InvalidJsonException.element(
                start, "has neither a description nor permissions: there is nothing to update");
          }
          return fields;
        });
  }

  /** The fields while they are read. */
  private static final class Fields {
    private final boolean withExpiry;
    private Optional<String> description = Optional.empty();
    private Optional<List<Permission>> permissions = Optional.empty();
    private Optional<Instant> expiresAt = Optional.empty();

    private Fields(boolean withExpiry) {
      this.withExpiry = withExpiry;
    }

    private TokenBody read(JsonInput json) throws InvalidJsonException {
      json.object(key -> readField(json, key));
      return new TokenBody(description, permissions, expiresAt);
    }

    private void readField(JsonInput json, String key) throws InvalidJsonException {
      if (key.equals("description")) {
        description = Optional.of(json.string());
      } else if (key.equals("permissions")) {
        permissions = Optional.of(PermissionsJson.readAsked(json));
      } else if (key.equals("expiresAt") && withExpiry) {
        expiresAt = Optional.of(DateJson.read(json));
      } else {
        json.unknownKey();
      }
    }
  }
}
