package io.tokenform.report.access;

import io.tokenform.live.Snapshot;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.policy.placement.Place;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the facts about a cluster come from.
 *
 * @param place the cluster's name and labels, in a report over a fleet
 * @param live what the cluster reported, and when
 * @param isSavedSnapshot whether that was read from a file, and not from the cluster itself
 * @param since an earlier snapshot of the same cluster to compare with
 * @param past what is known of how the tokens came to what they have, where that was asked for
 * @param policyFiles the names of the policy's files; empty where there is no policy
 */
public record Origin(
    Optional<Place> place,
    Snapshot live,
    boolean isSavedSnapshot,
    Optional<Snapshot> since,
    Optional<Past> past,
    List<String> policyFiles) {
  public Origin {
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(live, "live");
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(past, "past");
    policyFiles = List.copyOf(policyFiles);
  }

  /** The cluster's name, in a report over a fleet. */
  Optional<ClusterName> cluster() {
    return place.map(Place::name);
  }
}
