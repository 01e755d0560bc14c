package io.tokenform.policy;

import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.policy.database.DesiredDatabase;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.policy.placement.Placement;
import io.tokenform.policy.placement.Places;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds what is wrong with where tokens and databases say they are in a fleet. That is the same for
 * each cluster, and a token may name as many of them as there are: each token is looked at once.
 * May be used on any thread.
 */
public final class PlacementCheck {
  private final Places fleet;
  private final Map<Location, List<Diagnostic>> known = new ConcurrentHashMap<>();

  /**
   * @param fleet all clusters of the fleet
   */
  public PlacementCheck(Places fleet) {
    this.fleet = Objects.requireNonNull(fleet, "fleet");
  }

  /** Selectors and names of no cluster, and ids on clusters that the token leaves out. */
  List<Diagnostic> check(DesiredToken token) {
    return token
        .placement()
        .map(placement -> known.computeIfAbsent(token.where(), where -> find(token, placement)))
        .orElse(List.of());
  }

  /** Selectors of no cluster. */
  List<Diagnostic> check(DesiredDatabase database) {
    return database
        .placement()
        .map(
            placement ->
                known.computeIfAbsent(database.where(), where -> unknownClusters(placement)))
        .orElse(List.of());
  }

  private List<Diagnostic> unknownClusters(Placement placement) {
    List<Diagnostic> found = new ArrayList<>();
    placement.clusters().forEach(selector -> fleet.unknown(selector).ifPresent(found::add));
    return List.copyOf(found);
  }

  private List<Diagnostic> find(DesiredToken token, Placement placement) {
    List<Diagnostic> found = new ArrayList<>(unknownClusters(placement));
    placement
        .ids()
        .forEach(
            (name, id) -> {
              Located<ClusterName> named = new Located<>(name, id.key());
              fleet.unknownName(named).ifPresent(found::add);
              fleet
                  .named(name)
                  .filter(place -> !placement.covers(place))
                  .ifPresent(place -> found.add(idElsewhere(token, named, placement)));
            });
    return List.copyOf(found);
  }

  private static Diagnostic idElsewhere(
      DesiredToken token, Located<ClusterName> cluster, Placement placement) {
    return Diagnostic.error(
            Code.CONTRADICTION,
            cluster.where(),
            "the token \""
                + token.name()
                + "\" has an id on "
                + cluster.value()
                + ", and its clusters leave that one out")
        .alsoAt(placement.where())
        .hint("remove the id, or add the cluster to clusters");
  }
}
