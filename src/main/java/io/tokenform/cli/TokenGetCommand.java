package io.tokenform.cli;

import io.tokenform.access.Flag;
import io.tokenform.access.Token;
import io.tokenform.access.TokenListing;
import io.tokenform.cli.console.Answer;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.options.ListingFormat;
import io.tokenform.cli.options.LiveOption;
import io.tokenform.cli.options.LiveReader;
import io.tokenform.cli.options.MeantToken;
import io.tokenform.cli.options.Reading;
import io.tokenform.live.PolicyNames;
import io.tokenform.live.TokenSearch;
import io.tokenform.report.live.TokenDetails;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "get",
    description = {
      "Show one live token.",
      "It is found by its id or the beginning of it, by its name in the policy, or by its"
          + " description."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform token get grafana -f tokens.yaml",
      "  tokenform token get \"Grafana dashboards\"",
      "  tokenform token get 1f0c7a52-3b5e-4c1d-9a64-0d2b8e6f1a01 --format json",
    })
final class TokenGetCommand implements Callable<Integer> {
  private final Run run;

  @Mixin private Reading reading = new Reading();

  @Mixin private LiveOption snapshot = new LiveOption();

  @Parameters(
      paramLabel = "TOKEN",
      converter = MeantToken.class,
      description = MeantToken.DESCRIPTION)
  private String wanted;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      converter = ListingFormat.OfOneConverter.class,
      description =
          "table; or json, in the form of the Management API. ${DEFAULT-VALUE} if not given.")
  private ListingFormat format;

  @Option(names = Flag.INCLUDE_REVOKED, description = "Find revoked tokens, too.")
  private boolean withRevoked;

  TokenGetCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    return Answer.print(run.console(), format == ListingFormat.JSON, this::get);
  }

  private String get() throws Exception {
    try (Reading.Session<LiveReader> session = reading.start(run, snapshot)) {
      TokenListing live = session.listing();
      Optional<PolicyNames> names = session.names(live);
      Token token = new TokenSearch(live, names, withRevoked, session.now()).find(wanted);
      TokenDetails details =
          new TokenDetails(
              token, names.flatMap(policy -> policy.desiredToken(token.id())), session.now());
      return format == ListingFormat.JSON
          ? details.json()
          : details.table(run.console().outStyle());
    }
  }
}
