package io.tokenform.cli;

import io.tokenform.access.Action;
import io.tokenform.access.Flag;
import io.tokenform.access.Permission;
import io.tokenform.access.TokenListing;
import io.tokenform.cli.complete.Completable;
import io.tokenform.cli.complete.Surroundings;
import io.tokenform.cli.console.Answer;
import io.tokenform.cli.console.DeniedPlanException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.options.DatabaseName;
import io.tokenform.cli.options.ListingFormat;
import io.tokenform.cli.options.LiveOption;
import io.tokenform.cli.options.LiveReader;
import io.tokenform.cli.options.Reading;
import io.tokenform.cluster.ApiException;
import io.tokenform.expect.ExpectationFindings;
import io.tokenform.expect.Holder;
import io.tokenform.expect.Judge;
import io.tokenform.expect.Verdict;
import io.tokenform.expect.World;
import io.tokenform.finding.Diagnostic;
import io.tokenform.live.Live;
import io.tokenform.live.PolicyNames;
import io.tokenform.live.WhoCan;
import io.tokenform.policy.expect.Expectation;
import io.tokenform.report.live.WhoCanReport;
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
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform who-can read metrics",
      "  tokenform who-can write \"*\" --format json",
      "  tokenform who-can write orders --expect checkout,backup",
    })
final class WhoCanCommand implements Callable<Integer> {
  /** The options that apply does not have. */
  private static final Set<String> OF_WHO_CAN_ALONE =
      Set.of(ExpectedTokens.NAME, "--format", Flag.LIVE, "--max-age");

  private final Run run;

  @Mixin private Reading reading = new Reading();

  @Mixin private LiveOption snapshot = new LiveOption();

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

  WhoCanCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    int exitCode = Answer.print(run.console(), format == ListingFormat.JSON, this::answer);
    if (Verdict.anyFails(verdicts)) {
      run.console().findings(findings);
      throw DeniedPlanException.ofOption();
    }
    return exitCode;
  }

  private String answer() throws Exception {
    try (Reading.Session<LiveReader> session = reading.start(run, snapshot)) {
      Permission wanted = new Permission(action, database);
      session.warnIfUnknown(database);
      TokenListing live = session.listing();
      WhoCan found = WhoCan.find(wanted, live.tokens(), session.names(live), session.now());
      verdicts = verdicts(session, wanted, live);
      findings = ExpectationFindings.of(verdicts, asked(session));
      return text(
          new WhoCanReport(found, live.unreadable(), session.hasPolicy(), verdicts, findings));
    }
  }

  /** With the command that makes live what the policy says, as this run was told of both. */
  private ExpectationFindings.Asked asked(Reading.Session<LiveReader> session) {
    return new ExpectationFindings.Asked(
        ExpectedTokens.NAME,
        NextCommand.of(
                spec.commandLine().getParseResult(),
                "apply",
                OF_WHO_CAN_ALONE,
                session.reader().address())
            .orElse("tokenform apply"));
  }

  /** Whether those who can are those who are expected to; nothing where nobody expects anything. */
  private List<Verdict> verdicts(
      Reading.Session<LiveReader> session, Permission wanted, TokenListing live)
      throws ApiException {
    List<Expectation> expectations = expected.of(wanted, session.hasPolicy());
    if (expectations.isEmpty()) {
      return List.of();
    }
    Optional<PolicyNames> names = session.names(live);
    List<Holder> holders =
        live.tokens().stream()
            .filter(token -> token.isActive(session.now()))
            .map(token -> Holder.of(token, names.flatMap(known -> known.desiredToken(token.id()))))
            .toList();
    Live known = new Live(session.reader().address(), live, session.reader().databases());
    return Judge.judge(expectations, World.of(holders, session.policy(), known));
  }

  private String text(WhoCanReport report) {
    return switch (format) {
      case TABLE -> report.text(run.console().outStyle(), run.console().outWidth());
      case JSON -> report.json();
      case CSV -> report.csv();
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
