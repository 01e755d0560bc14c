package io.tokenform.report.fleet;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.SecretShapes;
import io.tokenform.fleet.DatabaseDifference;
import io.tokenform.fleet.FleetDifference;
import io.tokenform.fleet.FleetDifference.Access;
import io.tokenform.fleet.FleetDifference.Side;
import io.tokenform.fleet.FleetDifference.TokenDifference;
import io.tokenform.live.JsonDocument;
import io.tokenform.report.text.Printable;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * How two clusters differ, for a machine: one JSON document in printable ASCII, which {@code
 * schemas/fleet-diff.schema.json} describes.
 */
public final class FleetDifferenceJson {
  /** The version of the document's form. */
  static final int VERSION = 1;

  private FleetDifferenceJson() {}

  /**
   * The document, which ends in a line break.
   *
   * @param path the fleet file
   */
  public static String render(String path, FleetDifference difference) {
    return JsonDocument.of(out -> write(path, difference, out));
  }

  private static void write(String path, FleetDifference difference, JsonGenerator out)
      throws IOException {
    out.writeStartObject();
    out.writeNumberField("version", VERSION);
    out.writeStringField("fleet", Printable.line(path));
    out.writeStringField("first", difference.first().value());
    out.writeStringField("second", difference.second().value());
    out.writeObjectFieldStart("summary");
    out.writeNumberField("onlyFirst", difference.count(Side.FIRST));
    out.writeNumberField("onlySecond", difference.count(Side.SECOND));
    out.writeNumberField("differ", difference.count(Side.BOTH));
    out.writeNumberField("same", difference.same());
    DatabaseDifference.All entries = difference.databases();
    if (!entries.isNone()) {
      out.writeObjectFieldStart("databases");
      out.writeNumberField("onlyFirst", entries.count(Side.FIRST));
      out.writeNumberField("onlySecond", entries.count(Side.SECOND));
      out.writeNumberField("differ", entries.count(Side.BOTH));
      out.writeNumberField("same", entries.same());
      out.writeEndObject();
    }
    out.writeEndObject();
    out.writeArrayFieldStart("tokens");
    for (TokenDifference token : difference.tokens()) {
      write(token, out);
    }
    out.writeEndArray();
    out.writeArrayFieldStart("databases");
    for (Map.Entry<String, List<Access>> database : difference.byDatabase().entrySet()) {
      out.writeStartObject();
      out.writeStringField("database", masked(database.getKey()));
      out.writeArrayFieldStart("access");
      for (Access access : database.getValue()) {
        write(access, out);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    out.writeEndArray();
    if (!entries.isNone()) {
      out.writeArrayFieldStart("databaseEntries");
      for (DatabaseDifference database : entries.differing()) {
        out.writeStartObject();
        out.writeStringField("database", masked(database.database().value()));
        out.writeStringField("side", database.side().toString());
        write(database.fields(), out);
        out.writeEndObject();
      }
      out.writeEndArray();
    }
    out.writeEndObject();
  }

  private static void write(TokenDifference token, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("token", masked(token.token().value()));
    out.writeStringField("side", token.side().toString());
    write("onlyFirst", token.onlyFirst(), out);
    write("onlySecond", token.onlySecond(), out);
    write(token.fields(), out);
    out.writeEndObject();
  }

  private static void write(List<FleetDifference.Field> fields, JsonGenerator out)
      throws IOException {
    out.writeArrayFieldStart("fields");
    for (FleetDifference.Field field : fields) {
      out.writeStartObject();
      out.writeStringField("field", field.name());
      if (field.first().isPresent()) {
        out.writeStringField("first", masked(field.first().get()));
      }
      if (field.second().isPresent()) {
        out.writeStringField("second", masked(field.second().get()));
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void write(String name, Permissions permissions, JsonGenerator out)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (Permission permission : permissions) {
      out.writeStartObject();
      out.writeStringField("action", masked(permission.action().name()));
      out.writeStringField("resource", masked(permission.resource()));
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void write(Access access, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("side", access.side().toString());
    out.writeStringField("token", masked(access.token().value()));
    out.writeStringField("action", masked(access.action().name()));
    if (!access.elsewhere().isEmpty()) {
      out.writeArrayFieldStart("elsewhere");
      for (String database : access.elsewhere()) {
        out.writeString(masked(database));
      }
      out.writeEndArray();
    }
    out.writeEndObject();
  }

  private static String masked(String text) {
    return SecretShapes.mask(text);
  }
}
