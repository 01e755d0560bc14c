package io.tokenform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.ClusterUrl;
import io.tokenform.testing.ScriptedFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The benchmark of fleets: the built distribution plans many clusters of 200 tokens each, of which
 * none changes, while each call takes 20 milliseconds. It prints what that takes, and is bounded by
 * what does not depend on what else this machine does: the calls, the memory, and the time on
 * processors, which is what two cores can give in the time that people are to wait. With {@code
 * -Dbenchmark=true}, on a machine that has nothing else to do, the wall clock is bounded too.
 *
 * <p>Needs Linux, which says how much memory a process has had at most.
 */
class FleetSpeedIT {
  private static final Path TOKENFORM =
      Path.of("target", "tokenform", "bin", "tokenform").toAbsolutePath();

  private static final int TOKENS = 200;
  private static final int DATABASES = 40;
  private static final Duration CALL = Duration.ofMillis(20);

  private static final int MOST_MEBIBYTES = 500;
  private static final double MOST_SECONDS = 5;
  private static final int CORES = 2;

  /** Other processes on the same cores make each of them slower, if not by as much as they take. */
  private static final double LOADED = 3;

  private static final Pattern TIMES = Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s\\s*$");

  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s*(\\d+) kB");

  @TempDir Path folder;

  /** Whether the clusters share one policy, or each has one of its own. */
  private enum Policies {
    SHARED,
    OWN
  }

  /** What a run took. */
  private record Cost(int clusters, double wall, double processors, long mebibytes) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%3d clusters: %5.2f s, %5.2f s on processors, %3d MiB",
          clusters,
          wall,
          processors,
          mebibytes);
    }
  }

  @Test
  @Timeout(1200)
  void fiveHundredClustersAreASmallThingAndCostGrowsLinearly() throws Exception {
    List<Cost> costs = new ArrayList<>();
    for (int clusters : new int[] {50, 100, 250, 500}) {
      costs.add(measured(clusters, Policies.SHARED));
    }
    Cost whole = costs.get(3);
    Cost own = measured(500, Policies.OWN);

    assertThat(whole.mebibytes()).isLessThan(MOST_MEBIBYTES);
    assertThat(own.mebibytes()).isLessThan(MOST_MEBIBYTES);
    assertThat(whole.processors()).isLessThan(MOST_SECONDS * CORES * LOADED);
    // The beginning costs the same for any of them; a square would be 25 times as much.
    assertThat(whole.processors()).isLessThan(7.5 * costs.get(1).processors());
    if (Boolean.getBoolean("benchmark")) {
      assertThat(whole.wall()).isLessThan(MOST_SECONDS);
    }
  }

  /** Of two runs the better one: the first may still find its files on the disk. */
  private Cost measured(int clusters, Policies policies) throws Exception {
    try (ScriptedFleet fleet = new ScriptedFleet(clusters, tokens(), databases(), CALL)) {
      Path files = Files.createDirectories(folder.resolve(policies + "-" + clusters));
      write(files, fleet.urls(), policies);
      List<Cost> runs = new ArrayList<>();
      for (int run = 1; run <= 2; run++) {
        runs.add(plan(files, clusters));
        assertThat(fleet.calls()).isEqualTo(run * 2 * clusters);
      }
      Cost best = runs.stream().min(Comparator.comparingDouble(Cost::wall)).orElseThrow();
      System.out.println(
          "FleetSpeedIT: " + policies.name().toLowerCase(Locale.ROOT) + " policies, " + best);
      return best;
    }
  }

  private Cost plan(Path files, int clusters) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            "bash",
            "-c",
            "\"$0\" plan --fleet fleet.yaml --trust-fleet-hosts --detailed-exitcode >out 2>err;"
                + " code=$?; times >took; exit $code",
            TOKENFORM.toString());
    builder.directory(files.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("INFLUX_DB_"));
    builder.environment().put("INFLUX_DB_MANAGEMENT_TOKEN", "token-of-the-benchmark");
    builder.environment().put("HOME", files.toString());
    long start = System.nanoTime();
    Process process = builder.start();
    long peak = 0;
    while (!process.waitFor(5, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, process.descendants().mapToLong(FleetSpeedIT::peak).max().orElse(0));
    }
    double wall = (System.nanoTime() - start) / 1e9;
    assertThat(process.exitValue()).as(Files.readString(files.resolve("err"))).isZero();
    assertThat(Files.readString(files.resolve("out")))
        .endsWith("Fleet: %d clusters, %d unchanged.\n".formatted(clusters, clusters));
    assertThat(peak).isPositive();
    return new Cost(clusters, wall, processors(files.resolve("took")), peak / 1024);
  }

  /** The most memory that a process has had so far, in kibibytes; 0 for one that has ended. */
  private static long peak(ProcessHandle process) {
    try {
      Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
      return peak.find() ? Long.parseLong(peak.group(1)) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** What the shell's children took, which its second line says. */
  private static double processors(Path took) throws IOException {
    Matcher times = TIMES.matcher(Files.readString(took));
    assertThat(times.find()).as(Files.readString(took)).isTrue();
    return Integer.parseInt(times.group(1)) * 60
        + Double.parseDouble(times.group(2))
        + Integer.parseInt(times.group(3)) * 60
        + Double.parseDouble(times.group(4));
  }

  private static String tokens() {
    return IntStream.range(0, TOKENS)
        .mapToObj(
            i ->
                """
                {"id": "%s", "description": "Token number %d", "createdAt": "2024-01-01T00:00:00Z",
                 "permissions": [{"action": "read", "resource": "logs"},
                   {"action": "read", "resource": "metrics"},
                   {"action": "write", "resource": "orders-%d"}]}
                """
                    .formatted(id(i), i, i % DATABASES))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String databases() {
    return IntStream.range(0, DATABASES)
        .mapToObj(i -> "{\"name\": \"orders-" + i + "\"}")
        .collect(Collectors.joining(",", "[{\"name\": \"logs\"}, {\"name\": \"metrics\"}, ", "]"));
  }

  private static String id(int number) {
    return "%08x-0000-4000-8000-%012x".formatted(number, number);
  }

  private static void write(Path folder, List<ClusterUrl> urls, Policies policies)
      throws IOException {
    StringBuilder fleet = new StringBuilder("version: 1\nclusters:\n");
    for (int i = 0; i < urls.size(); i++) {
      String name = "cluster-%03d".formatted(i);
      String file = policies == Policies.SHARED ? "shared" : name;
      fleet.append(
          "  %s: {product: clustered, url: '%s', files: [%s.yaml], labels: {env: %s}}\n"
              .formatted(name, urls.get(i), file, i % 2 == 0 ? "dev" : "prod"));
      Files.writeString(folder.resolve(file + ".yaml"), policy(policies));
    }
    Files.writeString(folder.resolve("fleet.yaml"), fleet);
  }

  /** Tokens are found by their ids where each cluster has its own, else by their descriptions. */
  private static String policy(Policies policies) {
    StringBuilder policy =
        new StringBuilder("version: 1\nroles:\n  reader: {read: [metrics, logs]}\ntokens:\n");
    for (int i = 0; i < TOKENS; i++) {
      String key = policies == Policies.OWN ? "id: " + id(i) : "description: Token number " + i;
      policy.append(
          "  token-%d:\n    %s\n    owner: team-%d\n    roles: [reader]\n    permissions: {write: [orders-%d]}\n"
              .formatted(i, key, i % 7, i % DATABASES));
    }
    return policy.toString();
  }
}
