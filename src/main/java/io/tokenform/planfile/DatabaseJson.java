package io.tokenform.planfile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tokenform.access.TokenId;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.access.database.Retention;
import io.tokenform.plan.DatabaseSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the codecs of changes of databases have in common; an absent setting has no key. */
final class DatabaseJson {
  private DatabaseJson() {}

  static DatabaseName name(ChangeCodec.Head head) {
    return new DatabaseName(head.address().name());
  }

  static void write(JsonGenerator json, String name, DatabaseSettings settings) throws IOException {
    json.writeObjectFieldStart(name);
    if (settings.retention().isPresent()) {
      json.writeStringField("retention", settings.retention().get().text());
    }
    if (settings.maxTables().isPresent()) {
      json.writeNumberField("maxTables", settings.maxTables().get());
    }
    if (settings.maxColumnsPerTable().isPresent()) {
      json.writeNumberField("maxColumnsPerTable", settings.maxColumnsPerTable().get());
    }
    json.writeEndObject();
  }

  /** The tokens that use a database whose name goes. */
  static void writeUsers(JsonGenerator json, List<TokenId> users) throws IOException {
    json.writeArrayFieldStart("users");
    for (TokenId user : users) {
      json.writeString(user.toString());
    }
    json.writeEndArray();
  }

  /**
   * Reads what {@link #writeUsers} wrote.
   *
   * @throws IllegalArgumentException if one is no id
   */
  static List<TokenId> users(JsonNode change) {
    List<TokenId> users = new ArrayList<>();
    for (JsonNode user : change.path("users")) {
      users.add(TokenId.parse(user.asText()));
    }
    return users;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static DatabaseSettings settings(JsonNode node) {
    if (!node.isObject()) {
      throw new IllegalArgumentException("the settings of a database are missing");
    }
    return new DatabaseSettings(
        Optional.ofNullable(node.get("retention")).map(JsonNode::asText).map(Retention::parse),
        number(node, "maxTables"),
        number(node, "maxColumnsPerTable"));
  }

  private static Optional<Integer> number(JsonNode node, String field) {
    return Optional.ofNullable(node.get(field))
        .map(
            value -> {
              if (!value.canConvertToInt() || value.intValue() < 1) {
                throw new IllegalArgumentException(field + " must be a number from 1");
              }
              return value.intValue();
            });
  }
}
