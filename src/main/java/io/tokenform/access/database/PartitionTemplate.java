package io.tokenform.access.database;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * How the data of a database is partitioned. It is fixed when the database is made (Management API,
 * POST databases), and the order of its parts matters.
 *
 * @param parts 1 to {@value #MAX_PARTS}, all different
 */
public record PartitionTemplate(List<PartitionPart> parts) {
  /** The most parts (Management API, ClusterDatabasePartitionTemplate: maxItems). */
  public static final int MAX_PARTS = 8;

  /** What a database without a template has. */
  private static final List<PartitionPart> BY_DAY = List.of(new PartitionPart.Time("%Y-%m-%d"));

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

  /**
   * Whether two databases with these templates are partitioned alike: without a template one is so
   * by day, as with the template that says that.
   */
  public static boolean areAlike(
      Optional<PartitionTemplate> one, Optional<PartitionTemplate> other) {
    List<PartitionPart> parts = one.isPresent() ? one.get().parts : BY_DAY;
    return parts.equals(other.isPresent() ? other.get().parts : BY_DAY);
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
