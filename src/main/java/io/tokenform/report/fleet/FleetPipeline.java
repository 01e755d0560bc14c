package io.tokenform.report.fleet;

import io.tokenform.fleet.Fleet;
import io.tokenform.fleet.FleetCluster;
import io.tokenform.fleet.FleetMatrix;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The jobs of a fleet as a child pipeline of GitLab: jobs that plan, one that puts the plans
 * together, and those that apply, in a stage for each wave. It holds no script: its jobs extend
 * hidden jobs that the repository has, and tell them names of clusters in variables.
 */
@SuppressWarnings(
    "InlineFormatString") // The pieces of the pipeline stand together, as they are written.
public final class FleetPipeline {
  private static final String HEAD =
      """
      # Made by tokenform fleet matrix --format gitlab. The hidden jobs that these jobs extend are in the
      # repository: .tokenform-plan, .tokenform-merge and .tokenform-apply.
      stages: [%s]
      """;

  private static final String PLAN =
      """

      plan-%1$s:
        extends: .tokenform-plan
        stage: plan
        variables:
          TOKENFORM_JOB: "%1$s"
          TOKENFORM_ARGUMENTS: "%2$s"
      """;

  private static final String MERGE =
      """

      merge:
        extends: .tokenform-merge
        stage: merge
      """;

  /** Somebody starts each by hand, on the default branch, once the wave before it has ended. */
  private static final String APPLY =
      """

      apply-%1$s:
        extends: .tokenform-apply
        stage: wave-%2$d
        environment: {name: fleet-wave-%2$d}
        resource_group: fleet-%1$s
        variables:
          TOKENFORM_JOB: "%1$s"
          TOKENFORM_ARGUMENTS: "%3$s"
        rules:
          - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
            when: manual
            allow_failure: false
      """;

  private FleetPipeline() {}

  /**
   * The pipeline, which ends in a line break.
   *
   * @param clusters some or all of the fleet, in its order
   * @param shares how many jobs plan, and how many apply each wave; a job for each cluster if
   *     absent
   */
  public static String render(Fleet fleet, List<FleetCluster> clusters, Optional<Integer> shares) {
    List<Integer> waves = FleetMatrix.waves(fleet, clusters);
    StringBuilder out =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                HEAD,
                "plan, merge, "
                    + waves.stream()
                        .map(wave -> "wave-" + wave)
                        .collect(Collectors.joining(", "))));
    for (FleetMatrix.Job job : jobs(fleet, clusters, shares)) {
      out.append(String.format(Locale.ROOT, PLAN, job.name(), job.arguments()));
    }
    out.append(MERGE);
    for (int wave : waves) {
      for (FleetMatrix.Job job : jobs(fleet, FleetMatrix.ofWave(fleet, clusters, wave), shares)) {
        String name = job.shard().isPresent() ? "wave-" + wave + "-" + job.name() : job.name();
        out.append(String.format(Locale.ROOT, APPLY, name, wave, job.arguments()));
      }
    }
    return out.toString();
  }

  private static List<FleetMatrix.Job> jobs(
      Fleet fleet, List<FleetCluster> clusters, Optional<Integer> shares) {
    return shares.isPresent()
        ? FleetMatrix.ofShares(fleet, clusters, shares.get())
        : FleetMatrix.ofClusters(fleet, clusters);
  }
}
