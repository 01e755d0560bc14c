package io.tokenform.cli.fleet;

import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.Version;
import io.tokenform.cli.files.OutputFiles;
import io.tokenform.cli.files.SnapshotFiles;
import io.tokenform.cli.options.ClusterOptions;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.fleet.ClusterAnswer;
import io.tokenform.fleet.ClusterPolicy;
import io.tokenform.live.Snapshot;
import io.tokenform.policy.Platform;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.report.fleet.FleetSnapshotText;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Saves what each cluster of a fleet reports, in a folder. */
public final class FleetSnapshots {
  private final Run run;
  private final FleetOption fleet;
  private final String folder;

  /**
   * @param folder as the user named it; it is made if it is not there
   */
  public FleetSnapshots(Run run, FleetOption fleet, String folder) {
    this.run = run;
    this.fleet = fleet;
    this.folder = folder;
  }

  /**
   * Takes a snapshot of each cluster, all at the same time, and saves it. Those that earlier runs
   * left of these clusters are removed before any is asked: whatever fails, and whenever this run
   * ends, what the folder has of them is of this run.
   *
   * @return what became of each cluster, in the order of the fleet; none if the share has none
   * @throws InvalidPolicyException if the fleet file is wrong
   * @throws InputException if the folder cannot be used
   * @throws InterruptedException if the thread is interrupted
   */
  public List<ClusterAnswer<FleetSnapshotText.Taken>> take(
      ClusterOptions options, Platform platform)
      throws InvalidPolicyException, InputException, InterruptedException {
    FleetInventory inventory = fleet.readClusters(run.world());
    FleetReading reading = new FleetReading(run, options, fleet, platform);
    SnapshotFiles.prepare(run.world(), folder);
    if (!inventory.isEmpty()) {
      inventory.refuseFolder(
          run.world(), folder, inventory.clusterNames().stream().map(SnapshotFiles::of).toList());
    }
    for (ClusterPolicy cluster : inventory.clusters()) {
      SnapshotFiles.remove(run.world(), folder, cluster.name());
    }
    Instant now = run.world().clock().instant().truncatedTo(ChronoUnit.SECONDS);
    return reading.ask(
        inventory,
        (cluster, reader, teller) ->
            save(cluster.name(), new Snapshot(Version.number(), now, reader.live()), teller));
  }

  private FleetSnapshotText.Taken save(ClusterName cluster, Snapshot snapshot, Run teller)
      throws InputException {
    String text = SnapshotFiles.text(snapshot, teller.console().masking());
    OutputFiles.write(
        teller.world(), Path.of(folder).resolve(SnapshotFiles.of(cluster)).toString(), text);
    FleetReading.tellUnreadable(cluster, snapshot.live().listing(), teller);
    SnapshotFiles.tellMasked(snapshot, Optional.of(cluster), teller.console());
    return new FleetSnapshotText.Taken(
        snapshot.live().tokens().size(), snapshot.live().databases().size(), snapshot.digest());
  }
}
