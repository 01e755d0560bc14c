package io.tokenform.live;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Product;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/** A cluster's address as a JSON object, in plans and journals alike. */
public final class ClusterJson {
  /** Where an embedded sandbox listens is not kept; this stands in until it is known. */
  private static final ClusterUrl ANYWHERE = ClusterUrl.parse("http://127.0.0.1");

  private ClusterJson() {}

  /** Writes the address. A sandbox listens where there is room, and is the same one there. */
  public static void write(JsonGenerator json, ClusterAddress cluster) throws IOException {
    json.writeObjectFieldStart("cluster");
    json.writeStringField("product", cluster.product().toString());
    if (cluster.fixedUrl().isPresent()) {
      json.writeStringField("url", cluster.fixedUrl().get().toString());
    }
    if (cluster.accountId().isPresent()) {
      json.writeStringField("accountId", cluster.accountId().get().toString());
      json.writeStringField("clusterId", cluster.clusterId().orElseThrow().toString());
    }
    json.writeEndObject();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static ClusterAddress read(JsonNode node) {
    return new ClusterAddress(
        Product.named(node.path("product").asText())
            .orElseThrow(() -> new IllegalArgumentException("the cluster's product is missing")),
        text(node, "url").map(ClusterUrl::parse).orElse(ANYWHERE),
        text(node, "accountId").map(UUID::fromString),
        text(node, "clusterId").map(UUID::fromString));
  }

  private static Optional<String> text(JsonNode node, String field) {
    return Optional.ofNullable(node.get(field)).map(JsonNode::asText);
  }
}
