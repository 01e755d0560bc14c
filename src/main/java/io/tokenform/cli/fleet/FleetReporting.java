package io.tokenform.cli.fleet;

import io.tokenform.access.TokenListing;
import io.tokenform.cli.console.Failure;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.console.Version;
import io.tokenform.cli.files.HistoryFolder;
import io.tokenform.cli.files.SnapshotFiles;
import io.tokenform.cli.options.LiveOption;
import io.tokenform.cli.options.LiveReader;
import io.tokenform.cli.options.Reading;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.settings.SettingsException;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.SourceText;
import io.tokenform.history.Evidence;
import io.tokenform.live.Live;
import io.tokenform.live.PolicyNames;
import io.tokenform.live.Snapshot;
import io.tokenform.planfile.SnapshotSource;
import io.tokenform.policy.Platform;
import io.tokenform.policy.Policy;
import io.tokenform.report.access.AccessReport;
import io.tokenform.report.access.ClusterAccess;
import io.tokenform.report.access.FleetScope;
import io.tokenform.report.access.Imprint;
import io.tokenform.report.access.Origin;
import io.tokenform.report.access.Past;
import io.tokenform.report.access.UnreadCluster;
import io.tokenform.report.text.Counts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The way from the options of a report to one over a fleet. */
public final class FleetReporting {
  private final Run run;
  private final Reading reading;
  private final LiveOption live;
  private final FleetOption fleet;

  public FleetReporting(Run run, Reading reading, LiveOption live, FleetOption fleet) {
    this.run = run;
    this.reading = reading;
    this.live = live;
    this.fleet = fleet;
  }

  /** Reads the fleet file and the policies. */
  public FleetInventory inventory() throws InvalidPolicyException {
    reading.refusePolicy();
    return fleet.read(run.world());
  }

  /**
   * Reads all clusters at the same time, within bounds. One that cannot be read is told, stands in
   * the report as such, and hides no other.
   *
   * @param inventory with at least one cluster
   * @param since a folder of earlier snapshots to compare with
   * @param history a folder of snapshots and journals, which tell how tokens came to what they have
   * @throws InputException if such a folder has nothing about any of the clusters
   * @throws InterruptedException if the thread is interrupted
   */
  public AccessReport report(
      FleetInventory inventory,
      Imprint imprint,
      Platform platform,
      Optional<String> since,
      Optional<String> history)
      throws InputException, InterruptedException {
    if (since.isPresent()) {
      requireEarlier(inventory, since.get());
    }
    run.console().findings(inventory.findings());
    List<Look> looks =
        new Round(run)
            .of(
                FleetMembers.readable(run, reading.cluster(), live, fleet, inventory, platform),
                member -> member.name().value(),
                (member, teller) -> look(member, teller, imprint, since),
                FleetReporting::unread);
    List<Seen> seen = looks.stream().flatMap(look -> look.seen().stream()).toList();
    List<Optional<Past>> pasts = pasts(seen, history);
    List<ClusterAccess> clusters = new ArrayList<>();
    for (int i = 0; i < seen.size(); i++) {
      clusters.add(access(seen.get(i), pasts.get(i), imprint));
    }
    return new AccessReport(
        imprint,
        Optional.of(
            new FleetScope(
                inventory.path(),
                inventory.fleet().clusters().size(),
                looks.stream().flatMap(look -> look.unread().stream()).toList())),
        clusters);
  }

  private void requireEarlier(FleetInventory inventory, String folder) throws InputException {
    if (!Files.isDirectory(run.world().directory().resolve(folder))) {
      throw new UsageException(
          "--since names " + folder + ", which is no folder with earlier snapshots of a fleet",
          "name a folder that \"tokenform snapshot --fleet FILE --out FOLDER\" has written");
    }
    if (inventory.clusters().stream()
        .noneMatch(cluster -> isThere(SnapshotFiles.in(folder, cluster.name())))) {
      throw new InputException(
          "the folder " + folder + " of --since has no snapshot of any of these clusters",
          "a snapshot of the cluster "
              + inventory.clusters().get(0).name()
              + " is "
              + SnapshotFiles.in(folder, inventory.clusters().get(0).name()));
    }
  }

  private boolean isThere(String file) {
    Path path = run.world().directory().resolve(file);
    return Files.exists(path);
  }

