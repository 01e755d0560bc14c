package io.tokenform.cli;

import io.tokenform.access.Action;
import io.tokenform.access.ExitCode;
import io.tokenform.access.Flag;
import io.tokenform.access.Permission;
import io.tokenform.cli.complete.Completable;
import io.tokenform.cli.complete.Surroundings;
import io.tokenform.cli.console.Answer;
import io.tokenform.cli.console.Console;
import io.tokenform.cli.console.DeniedPlanException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.fleet.FleetInventory;
import io.tokenform.cli.fleet.FleetOption;
import io.tokenform.cli.fleet.FleetReading;
import io.tokenform.cli.options.DatabaseName;
import io.tokenform.cli.options.ListingFormat;
import io.tokenform.cli.options.LiveOption;
import io.tokenform.cli.options.LiveReader;
import io.tokenform.cli.options.PlatformOption;
import io.tokenform.cli.options.Reading;
import io.tokenform.expect.Verdict;
import io.tokenform.finding.Diagnostic;
import io.tokenform.fleet.ClusterAnswer;
import io.tokenform.policy.Platform;
import io.tokenform.report.fleet.FleetDiagnostics;
import io.tokenform.report.fleet.FleetWhoCan;
import io.tokenform.report.live.WhoCanReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "who-can",
    description = {
      "Show which active tokens can read or write a database.",
      "It also shows how: exact if a permission names the database, * if one is on all databases."
          + " With --fleet it asks all clusters of the fleet at the same time."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform who-can read metrics",
      "  tokenform who-can write \"*\" --format json",
      "  tokenform who-can write orders --expect checkout,backup",
      "  tokenform who-can write orders --fleet fleet.yaml",
    })
final class WhoCanCommand implements Callable<Integer> {
  /** The options that apply does not have. */
  private static final Set<String> OF_WHO_CAN_ALONE =
      Set.of(ExpectedTokens.NAME, "--format", Flag.LIVE, "--max-age");

  private final Run run;

  @Mixin private Reading reading = new Reading();

  @Mixin private LiveOption snapshot = new LiveOption();

  @Mixin private PlatformOption platformOption = new PlatformOption();

  @Mixin private FleetOption fleet = new FleetOption();

  @Parameters(
      index = "0",
      paramLabel = "ACTION",
      converter = ActionConverter.class,
      description = "read or write.")
  private Action action;

  @Parameters(
      index = "1",
      paramLabel = "DATABASE",
      converter = DatabaseName.class,
      description =
          "A database; or \"*\", in quotes, for tokens that can do so on all databases, present and"
              + " future.")
  private String database;

  @Mixin private ExpectedTokens expected = new ExpectedTokens();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      converter = ListingFormat.OfTextConverter.class,
      description = "text, json or csv; ${DEFAULT-VALUE} if not given.")
  private ListingFormat format;

  @Spec private CommandSpec spec;

  private List<Verdict> verdicts = List.of();
  private List<Diagnostic> findings = List.of();
  private Optional<FleetWhoCan> ofFleet = Optional.empty();
  private List<String> unknownIds = List.of();

  WhoCanCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    boolean asJson = format == ListingFormat.JSON;
    if (!fleet.isGiven()) {
      return askOne(asJson);
    }
    Answer.print(run.console(), asJson, this::answerOfFleet);
    return exitOfFleet();
  }

  private int askOne(boolean asJson) throws Exception {
    int exitCode = Answer.print(run.console(), asJson, this::answer);
    if (Verdict.anyFails(verdicts)) {
      run.console().findings(findings);
      throw DeniedPlanException.ofOption();
    }
    return exitCode;
  }

  private String answer() throws Exception {
    try (Reading.Session<LiveReader> session =
        reading.start(run, snapshot, platformOption.read(run.world()))) {
      session.warnIfUnknown(database);
      WhoCanReport report =
          question()
              .answer(
                  session.policy(),
                  session.reader(),
                  session.listing(),
                  session.now(),
                  name -> true,
                  apply(
                      NextCommand.of(
                          spec.commandLine().getParseResult(),
                          "apply",
                          OF_WHO_CAN_ALONE,
                          session.reader().address())));
      verdicts = report.verdicts();
      findings = report.findings();
      return text(report);
    }
  }

  private WhoCanQuestion question() {
    return new WhoCanQuestion(new Permission(action, database), expected);
  }

  /** The command that makes live what the policy says, as this run was told of both. */
  private static String apply(Optional<String> command) {
    return command.orElse("tokenform apply");
  }

  private String answerOfFleet() throws Exception {
    reading.refusePolicy();
    FleetInventory inventory = fleet.read(run.world());
    Platform platform = platformOption.read(run.world());
    run.console().findings(inventory.errors());
    FleetQuestion question =
        new FleetQuestion(
            question(),
            inventory.tokenNames(),
            run.world().clock().instant(),
            apply(NextCommand.of(spec.commandLine().getParseResult(), "apply", OF_WHO_CAN_ALONE)));
    FleetWhoCan found =
        new FleetWhoCan(
            question.question().wanted(),
            new FleetReading(run, reading.cluster(), fleet, platform)
                .ask(inventory, snapshot, question));
    if (inventory.isEmpty()) {
      fleet.tellEmpty(run.console());
    }
    if (found.isUnknown()) {
      run.console().warning("no cluster has a database \"" + database + "\"", found.nearest());
    }
    ofFleet = Optional.of(found);
    unknownIds = question.unknownIds();
    return text(found);
  }

  /** What the answers of a fleet come to, after they are printed. */
  private int exitOfFleet() {
    FleetWhoCan found = ofFleet.orElseThrow();
    Console console = run.console();
    List<Integer> codes = new ArrayList<>();
    if (!ClusterAnswer.failed(found.clusters()).isEmpty()) {
      codes.add(ExitCode.ERROR);
    }
    if (found.breach().isPresent() || !unknownIds.isEmpty()) {
      console.printError(
          FleetDiagnostics.of(found.findings(), List.of())
              .text(console.errStyle(), console.masking(), console.errWidth(), console.showsAll()));
      unknownIds.forEach(
          id ->
              console.error(
                  ExpectedTokens.NAME + ": no cluster that answered has the token " + id,
                  Optional.of("is the id right?")));
      found
          .breach()
          .ifPresent(breach -> console.error(breach, DeniedPlanException.ofOption().hint()));
      codes.add(ExitCode.DENIED);
    }
    return ExitCode.worst(codes);
  }

  private String text(WhoCanReport report) {
    return switch (format) {
      case TABLE -> report.text(run.console().outStyle(), run.console().outWidth());
      case JSON -> report.json();
      case CSV -> report.csv();
    };
  }

  private String text(FleetWhoCan found) {
    return switch (format) {
      case TABLE ->
          found.clusters().isEmpty()
              ? ""
              : found.text(run.console().outStyle(), run.console().outWidth());
      case JSON -> found.json();
      case CSV -> found.csv();
    };
  }

  /** Reads an action that the vendor documents. */
  static final class ActionConverter implements ITypeConverter<Action>, Completable {
    @Override
    public Action convert(String word) {
      Action action = Action.of(word.isEmpty() ? "?" : word);
      if (!action.isDocumented()) {
        throw new TypeConversionException(
            "there is no action \"" + word + "\"; the actions are read and write");
      }
      return action;
    }

    @Override
    public List<String> words(Surroundings surroundings) {
      return List.of(Action.READ.toString(), Action.WRITE.toString());
    }
  }
}
