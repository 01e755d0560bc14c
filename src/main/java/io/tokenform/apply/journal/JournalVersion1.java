package io.tokenform.apply.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenform.access.Address;
import io.tokenform.access.TokenName;
import io.tokenform.plan.Kind;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the lines of journals of version 1 as those of version 2. They knew one kind of change,
 * named it by the token's id, and numbered its stage.
 */
final class JournalVersion1 {
  private final Map<String, String> addresses = new HashMap<>();

  /**
   * The line as version 2 would have it; one that stays the same is answered as it is.
   *
   * @throws IllegalArgumentException if it is no line of version 1
   */
  JsonNode asVersion2(JsonNode line) {
    if (!line.has("id")) {
      return line;
    }
    ObjectNode now = line.deepCopy();
    String id = line.path("id").asText();
    if (line.path("event").asText().equals("started")) {
      String address = Address.of(new TokenName(line.path("token").asText())).toString();
      addresses.put(id, address);
      now.put("type", Kind.UPDATE.toString());
      now.put("description", line.path("before").path("description").asText());
    } else if (line.has("sent")) {
      now.set("mayHaveHappened", line.get("sent"));
    }
    String address = addresses.get(id);
    if (address == null) {
      throw new IllegalArgumentException("a change that was not started has an outcome");
    }
    return now.put("address", address);
  }
}