  /** What became of looking at a cluster: one of the two is there. */
  private record Look(Optional<Seen> seen, Optional<UnreadCluster> unread) {}

  /**
   * A cluster that was read.
   *
   * @param isSaved whether from a snapshot
   * @param earlier to compare with
   */
  private record Seen(
      FleetMember member,
      Policy policy,
      Snapshot current,
      boolean isSaved,
      Optional<Snapshot> earlier) {}

  private Look look(FleetMember member, Run teller, Imprint imprint, Optional<String> since)
      throws InvalidPolicyException, InputException, SettingsException, ApiException {
    Policy policy = member.policy().valid();
    return new Look(Optional.of(see(member, policy, teller, imprint, since)), Optional.empty());
  }

  private static Look unread(FleetMember member, Run teller, Failure failure) {
    teller.console().error(member.name() + ": " + failure.message(), failure.hint());
    return new Look(
        Optional.empty(),
        Optional.of(
            new UnreadCluster(
                member.name(),
                teller.console().masking().mask(failure.message()),
                failure.hint().map(teller.console().masking()::mask))));
  }

  private Seen see(
      FleetMember member, Policy policy, Run teller, Imprint imprint, Optional<String> since)
      throws InputException, SettingsException, ApiException {
    try (LiveReader reader = member.way().open(teller)) {
      TokenListing listing = reader.listing();
      FleetReading.tellUnreadable(member.name(), listing, teller);
      Optional<SnapshotSource> source = reader.snapshot();
      Snapshot current =
          new Snapshot(
              Version.number(),
              source.map(SnapshotSource::takenAt).orElse(imprint.madeAt()),
              new Live(reader.address(), listing, reader.databaseListing()));
      return new Seen(
          member,
          policy,
          current,
          source.isPresent(),
          since.isPresent() ? earlier(member, teller, since.get(), current) : Optional.empty());
    }
  }

  /** The earlier snapshot of a cluster; a cluster that is new in the fleet has none. */
  private Optional<Snapshot> earlier(
      FleetMember member, Run teller, String folder, Snapshot current) throws InputException {
    String file = SnapshotFiles.in(folder, member.name());
    if (!isThere(file)) {
      teller
          .console()
          .warning(
              member.name() + " is not compared: there is no earlier snapshot " + file,
              Optional.empty());
      return Optional.empty();
    }
    return Optional.of(SnapshotFiles.readEarlier(run.world(), file, current));
  }

  /** What is known of the past of each cluster. */
  private List<Optional<Past>> pasts(List<Seen> seen, Optional<String> history)
      throws InputException {
    if (history.isEmpty() || seen.isEmpty()) {
      return seen.stream().map(one -> Optional.<Past>empty()).toList();
    }
    HistoryFolder found =
        HistoryFolder.read(
            run.world(),
            history.get(),
            seen.stream().map(one -> one.current().live().cluster()).toList());
    found.tell(run.console(), history.get());
    List<Optional<Past>> pasts = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (int i = 0; i < seen.size(); i++) {
      Evidence evidence = found.evidence().get(i);
      if (evidence.isEmpty()) {
        unknown.add(seen.get(i).member().name().value());
        pasts.add(Optional.empty());
      } else {
        pasts.add(
            Optional.of(
                new Past(
                    evidence.until(seen.get(i).current().takenAt()), found.setAside().size())));
      }
    }
    if (!unknown.isEmpty()) {
      run.console()
          .warning(
              history.get()
                  + " says nothing about "
                  + Counts.of(unknown.size(), "cluster", "clusters")
                  + ": "
                  + String.join(", ", unknown),
              Optional.empty());
    }
    return pasts;
  }

  private static ClusterAccess access(Seen seen, Optional<Past> past, Imprint imprint) {
    Origin origin =
        new Origin(
            Optional.of(seen.member().policy().cluster().place()),
            seen.current(),
            seen.isSaved(),
            seen.earlier(),
            past,
            seen.policy().sources().stream().map(SourceText::name).toList());
    return ClusterAccess.of(
        origin,
        Optional.of(
            PolicyNames.of(seen.policy(), seen.current().live().listing(), imprint.madeAt())),
        imprint.madeAt());
  }
}
