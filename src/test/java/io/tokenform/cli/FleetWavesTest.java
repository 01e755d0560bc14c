package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A failing wave never lets a later one start: fleets drawn at random with clusters that fail in
 * all ways, against a plain walk over what the sandboxes were asked to do.
 */
class FleetWavesTest {
  private static final int WORLDS = Integer.getInteger("fleet.worlds", 40);
  private static final long FIRST_SEED = Long.getLong("fleet.seed", System.nanoTime());

  /** How many worlds there were in which each of these happened, so that none is left out. */
  private final Map<String, Integer> seen = new LinkedHashMap<>();

  @TempDir Path folder;

  /** What is going to be wrong with a cluster. */
  private enum Trouble {
    NONE("applied 2", ""),
    UNCHANGED("no changes", ""),
    REFUSES("applied 0 of 2", "status=403,on=PATCH"),
    BREAKS("applied (2|[01] of 2)", "status=500,on=PATCH,first=1"),
    RESETS("applied (2|[01] of 2)", "reset,on=PATCH,first=1"),
    DRIFTS("drifted since the plan", ""),
    IS_DOWN("failed", "");

    private final String result;
    private final String fault;

    Trouble(String result, String fault) {
      this.result = result;
      this.fault = fault;
    }

    String[] faults() {
      return fault.isEmpty() ? new String[0] : new String[] {fault};
    }
  }

  /** A cluster of a world. */
  private record Cluster(String name, int wave, Trouble trouble) {}

  @Test
  void aFailingWaveNeverLetsALaterOneStart() throws Exception {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + WORLDS; seed++) {
      try {
        world(seed);
      } catch (AssertionError | Exception e) {
        throw new AssertionError("-Dfleet.seed=" + seed + " -Dfleet.worlds=1", e);
      }
    }
    if (WORLDS >= 40) {
      Assertions.assertThat(seen).containsKeys("exit 0", "exit 1", "exit 4", "stopped", "whole");
    }
  }

  private void world(long seed) throws Exception {
    Random random = new Random(seed);
    int waves = 2 + random.nextInt(3);
    List<Cluster> clusters = new ArrayList<>();
    for (int wave = 1; wave <= waves; wave++) {
      int size = 1 + random.nextInt(3);
      for (int i = 0; i < size; i++) {
        Trouble trouble =
            random.nextInt(100) < 70
                ? Trouble.NONE
                : Trouble.values()[random.nextInt(Trouble.values().length)];
        clusters.add(new Cluster("w" + wave + "-" + i, wave, trouble));
      }
    }
    Path here = Files.createDirectory(folder.resolve(Long.toString(seed)));
    try (FleetSandboxes fleet = new FleetSandboxes(here)) {
      for (Cluster cluster : clusters) {
        fleet.with(
            cluster.name(),
            cluster.wave(),
            cluster.trouble() == Trouble.UNCHANGED ? "same" : "changing",
            cluster.trouble().faults());
      }
      fleet.write(waves);
      Cli.Run run = apply(here, fleet, clusters, random.nextBoolean());
      check(fleet, clusters, run);
    }
  }

  private static Cli.Run apply(
      Path here, FleetSandboxes fleet, List<Cluster> clusters, boolean recheck) throws Exception {
    Cli cli = Cli.in(here).withManagementToken().with("XDG_CONFIG_HOME", here.toString());
    assertThat(cli.run("plan", "--fleet", "fleet.yaml", "--trust-fleet-hosts", "--out", "plans"))
        .exited(0);
    for (Cluster cluster : clusters) {
      if (cluster.trouble() == Trouble.DRIFTS) {
        fleet.patch(
            cluster.name(),
            CommandTest.GRAFANA,
            "{\"permissions\": [{\"action\": \"write\", \"resource\": \"logs\"}]}");
      } else if (cluster.trouble() == Trouble.IS_DOWN) {
        fleet.of(cluster.name()).close();
      }
    }
    fleet.writes().clear();
    List<String> words =
        new ArrayList<>(
            List.of(
                "apply", "plans", "--auto-approve", "--trust-fleet-hosts", "--max-attempts", "1"));
    if (recheck) {
      words.add("--recheck");
    }
    return cli.run(words.toArray(String[]::new));
  }

  private void check(FleetSandboxes fleet, List<Cluster> clusters, Cli.Run run) {
    Map<Cluster, String> results = new LinkedHashMap<>();
    clusters.forEach(cluster -> results.put(cluster, result(cluster, run)));
    List<Cluster> bad = clusters.stream().filter(cluster -> !isWell(results.get(cluster))).toList();
    int last = bad.stream().mapToInt(Cluster::wave).min().orElse(Integer.MAX_VALUE);
    int wave = 0;
    for (FleetSandboxes.Write write : fleet.writes()) {
      Cluster cluster =
          clusters.stream().filter(one -> one.name().equals(write.cluster())).findFirst().get();
      Assertions.assertThat(cluster.wave()).as("%s", write).isBetween(wave, last);
      wave = Math.max(wave, cluster.wave());
    }
    for (Cluster cluster : clusters) {
      String result = results.get(cluster);
      Assertions.assertThat(result)
          .as("%s", cluster)
          .matches(
              cluster.trouble() == Trouble.UNCHANGED
                  ? "no changes"
                  : cluster.wave() > last
                      ? "not begun: wave " + last + " did not end well"
                      : cluster.trouble().result);
      boolean isDone =
          !cluster.trouble().equals(Trouble.UNCHANGED)
              && fleet
                  .of(cluster.name())
                  .token(CommandTest.TELEGRAF)
                  .permissions()
                  .equals(Permissions.of(Permission.write("metrics")));
      Assertions.assertThat(isDone).as("%s", cluster).isEqualTo(result.equals("applied 2"));
    }
    List<Cluster> failed = bad.stream().filter(cluster -> cluster.wave() == last).toList();
    int exit =
        failed.isEmpty()
            ? 0
            : failed.stream().allMatch(one -> one.trouble() == Trouble.DRIFTS) ? 4 : 1;
    assertThat(run).exited(exit);
    seen.merge("exit " + exit, 1, Integer::sum);
    seen.merge(
        clusters.stream().anyMatch(cluster -> cluster.wave() > last) ? "stopped" : "whole",
        1,
        Integer::sum);
  }

  private static boolean isWell(String result) {
    return result.equals("applied 2") || result.equals("no changes");
  }

  /** The result of a cluster in the last table that is printed. */
  private static String result(Cluster cluster, Cli.Run run) {
    Matcher row =
        Pattern.compile("(?m)^" + cluster.name() + " +\\d +\\d +(.*)$").matcher(run.out());
    String result = "";
    while (row.find()) {
      result = row.group(1);
    }
    return result;
  }
}
