package io.tokenform.report.access;

import java.util.List;
import java.util.Objects;

/**
 * Of which fleet a report is.
 *
 * @param file the fleet file, as the user wrote it
 * @param clusters how many clusters the fleet has, chosen or not
 * @param unread those of the chosen clusters that could not be read, in the order of the fleet
 */
public record FleetScope(String file, int clusters, List<UnreadCluster> unread) {
  public FleetScope {
    Objects.requireNonNull(file, "file");
    unread = List.copyOf(unread);
  }
}
