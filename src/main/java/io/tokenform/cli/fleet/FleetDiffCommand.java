package io.tokenform.cli.fleet;

import io.tokenform.access.ExitCode;
import io.tokenform.cli.console.Answer;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.options.Format;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.fleet.FleetDifference;
import io.tokenform.policy.Policy;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.report.fleet.FleetDifferenceJson;
import io.tokenform.report.fleet.FleetDifferenceText;
import io.tokenform.report.text.Wrapping;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares what the policies of two clusters say. */
@Command(
    name = "diff",
    description = {
      "Show how the desired access and the databases of two clusters differ.",
      "Compares their policies: the tokens that only one of them has, what a token may read and write"
          + " in one and not in the other, the other fields of a token, and what is said of"
          + " databases. Asks no cluster. Ids are not compared."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform fleet diff dev-eu prod-eu",
      "  tokenform fleet diff dev-eu prod-eu --fleet fleet.yaml --detailed-exitcode",
    })
final class FleetDiffCommand implements Callable<Integer> {
  private final Run run;

  @Parameters(
      index = "0",
      paramLabel = "CLUSTER",
      converter = ClusterNameConverter.class,
      description = "The name of a cluster of the fleet; what it alone has begins with -.")
  private ClusterName first;

  @Parameters(
      index = "1",
      paramLabel = "CLUSTER",
      converter = ClusterNameConverter.class,
      description = "The name of another; what it alone has begins with +.")
  private ClusterName second;

  @Mixin private FleetOption fleet = new FleetOption();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      converter = Format.TextOrJson.class,
      description = "text, or json, one document. ${DEFAULT-VALUE} if not given.")
  private Format format;

  @Option(
      names = "--detailed-exitcode",
      description = "Exit with 2 if they differ, and with 0 only if they do not.")
  private boolean detailedExitCode;

  private boolean differ;

  FleetDiffCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    if (first.equals(second)) {
      throw new UsageException(
          "a cluster is not compared with itself: " + first, "name two clusters of the fleet");
    }
    Answer.print(run.console(), format == Format.JSON, this::difference);
    return differ && detailedExitCode ? ExitCode.CHANGES : ExitCode.OK;
  }

  private String difference() throws Exception {
    FleetInventory inventory = fleet.read(run.world(), List.of(first, second));
    if (!inventory.policies().areValid()) {
      throw new InvalidPolicyException(inventory.findings());
    }
    FleetDifference difference =
        FleetDifference.of(first, policy(inventory, first), second, policy(inventory, second));
    run.console().findings(inventory.findings());
    differ = !difference.isEmpty();
    return format == Format.JSON
        ? FleetDifferenceJson.render(inventory.path(), difference)
        : Wrapping.of(
            new FleetDifferenceText(run.console().outStyle()).render(difference),
            run.console().outWidth());
  }

  private static Policy policy(FleetInventory inventory, ClusterName name) {
    return inventory.clusters().stream()
        .filter(cluster -> cluster.name().equals(name))
        .flatMap(cluster -> cluster.policy().stream())
        .findFirst()
        .orElseThrow();
  }
}
