package io.tokenform.policy;

import io.tokenform.policy.placement.Place;
import java.util.Objects;

/**
 * The cluster of a fleet that a policy is made for.
 *
 * @param place its name and its labels
 * @param cluster what the fleet file says of it
 * @param fleet what all clusters of the fleet share
 */
public record FleetMember(Place place, ClusterSection cluster, PlacementCheck fleet) {
  public FleetMember {
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(fleet, "fleet");
  }
}
