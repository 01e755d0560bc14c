package io.tokenform.cli;

import io.tokenform.access.ExitCode;
import io.tokenform.cli.console.Answer;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.console.Version;
import io.tokenform.cli.files.HistoryFolder;
import io.tokenform.cli.files.PolicyFiles;
import io.tokenform.cli.files.SnapshotFiles;
import io.tokenform.cli.fleet.FleetInventory;
import io.tokenform.cli.fleet.FleetOption;
import io.tokenform.cli.fleet.FleetReporting;
import io.tokenform.cli.options.LiveOption;
import io.tokenform.cli.options.LiveReader;
import io.tokenform.cli.options.PlatformOption;
import io.tokenform.cli.options.Reading;
import io.tokenform.finding.SourceText;
import io.tokenform.live.Live;
import io.tokenform.live.Snapshot;
import io.tokenform.planfile.SnapshotSource;
import io.tokenform.report.access.AccessReport;
import io.tokenform.report.access.ClusterAccess;
import io.tokenform.report.access.Imprint;
import io.tokenform.report.access.Origin;
import io.tokenform.report.access.Past;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "report",
    description = {
      "Report who may read and write which database, for people.",
      "The page shows each active token with its owner, its place in the policy, its end and its"
          + " access, to search, to filter, to print and to decide on. It holds no secret."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform report --format html=access.html",
      "  tokenform report --live live.json --since january.json > access.html",
      "  tokenform report --history evidence --format html=access.html",
      "  tokenform report --reviewer \"Ann Lee\" --format csv=review.csv --by grant",
      "  tokenform report --fleet fleet.yaml --live snapshots --format html=access.html",
    })
final class ReportCommand implements Callable<Integer> {
  private final Run run;

  @Mixin private Reading reading = new Reading();

  @Mixin private LiveOption live = new LiveOption();

  @Mixin private ReportOutputs outputs = new ReportOutputs();

  @Mixin private FleetOption fleet = new FleetOption();

  @Mixin private PlatformOption platform = new PlatformOption();

  @Option(
      names = "--since",
      paramLabel = "FILE",
      description =
          "An earlier snapshot of the same cluster, or - for standard input; with --fleet the"
              + " folder of all: mark what is new, gone, wider and narrower since.")
  private String since;

  @Option(
      names = "--history",
      paramLabel = "DIR",
      description =
          "A folder of earlier snapshots and of journals: say of each permission since when it is"
              + " there, and which change gave it.")
  private String history;

  @Option(names = "--title", paramLabel = "TEXT", description = "The heading of the report.")
  private String title;

  @Option(
      names = "--reviewer",
      paramLabel = "NAME",
      description =
          "Somebody who decides on each token, and gets a column for that. May be given several"
              + " times.")
  private List<String> reviewers = List.of();

  ReportCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    check();
    try {
      return fleet.isGiven() ? reportFleet() : reportOne();
    } catch (Exception e) {
      if (outputs.printsJson()) {
        Answer.failed(run.console(), e);
      }
      throw e;
    }
  }

  private int reportOne() throws Exception {
    try (Reading.Session<LiveReader> session =
        reading.start(run, live, platform.read(run.world()))) {
      Imprint imprint = imprint(session.now());
      Origin origin = origin(session, imprint);
      outputs.write(
          run,
          AccessReport.of(
              imprint,
              ClusterAccess.of(
                  origin, session.names(origin.live().live().listing()), imprint.madeAt())));
    }
    return ExitCode.OK;
  }

  private int reportFleet() throws Exception {
    FleetReporting reporting = new FleetReporting(run, reading, live, fleet);
    FleetInventory inventory = reporting.inventory();
    outputs.check(run.world(), file -> inventory.reads(run.world(), file));
    if (inventory.isEmpty()) {
      fleet.tellEmpty(run.console());
      return ExitCode.OK;
    }
    AccessReport report =
        reporting.report(
            inventory,
            imprint(run.world().clock().instant()),
            platform.read(run.world()),
            Optional.ofNullable(since),
            Optional.ofNullable(history));
    outputs.write(run, report);
    return report.unread().isEmpty() ? ExitCode.OK : ExitCode.ERROR;
  }

  private Imprint imprint(Instant now) {
    return new Imprint(
        Optional.ofNullable(title),
        reviewers,
        Version.number(),
        now.truncatedTo(ChronoUnit.SECONDS));
  }

  private void check() {
    if (title != null && title.isBlank()) {
      throw new UsageException("--title is empty", "is a variable empty?");
    }
    if (PolicyFiles.STANDARD_INPUT.equals(since) && live.readsStandardInput()) {
      throw new UsageException(
          "--live and --since both read standard input", "name a file for one of them");
    }
    outputs.check(
        run.world(),
        file ->
            (fleet.isGiven() ? fleet.mayRead(run.world(), file) : reading.reads(run.world(), file))
                || live.reads(run.world(), file)
                || (since != null
                    && (file.equals(path(since)) || SnapshotFiles.isIn(path(since), file)))
                || (history != null && file.startsWith(path(history))));
  }

  private Path path(String file) {
    return PolicyFiles.identity(run.world().directory().resolve(file));
  }

  private Origin origin(Reading.Session<LiveReader> session, Imprint imprint) throws Exception {
    Live found =
        new Live(session.reader().address(), session.listing(), session.reader().databaseListing());
    Optional<SnapshotSource> source = session.reader().snapshot();
    Snapshot current =
        new Snapshot(
            Version.number(), source.map(SnapshotSource::takenAt).orElse(imprint.madeAt()), found);
    Optional<Snapshot> earlier = Optional.empty();
    if (since != null) {
      earlier = Optional.of(SnapshotFiles.readEarlier(run.world(), since, current));
    }
    return new Origin(
        Optional.empty(),
        current,
        source.isPresent(),
        earlier,
        history == null ? Optional.empty() : Optional.of(past(current)),
        session.policy().stream()
            .flatMap(policy -> policy.sources().stream())
            .map(SourceText::name)
            .toList());
  }

  private Past past(Snapshot current) throws InputException {
    HistoryFolder found =
        HistoryFolder.read(run.world(), history, List.of(current.live().cluster()));
    found.tell(run.console(), history);
    return new Past(found.evidence().get(0).until(current.takenAt()), found.setAside().size());
  }
}
