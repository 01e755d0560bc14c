package io.tokenform.cli;

import io.tokenform.access.ExitCode;
import io.tokenform.cli.console.DeniedPlanException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.files.Repository;
import io.tokenform.cli.options.Format;
import io.tokenform.cli.options.PolicyOption;
import io.tokenform.expect.ExpectationFindings;
import io.tokenform.expect.Judge;
import io.tokenform.expect.World;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.policy.Policy;
import io.tokenform.policy.PolicyFile;
import io.tokenform.policy.PolicyParser;
import io.tokenform.report.DiagnosticsJson;
import io.tokenform.report.GithubAnnotations;
import io.tokenform.report.Importance;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "validate",
    description = {
      "Check a policy without a cluster.",
      "All problems are reported at once, each with its place and what to do about it. What the"
          + " policy expects of access is checked as far as the policy alone says it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform validate -f tokens.yaml",
      "  tokenform validate -f tokens.yaml --format json",
    })
final class ValidateCommand implements Callable<Integer> {
  private final Run run;

  @Mixin private PolicyOption policyOption = new PolicyOption();

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
    List<PolicyFile> files = policyOption.files(run.world());
    try {
      Policy policy = PolicyParser.merge(files);
      List<Diagnostic> findings = findings(policy);
      print(findings);
      if (findings.stream().anyMatch(Diagnostic::isDenied)) {
        throw DeniedPlanException.ofPolicy();
      }
      printSummary(summary(files.size(), policy));
      return ExitCode.OK;
    } catch (InvalidPolicyException e) {
      if (format == Format.TEXT) {
        throw e;
      }
      print(e.findings());
      return ExitCode.ERROR;
    }
  }

  /** What is probably not meant, and what the policy gives against its own expectations. */
  private static List<Diagnostic> findings(Policy policy) {
    if (policy.expectations().isEmpty()) {
      return policy.warnings();
    }
    List<Diagnostic> findings = new ArrayList<>(policy.warnings());
    findings.addAll(ExpectationFindings.of(Judge.judge(policy.expectations(), World.of(policy))));
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
                    "tokenform validate shows all",
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

  private String summary(int files, Policy policy) {
    String what =
        files == 1
            ? Printable.line(String.join(", ", policyOption.paths()))
            : Counts.of(files, "file", "files");
    String roles =
        policy.roles().isEmpty() ? "" : ", " + Counts.of(policy.roles().size(), "role", "roles");
    int expectations = policy.expectations().size();
    String checked =
        expectations == 0 ? "" : ", " + Counts.of(expectations, "expectation", "expectations");
    return what
        + ": valid, "
        + Counts.of(policy.tokens().size(), "token", "tokens")
        + roles
        + checked;
  }
}
