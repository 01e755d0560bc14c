package io.tokenform.cli;

import io.tokenform.access.ExitCode;
import io.tokenform.access.Flag;
import io.tokenform.cli.console.Console;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.console.Version;
import io.tokenform.cli.files.OutputFiles;
import io.tokenform.cli.files.PolicyFiles;
import io.tokenform.cli.files.SnapshotFiles;
import io.tokenform.cli.fleet.FleetOption;
import io.tokenform.cli.fleet.FleetSnapshots;
import io.tokenform.cli.options.Connection;
import io.tokenform.cli.options.PlatformOption;
import io.tokenform.cli.options.Reading;
import io.tokenform.cluster.ClientOptions;
import io.tokenform.fleet.ClusterAnswer;
import io.tokenform.live.Live;
import io.tokenform.live.Snapshot;
import io.tokenform.policy.Platform;
import io.tokenform.report.fleet.FleetSnapshotText;
import io.tokenform.report.text.Counts;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "snapshot",
    description = {
      "Save what the cluster reports, for --live.",
      "A snapshot has the tokens and the databases, and no secret: who has it can plan, report and"
          + " ask who-can without a management token, and can change nothing."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform snapshot --out live.json",
      "  tokenform plan --live live.json --max-age 24h",
      "  tokenform who-can write orders --live live.json",
      "  tokenform snapshot --fleet fleet.yaml --out snapshots",
    })
final class SnapshotCommand implements Callable<Integer> {
  private final Run run;

  @Mixin private Reading reading = new Reading();

  @Mixin private PlatformOption platformOption = new PlatformOption();

  @Mixin private FleetOption fleet = new FleetOption();

  @Option(
      names = Flag.OUT,
      paramLabel = "FILE",
      description =
          "The file to write; standard output if not given. With --fleet a folder, for a snapshot"
              + " of each cluster.")
  private String file;

  SnapshotCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    Optional<String> out = Optional.ofNullable(file);
    return fleet.isGiven() ? takeOfFleet(out) : takeOne(out);
  }

  private int takeOfFleet(Optional<String> out) throws Exception {
    reading.refusePolicy();
    String folder =
        out.filter(name -> !name.equals(PolicyFiles.STANDARD_INPUT))
            .orElseThrow(
                () ->
                    new UsageException(
                        "the snapshots of a fleet need a folder", "name it with --out FOLDER"));
    List<ClusterAnswer<FleetSnapshotText.Taken>> taken =
        new FleetSnapshots(run, fleet, folder)
            .take(reading.cluster(), platformOption.read(run.world()));
    if (taken.isEmpty()) {
      fleet.tellEmpty(run.console());
      return ExitCode.OK;
    }
    Console console = run.console();
    console.print(
        new FleetSnapshotText(console.outStyle(), console.outWidth()).render(folder, taken));
    return ClusterAnswer.failed(taken).isEmpty() ? ExitCode.OK : ExitCode.ERROR;
  }

  private int takeOne(Optional<String> out) throws Exception {
    Platform platform = platformOption.read(run.world());
    try (Reading.Session<Connection> session =
        reading.connect(run, platform, ClientOptions.DEFAULT_PARALLELISM)) {
      give(
          out,
          new Snapshot(
              Version.number(),
              session.now().truncatedTo(ChronoUnit.SECONDS),
              new Live(
                  session.reader().address(),
                  session.listing(),
                  session.reader().databaseListing())));
    }
    return ExitCode.OK;
  }

  private void give(Optional<String> out, Snapshot snapshot) throws InputException {
    Console console = run.console();
    String text = SnapshotFiles.text(snapshot, console.masking());
    if (out.isEmpty()) {
      console.printJson(text);
    } else {
      OutputFiles.write(run.world(), out.get(), text);
    }
    console.note(
        Counts.of(snapshot.live().tokens().size(), "token", "tokens")
            + " and "
            + Counts.of(snapshot.live().databases().size(), "database", "databases")
            + out.map(name -> " are in " + name).orElse("")
            + "; the digest is "
            + snapshot.digest());
    SnapshotFiles.tellMasked(snapshot, Optional.empty(), console);
  }
}
