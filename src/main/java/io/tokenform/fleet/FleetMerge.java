package io.tokenform.fleet;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Explained;
import io.tokenform.cluster.settings.ConnectionSettings;
import io.tokenform.finding.Located;
import io.tokenform.policy.ClusterSection;
import io.tokenform.policy.placement.ClusterName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts the plans that several machines made of the shares of a fleet together into the plan that
 * one machine would have made of all of it.
 */
public final class FleetMerge {
  private static final String DID_NOT_END = "the job of its share did not end";

  private static final String MAKE_ANEW =
      "make the plans again, all from the same commit and with the same tokenform";

  private final Fleet fleet;
  private final List<FleetCluster> expected;

  /**
   * What the folder of a share holds.
   *
   * @param folder its name, for messages
   * @param plan the plans of some clusters, if they were made
   * @param reason why they were not, if the folder says so
   */
  public record Part(String folder, Optional<FleetPlan> plan, Optional<String> reason) {
    public Part {
      Objects.requireNonNull(folder, "folder");
      Objects.requireNonNull(plan, "plan");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /** The parts are not those of one plan. */
  public static final class MismatchException extends Exception implements Explained {
    private static final long serialVersionUID = 1L;

    private final String hint;

    MismatchException(String message, String hint) {
      super(message);
      this.hint = hint;
    }

    @Override
    public Optional<String> hint() {
      return Optional.of(hint);
    }
  }

  /** A plan of a cluster, with the folder that it came from. */
  private record Found(String folder, ClusterPlan plan) {}

  /**
   * @param expected the clusters that the parts should be of, in the order of the fleet file; at
   *     least one
   */
  public FleetMerge(Fleet fleet, List<FleetCluster> expected) {
    this.fleet = fleet;
    this.expected = List.copyOf(expected);
  }

  /**
   * The plan of all expected clusters, in the order of the fleet file. It was made when the first
   * of the parts was. A cluster that is in no part has failed.
   *
   * @param toolVersion the version that would have made it; of a part its own counts
   * @param now when, if there is no part
   * @throws MismatchException if two parts have the same cluster, or one has a cluster that is not
   *     expected or was another then, or if they are of several versions
   */
  public FleetPlan of(List<Part> parts, String toolVersion, Instant now) throws MismatchException {
    Map<ClusterName, Found> found = found(parts);
    ClusterPlan.Failed none = none(parts);
    List<ClusterPlan> clusters = new ArrayList<>();
    for (FleetCluster cluster : expected) {
      int wave = fleet.waveOf(cluster);
      Found its = found.get(cluster.name());
      if (its != null) {
        requireSame(cluster, wave, its);
      }
      clusters.add(its == null ? new ClusterPlan(cluster.place(), wave, none) : its.plan());
    }
    return merged(parts, clusters, toolVersion, now)
        .judgingExceptions(expected.size() == fleet.clusters().size());
  }

  private static FleetPlan merged(
      List<Part> parts, List<ClusterPlan> clusters, String toolVersion, Instant now)
      throws MismatchException {
    List<FleetPlan> plans = parts.stream().flatMap(part -> part.plan().stream()).toList();
    return new FleetPlan(
        version(parts).orElse(toolVersion),
        plans.stream().map(FleetPlan::createdAt).min(Instant::compareTo).orElse(now),
        clusters);
  }

  private Map<ClusterName, Found> found(List<Part> parts) throws MismatchException {
    Set<ClusterName> ofFleet = names(fleet.clusters());
    Set<ClusterName> wanted = names(expected);
    Map<ClusterName, Found> found = new HashMap<>();
    for (Part part : parts) {
      for (ClusterPlan plan : part.plan().map(FleetPlan::clusters).orElse(List.of())) {
        if (!wanted.contains(plan.name())) {
          throw new MismatchException(
              "the folder "
                  + part.folder()
                  + " has a plan of "
                  + plan.name()
                  + (ofFleet.contains(plan.name())
                      ? ", which the options leave out"
                      : ", which is no cluster of the fleet file"),
              "give merge the fleet file and the selectors that plan was given");
        }
        Found other = found.put(plan.name(), new Found(part.folder(), plan));
        if (other != null) {
          throw new MismatchException(
              "both the folder "
                  + other.folder()
                  + " and the folder "
                  + part.folder()
                  + " have a plan of "
                  + plan.name(),
              "leave one of them out: each cluster is in one share");
        }
      }
    }
    return found;
  }

  private static Set<ClusterName> names(List<FleetCluster> clusters) {
    return clusters.stream().map(FleetCluster::name).collect(Collectors.toSet());
  }

  private static void requireSame(FleetCluster cluster, int wave, Found its)
      throws MismatchException {
    requireSame(
        its.plan().wave() == wave && its.plan().place().equals(cluster.place()),
        its,
        "its wave or its labels were others");
    requireSame(
        its.plan().plan().stream()
            .allMatch(saved -> isOf(cluster.cluster(), saved.plan().cluster())),
        its,
        "the name was that of another cluster");
  }

  private static void requireSame(boolean isSame, Found its, String difference)
      throws MismatchException {
    if (!isSame) {
      throw new MismatchException(
          "the plan of "
              + its.plan().name()
              + " in "
              + its.folder()
              + " was made with another fleet file: "
              + difference,
          MAKE_ANEW);
    }
  }

  /** Whether a plan is for the cluster that the fleet file now means. */
  private static boolean isOf(ClusterSection cluster, ClusterAddress planned) {
    Optional<ClusterUrl> url = cluster.url().map(Located::value);
    return cluster.product().value() == planned.product()
        && switch (planned.product()) {
          case CLOUD_DEDICATED ->
              planned.url().equals(url.orElse(ConnectionSettings.CLOUD_DEDICATED_URL))
                  && planned.accountId().equals(cluster.accountId().map(Located::value))
                  && planned.clusterId().equals(cluster.clusterId().map(Located::value));
          case CLUSTERED -> Optional.of(planned.url()).equals(url);
          case SANDBOX -> true;
        };
  }

  private static Optional<String> version(List<Part> parts) throws MismatchException {
    Set<String> versions = new HashSet<>();
    Optional<Part> first = Optional.empty();
    for (Part part : parts) {
      if (part.plan().isEmpty()) {
        continue;
      }
      String version = part.plan().get().toolVersion();
      if (versions.add(version) && first.isPresent()) {
        throw new MismatchException(
            "the plans in "
                + first.get().folder()
                + " and in "
                + part.folder()
                + " were made by different versions of tokenform, "
                + first.get().plan().orElseThrow().toolVersion()
                + " and "
                + version,
            MAKE_ANEW);
      }
      first = Optional.of(part);
    }
    return versions.stream().findFirst();
  }

  /** What is said of a cluster that is in no part: why, as far as the parts know. */
  private static ClusterPlan.Failed none(List<Part> parts) {
    String reasons =
        parts.stream()
            .flatMap(part -> part.reason().stream())
            .distinct()
            .collect(Collectors.joining("; "));
    List<String> folders =
        parts.stream().filter(part -> part.reason().isPresent()).map(Part::folder).toList();
    return new ClusterPlan.Failed(
        "no plan of it was made: " + (reasons.isEmpty() ? DID_NOT_END : reasons),
        Optional.of(
            "the log of the job that should have made it says more"
                + (folders.isEmpty()
                    ? ""
                    : "; so much is known from " + String.join(", ", folders))),
        List.of());
  }
}
