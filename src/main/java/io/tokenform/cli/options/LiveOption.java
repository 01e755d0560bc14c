package io.tokenform.cli.options;

import io.tokenform.access.Durations;
import io.tokenform.access.Flag;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.console.World;
import io.tokenform.cli.files.PolicyFiles;
import io.tokenform.cli.files.SnapshotFiles;
import io.tokenform.cli.help.InGroup;
import io.tokenform.cli.help.OptionGroup;
import io.tokenform.cluster.ClientOptions;
import io.tokenform.cluster.settings.SettingLayer;
import io.tokenform.cluster.settings.SettingsException;
import io.tokenform.cluster.settings.Target;
import io.tokenform.live.Snapshot;
import io.tokenform.policy.placement.ClusterName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options that take a snapshot in the place of a cluster. */
@InGroup(OptionGroup.CLUSTER)
public final class LiveOption {
  /** How far the clocks of two machines may differ. */
  private static final Duration CLOCKS = Duration.ofMinutes(5);

  @Option(
      names = Flag.LIVE,
      paramLabel = "FILE",
      description =
          "A snapshot to take in the place of the cluster, or - for standard input; with --fleet the"
              + " folder of all snapshots. No cluster is asked then, and no management token is"
              + " needed.")
  private String file;

  @Option(
      names = "--max-age",
      paramLabel = "DURATION",
      converter = DurationOption.class,
      description = "With --live: how old the snapshot may be, such as 24h; any age if not given.")
  private Duration maxAge;

  /** Whether the snapshot comes from standard input. */
  public boolean readsStandardInput() {
    return PolicyFiles.STANDARD_INPUT.equals(file);
  }

  /** Whether a file, by its real path, is the snapshot, or one of a fleet's. */
  public boolean reads(World world, Path path) {
    if (file == null || readsStandardInput()) {
      return false;
    }
    Path named = PolicyFiles.identity(world.directory().resolve(file));
    return named.equals(path) || SnapshotFiles.isIn(named, path);
  }

  /** Whether there are snapshots in the place of clusters. */
  public boolean isGiven() {
    return file != null;
  }

  /** Reads the snapshot, where one is given, and connects to the cluster else. */
  LiveReader open(Run run, ClusterOptions cluster, Target target)
      throws InputException, SettingsException {
    if (file == null) {
      refuseAge();
      return cluster.connect(run, target, ClientOptions.DEFAULT_PARALLELISM);
    }
    return reader(run, SnapshotFiles.read(run.world(), file), target, cluster.named());
  }

  /** Refuses an age where there is no snapshot. */
  public void refuseAge() {
    if (maxAge != null) {
      throw new UsageException("--max-age is about a snapshot", "name one with --live FILE");
    }
  }

  /** Refuses anything but a folder, as the snapshots of a fleet are in. */
  public void requireFolder(World world) {
    if (readsStandardInput() || !Files.isDirectory(world.directory().resolve(file))) {
      throw new UsageException(
          Flag.LIVE
              + " names "
              + (readsStandardInput() ? "standard input" : file)
              + ", which is no folder with the snapshots of a fleet",
          "take them with \"tokenform snapshot --fleet FILE --out FOLDER\", and name the folder");
    }
  }

  /**
   * Reads the snapshot of one cluster of a fleet, from the folder of all.
   *
   * @param run through what it speaks
   */
  public LiveReader of(Run run, ClusterName cluster, Target target)
      throws InputException, SettingsException {
    return reader(run, SnapshotFiles.read(run.world(), file, cluster), target, new SettingLayer());
  }

  private LiveReader reader(Run run, Snapshot snapshot, Target target, SettingLayer flags)
      throws InputException, SettingsException {
    target.requireSnapshot(snapshot.live().cluster(), flags);
    refuseOld(run, snapshot);
    return new SnapshotReader(snapshot);
  }

  private void refuseOld(Run run, Snapshot snapshot) throws InputException {
    Duration age = Duration.between(snapshot.takenAt(), run.world().clock().instant());
    if (age.compareTo(CLOCKS.negated()) < 0) {
      throw new InputException(
          "the snapshot was taken at " + snapshot.takenAt() + ", which is ahead of this clock",
          "check the clock of this machine, or take a new one with tokenform snapshot");
    }
    if (maxAge != null && age.compareTo(maxAge) > 0) {
      throw new InputException(
          "the snapshot was taken at "
              + snapshot.takenAt()
              + ", which is longer ago than --max-age "
              + Durations.text(maxAge)
              + " allows",
          "take a new one with tokenform snapshot");
    }
  }
}
