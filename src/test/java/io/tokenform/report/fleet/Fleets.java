package io.tokenform.report.fleet;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.finding.Diagnostic;
import io.tokenform.fleet.ClusterPlan;
import io.tokenform.fleet.FleetPlan;
import io.tokenform.planfile.SavedPlan;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.policy.placement.Place;
import io.tokenform.report.Plans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Makes plans of fleets. */
public final class Fleets {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static final List<String> DATABASES = List.of("metrics", "logs", "orders", "traces");

  private final List<ClusterPlan> clusters = new ArrayList<>();

  /** A cluster with a plan. */
  public Fleets cluster(String name, int wave, SavedPlan saved) {
    return add(name, wave, new ClusterPlan.Made(saved));
  }

  /** A cluster without one. */
  public Fleets failed(String name, int wave, String message, Diagnostic... findings) {
    return add(
        name,
        wave,
        new ClusterPlan.Failed(message, Optional.of("run it again"), List.of(findings)));
  }

  private Fleets add(String name, int wave, ClusterPlan.Outcome outcome) {
    String env = name.contains("-") ? name.substring(0, name.indexOf('-')) : name;
    clusters.add(
        new ClusterPlan(
            new Place(new ClusterName(name), new TreeMap<>(Map.of("env", env))), wave, outcome));
    return this;
  }

  public FleetPlan fleet() {
    return new FleetPlan("1.2.3", NOW, clusters);
  }

  /** Clusters with this many changes each, of which most widen. */
  static FleetPlan of(int clusters, int changes) {
    Fleets fleets = new Fleets();
    for (int i = 0; i < clusters; i++) {
      Plans plans = new Plans("shared.yaml").on(i);
      for (int j = 0; j < changes; j++) {
        String name = "token-" + (100 + j);
        plans.change(
            name,
            Plans.read("logs"),
            j % 5 == 4 ? Plans.read("metrics") : Plans.read("logs", "metrics"));
      }
      fleets.cluster("cluster-" + (100 + i), 1 + i % 3, plans.plan());
    }
    return fleets.fleet();
  }

  /** Anything that can happen to a fleet, from a seed; of the same seed it is the same. */
  public static FleetPlan random(long seed, int mostClusters, int mostChanges) {
    Random random = new Random(seed);
    Fleets fleets = new Fleets();
    int count = 1 + random.nextInt(mostClusters);
    for (int i = 0; i < count; i++) {
      String name = List.of("dev-", "stage-", "prod-").get(random.nextInt(3)) + (100 + i);
      if (random.nextInt(10) == 0) {
        fleets.failed(name, 1 + random.nextInt(3), "no answer " + random.nextInt(3));
      } else {
        fleets.cluster(name, 1 + random.nextInt(3), plan(random, i, mostChanges));
      }
    }
    return fleets.fleet();
  }

  private static SavedPlan plan(Random random, int cluster, int mostChanges) {
    Plans plans = new Plans("shared.yaml").on(cluster);
    int changes = random.nextInt(4) == 0 ? 0 : random.nextInt(mostChanges + 1);
    for (int i = 0; i < changes; i++) {
      plans.change(
          "token-" + (1000 + i),
          "description " + i,
          random.nextInt(5) == 0 ? "another " + i : "description " + i,
          permissions(random),
          permissions(random),
          List.of());
    }
    IntStream.range(0, random.nextInt(4))
        .forEach(i -> plans.unmanaged("nobody's " + i, permissions(random)));
    return plans.plan();
  }

  private static Permissions permissions(Random random) {
    List<Permission> permissions = new ArrayList<>();
    for (String database : DATABASES) {
      switch (random.nextInt(5)) {
        case 0 -> permissions.add(Permission.read(database));
        case 1 -> permissions.add(Permission.write(database));
        default -> {}
      }
    }
    return Permissions.of(permissions);
  }
}
