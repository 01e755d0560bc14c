package io.tokenform.planfile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tokenform.access.Address;
import io.tokenform.access.Permissions;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.cluster.Endpoints;
import io.tokenform.finding.Location;
import io.tokenform.plan.Change;
import io.tokenform.plan.Parts;
import io.tokenform.plan.RoleOrigins;
import java.io.IOException;

/**
 * Writes and reads what only one kind of change has, in plans and in journals. What all changes
 * have, {@link ChangeJson} writes and reads.
 *
 * @param <C> the kind
 */
interface ChangeCodec<C extends Change> extends Parts.Part<C> {
  /**
   * What is known of a change before its own fields are read.
   *
   * @param node the whole object
   * @param roles where its permissions come from, as far as that was written
   * @param endpoints the requests of its cluster
   */
  record Head(
      Address address, JsonNode node, Location where, RoleOrigins roles, Endpoints endpoints) {
    /** The policy's name of the token that it is about. */
    TokenName token() {
      return new TokenName(
          address.type() == Address.Type.TOKEN ? address.name() : node.path("token").asText());
    }
  }

  /** The live token of a change that is about one. */
  static TokenId id(JsonNode node) {
    return TokenId.parse(node.path("id").asText());
  }

  /** What people call it. */
  static String description(JsonNode node) {
    return node.path("description").asText();
  }

  /** What a token may do before a change that speaks of nothing else. */
  static Permissions permissionsBefore(JsonNode node) {
    return ManagedFieldsJson.read(node.path("before")).permissions().orElse(Permissions.NONE);
  }

  /** Writes fields into the object that is open. */
  void write(JsonGenerator json, C change) throws IOException;

  /**
   * Reads what {@link #write} wrote. A change of which a journal hides the difference has no steps.
   *
   * @param node the whole object
   * @throws IllegalArgumentException if it is something else
   */
  C read(JsonNode node, Head head);

  /** The same as {@link #write}. */
  default void writeAny(JsonGenerator json, Change change) throws IOException {
    write(json, type().cast(change));
  }
}
