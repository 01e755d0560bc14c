package io.tokenform.access.database;

import java.util.HashSet;
import java.util.List;

/**
 * How the data of a database is partitioned. It is fixed when the database is made (Management API,
 * POST databases), and the order of its parts matters.
 *
 * @param parts 1 to {@value #MAX_PARTS}, all different
 */
public record PartitionTemplate(List<PartitionPart> parts) {
  /** The most parts (Management API, ClusterDatabasePartitionTemplate: maxItems). */
  public static final int MAX_PARTS = 8;

  /**
   * @throws IllegalArgumentException if there are no parts, too many, or two that are equal
   */
  public PartitionTemplate {
    parts = List.copyOf(parts);
    if (parts.isEmpty() || parts.size() > MAX_PARTS) {
      throw new IllegalArgumentException(
          "a partition template must have 1 to " + MAX_PARTS + " parts, not " + parts.size());
    }
    HashSet<PartitionPart> seen = new HashSet<>();
    for (PartitionPart part : parts) {
      if (!seen.add(part)) {
        throw new IllegalArgumentException(
            "a partition template must not have two equal parts: " + part);
      }
    }
  }

  /** Its parts, as in {@code time %Y | tag room | bucket sensor,10}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (PartitionPart part : parts) {
      text.append(text.length() == 0 ? "" : " | ").append(part);
    }
    return text.toString();
  }
}
