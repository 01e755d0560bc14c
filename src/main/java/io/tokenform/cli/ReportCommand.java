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
import io.tokenform.cli.options.LiveOption;
import io.tokenform.cli.options.LiveReader;
import io.tokenform.cli.options.Reading;
import io.tokenform.finding.SourceText;
import io.tokenform.live.Live;
import io.tokenform.live.Snapshot;
import io.tokenform.planfile.SnapshotSource;
import io.tokenform.report.access.AccessReport;
import io.tokenform.report.access.Origin;
import io.tokenform.report.access.Past;
import io.tokenform.report.text.Counts;
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
    })
final class ReportCommand implements Callable<Integer> {
  /** So many files of a history that cannot be used are named. */
  private static final int MOST_SET_ASIDE = 5;

  private final Run run;

  @Mixin private Reading reading = new Reading();

  @Mixin private LiveOption live = new LiveOption();

  @Mixin private ReportOutputs outputs = new ReportOutputs();

  @Option(
      names = "--since",
      paramLabel = "FILE",
      description =
          "An earlier snapshot of the same cluster, or - for standard input: mark what is new,"
              + " gone, wider and narrower since.")
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
    try (Reading.Session<LiveReader> session = reading.start(run, live)) {
      Origin origin = origin(session);
      outputs.write(run, AccessReport.of(origin, session.names(origin.live().live().listing())));
    } catch (Exception e) {
      if (outputs.printsJson()) {
        Answer.failed(run.console(), e);
      }
      throw e;
    }
    return ExitCode.OK;
  }

  private void check() {
    if (since != null && since.isBlank()) {
      throw new UsageException("--since names no file", "is a variable empty?");
    }
    if (history != null && history.isBlank()) {
      throw new UsageException("--history names no folder", "is a variable empty?");
    }
    if ((title != null && title.isBlank()) || reviewers.stream().anyMatch(String::isBlank)) {
      throw new UsageException("--title and --reviewer need a text", "is a variable empty?");
    }
    if (PolicyFiles.STANDARD_INPUT.equals(since) && live.readsStandardInput()) {
      throw new UsageException(
          "--live and --since both read standard input", "name a file for one of them");
    }
    outputs.check(
        run.world(),
        file ->
            reading.reads(run.world(), file)
                || live.reads(run.world(), file)
                || (since != null && file.equals(path(since)))
                || (history != null && file.startsWith(path(history))));
  }

  private Path path(String file) {
    return PolicyFiles.identity(run.world().directory().resolve(file));
  }

  private Origin origin(Reading.Session<LiveReader> session) throws Exception {
    Instant now = session.now().truncatedTo(ChronoUnit.SECONDS);
    Live found =
        new Live(session.reader().address(), session.listing(), session.reader().databases());
    Optional<SnapshotSource> source = session.reader().snapshot();
    Snapshot current =
        new Snapshot(Version.number(), source.map(SnapshotSource::takenAt).orElse(now), found);
    Optional<Snapshot> earlier = Optional.empty();
    if (since != null) {
      earlier = Optional.of(earlier(current));
    }
    return new Origin(
        Optional.ofNullable(title),
        reviewers,
        Version.number(),
        now,
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
    HistoryFolder found = HistoryFolder.read(run.world(), history, current.live().cluster());
    int setAside = found.setAside().size();
    int told = run.console().showsAll() ? setAside : MOST_SET_ASIDE;
    found.setAside().stream().limit(told).forEach(this::tell);
    if (found.ofOthers() > 0) {
      run.console()
          .note(
              Counts.of(found.ofOthers(), "file", "files")
                  + " of "
                  + history
                  + (found.ofOthers() == 1 ? " is" : " are")
                  + " about other clusters");
    }
    if (setAside > told) {
      run.console()
          .note(Counts.number(setAside) + " files of " + history + " are set aside in all");
    }
    return new Past(found.evidence().until(current.takenAt()), setAside);
  }

  private void tell(HistoryFolder.SetAside file) {
    run.console().note(history + "/" + file.file() + " is set aside: " + file.why());
  }

  private Snapshot earlier(Snapshot current) throws InputException {
    Snapshot earlier = SnapshotFiles.read(run.world(), since);
    if (!earlier.live().cluster().isSameCluster(current.live().cluster())) {
      throw new InputException(
          "the snapshot of --since is of another cluster, and cannot be compared with this one",
          "name a snapshot of the same cluster");
    }
    if (earlier.takenAt().isAfter(current.takenAt())) {
      throw new InputException(
          "the snapshot of --since was taken at "
              + earlier.takenAt()
              + ", which is later than "
              + current.takenAt(),
          "give the older one with --since, and the newer one with --live");
    }
    return earlier;
  }
}
