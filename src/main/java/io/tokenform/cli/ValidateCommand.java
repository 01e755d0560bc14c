package io.tokenform.cli;

import io.tokenform.access.ExitCode;
import io.tokenform.cli.console.Console;
import io.tokenform.cli.console.DeniedPlanException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.files.Repository;
import io.tokenform.cli.fleet.FleetInventory;
import io.tokenform.cli.fleet.FleetOption;
import io.tokenform.cli.options.Format;
import io.tokenform.cli.options.PlatformOption;
import io.tokenform.cli.options.PolicyOption;
import io.tokenform.expect.ExpectationFindings;
import io.tokenform.expect.Judge;
import io.tokenform.expect.World;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.fleet.FleetCheck;
import io.tokenform.policy.Platform;
import io.tokenform.policy.Policy;
import io.tokenform.policy.PolicyFile;
import io.tokenform.policy.PolicyParser;
import io.tokenform.policy.expect.Expectation;
import io.tokenform.report.DiagnosticsJson;
import io.tokenform.report.GithubAnnotations;
import io.tokenform.report.Importance;
import io.tokenform.report.fleet.FleetCheckReport;
import io.tokenform.report.fleet.FleetDiagnostics;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "validate",
    description = {
      "Check a policy without a cluster.",
      "All problems are reported at once, each with its place and what to do about it. What the"
          + " policy and the platform file expect of access is checked as far as the policy alone"
          + " says it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform validate -f tokens.yaml",
      "  tokenform validate -f tokens.yaml --format json",
      "  tokenform validate -f policies --platform platform.yaml",
      "  tokenform validate --fleet fleet.yaml --format github",
    })
final class ValidateCommand implements Callable<Integer> {
  private static final String WHERE_ALL_IS = "tokenform validate shows all";

  private final Run run;

  @Mixin private PolicyOption policyOption = new PolicyOption();

  @Mixin private PlatformOption platformOption = new PlatformOption();

  @Mixin private FleetOption fleet = new FleetOption();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      converter = Format.Converter.class,
      description =
          "text; json, one document with all findings; or github, annotations for GitHub Actions."
              + " ${DEFAULT-VALUE} if not given.")
  private Format format;

  ValidateCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws InvalidPolicyException, DeniedPlanException {
    return fleet.isGiven() ? validateFleet() : validateOne();
  }

  private int validateFleet() throws InvalidPolicyException {
    policyOption.refuse();
    FleetInventory inventory;
    FleetCheckReport report;
    try {
      Platform platform = platformOption.read(run.world());
      inventory = fleet.read(run.world()).within(platform);
      report = FleetCheckReport.of(FleetCheck.of(inventory.policies(), platform.expectations()));
    } catch (InvalidPolicyException e) {
      return invalid(e);
    }
    print(report);
    if (inventory.isEmpty()) {
      fleet.tellEmpty(run.console());
      return ExitCode.OK;
    }
    Optional<String> obstacles = report.obstacles();
    if (obstacles.isEmpty()) {
      printSummary(report.summary(inventory.path()));
      return ExitCode.OK;
    }
    Optional<Diagnostic> error =
        report.findings().findings().stream().filter(Diagnostic::isError).findFirst();
    run.console()
        .error(
            obstacles.get(),
            error
                .map(finding -> "\"tokenform explain " + finding.code() + "\" says more")
                .or(() -> DeniedPlanException.ofPolicy().hint()));
    return error.isPresent() ? ExitCode.ERROR : ExitCode.DENIED;
  }

  private void print(FleetCheckReport report) {
    Console console = run.console();
    FleetDiagnostics findings = report.findings();
    switch (format) {
      case TEXT ->
          console.printError(
              findings.text(
                  console.errStyle(), console.masking(), console.errWidth(), console.showsAll()));
      case JSON -> console.printJson(report.json());
      case GITHUB, MARKDOWN, DIFF ->
          console.print(findings.annotations(WHERE_ALL_IS, Repository.paths(run.world())::of));
    }
  }

  private int validateOne() throws InvalidPolicyException, DeniedPlanException {
    List<PolicyFile> files = policyOption.files(run.world());
    try {
      Policy policy = PolicyParser.merge(files);
      List<Expectation> expectations =
          Stream.of(platformOption.read(run.world()).expectations(), policy.expectations())
              .flatMap(List::stream)
              .toList();
      List<Diagnostic> findings = findings(policy, expectations);
      print(findings);
      if (findings.stream().anyMatch(Diagnostic::isDenied)) {
        throw DeniedPlanException.ofPolicy();
      }
      printSummary(summary(files.size(), policy, expectations.size()));
      return ExitCode.OK;
    } catch (InvalidPolicyException e) {
      return invalid(e);
    }
  }

  private int invalid(InvalidPolicyException e) throws InvalidPolicyException {
    if (format == Format.TEXT) {
      throw e;
    }
    print(e.findings());
    return ExitCode.ERROR;
  }

  /** What is probably not meant, and what the policy gives against what is expected. */
  private static List<Diagnostic> findings(Policy policy, List<Expectation> expectations) {
    if (expectations.isEmpty()) {
      return policy.warnings();
    }
    List<Diagnostic> findings = new ArrayList<>(policy.warnings());
    findings.addAll(ExpectationFindings.of(Judge.judge(expectations, World.of(policy))));
    findings.sort(Diagnostic.BY_PLACE);
    return findings;
  }

  private void print(List<Diagnostic> findings) {
    switch (format) {
      case TEXT -> run.console().findings(findings);
      case JSON -> {
        run.console().printJson(DiagnosticsJson.render(findings));
        run.console().summary(findings);
      }
      // Findings have no other form.
      case GITHUB, MARKDOWN, DIFF -> {
        run.console()
            .print(
                GithubAnnotations.render(
                    Importance.findings(findings),
                    WHERE_ALL_IS,
                    Repository.paths(run.world())::of));
        run.console().summary(findings);
      }
    }
  }

  private void printSummary(String summary) {
    switch (format) {
      case TEXT -> run.console().print(summary + "\n");
      case JSON -> {} // The document has said that the policy is valid.
      case GITHUB, MARKDOWN, DIFF -> run.console().note(summary);
    }
  }

  private String summary(int files, Policy policy, int expectations) {
    String what =
        files == 1
            ? Printable.line(String.join(", ", policyOption.paths()))
            : Counts.of(files, "file", "files");
    String roles =
        policy.roles().isEmpty() ? "" : ", " + Counts.of(policy.roles().size(), "role", "roles");
    String databases =
        policy.databases().isEmpty()
            ? ""
            : ", " + Counts.of(policy.databases().size(), "database", "databases");
    String checked =
        expectations == 0 ? "" : ", " + Counts.of(expectations, "expectation", "expectations");
    return what
        + ": valid, "
        + Counts.of(policy.tokens().size(), "token", "tokens")
        + roles
        + databases
        + checked;
  }
}
