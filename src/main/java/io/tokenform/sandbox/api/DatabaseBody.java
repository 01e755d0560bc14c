package io.tokenform.sandbox.api;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the body of a POST, a PATCH or a PUT says about a database; what it leaves out is empty.
 *
 * @param retention in nanoseconds, 0 for infinite
 */
public record DatabaseBody(
    Optional<String> name,
    OptionalInt maxTables,
    OptionalInt maxColumnsPerTable,
    OptionalLong retention,
    Optional<List<TemplatePart>> template) {

  /**
   * The body of a POST: a name, and perhaps settings and a template.
   *
   * @throws InvalidJsonException if it is anything else; unknown keys are passed over
   */
  static DatabaseBody ofPost(byte[] body) throws InvalidJsonException {
    return read(body, List.of("name", "settings", "template"), true);
  }

  /**
   * The body of a PATCH: at least one of the settings. A name and a template cannot be patched, so
   * here they are among the unknown keys.
   *
   * @throws InvalidJsonException if it is anything else; unknown keys are passed over
   */
  static DatabaseBody ofPatch(byte[] body) throws InvalidJsonException {
    return read(body, List.of("settings"), false);
  }

  /**
   * The body of a PUT that renames: a name.
   *
   * @throws InvalidJsonException if it is anything else; unknown keys are passed over
   */
  static DatabaseBody ofRename(byte[] body) throws InvalidJsonException {
    return read(body, List.of("name"), true);
  }

  private static DatabaseBody read(byte[] body, List<String> known, boolean named)
      throws InvalidJsonException {
    return JsonInput.read(
        body,
        JsonInput.UnknownKeys.IGNORED,
        json -> {
          JsonPlace start = json.place();
          DatabaseBody fields = new Fields(known).read(json);
          if (named && fields.name.isEmpty()) {
            throw InvalidJsonException.element(start, "has no name");
          }
          if (!named && !fields.hasSettings()) {
            throw InvalidJsonException.element(
                start,
                "has neither maxTables, maxColumnsPerTable nor retentionPeriod: there is nothing to"
                    + " update");
          }
          return fields;
        });
  }

  /** Whether it says anything that a PATCH can say. */
  public boolean hasSettings() {
    return maxTables.isPresent() || maxColumnsPerTable.isPresent() || retention.isPresent();
  }

  /** The fields while they are read. */
  private static final class Fields {
    private final List<String> known;
    private Optional<String> name = Optional.empty();
    private OptionalInt maxTables = OptionalInt.empty();
    private OptionalInt maxColumnsPerTable = OptionalInt.empty();
    private OptionalLong retention = OptionalLong.empty();
    private Optional<List<TemplatePart>> template = Optional.empty();

    Fields(List<String> known) {
      this.known = known;
    }

    DatabaseBody read(JsonInput json) throws InvalidJsonException {
      json.object(key -> readField(json, key));
      return new DatabaseBody(name, maxTables, maxColumnsPerTable, retention, template);
    }

    private void readField(JsonInput json, String key) throws InvalidJsonException {
      boolean settings = known.contains("settings");
      if (key.equals("name") && known.contains("name")) {
        name = Optional.of(DatabaseName.readNew(json));
      } else if (key.equals("maxTables") && settings) {
        maxTables = OptionalInt.of(DatabaseJson.readLimit(json));
      } else if (key.equals("maxColumnsPerTable") && settings) {
        maxColumnsPerTable = OptionalInt.of(DatabaseJson.readLimit(json));
      } else if (key.equals("retentionPeriod") && settings) {
        retention = OptionalLong.of(DatabaseJson.readRetention(json));
      } else if (key.equals("partitionTemplate") && known.contains("template")) {
        template = Optional.of(TemplatePart.readTemplate(json));
      } else {
        json.unknownKey();
      }
    }
  }
}
