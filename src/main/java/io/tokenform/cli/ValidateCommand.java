package io.tokenform.cli;

import io.tokenform.policy.Policy;
import io.tokenform.policy.PolicyFile;
import io.tokenform.policy.PolicyParser;
import io.tokenform.report.Counts;
import io.tokenform.report.Printable;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "validate",
    description = {
      "Check a policy without a cluster.",
      "All problems are reported at once, each with its place and what to do about it."
    },
    footerHeading = "%nExample:%n",
    footer = "  tokenform validate -f tokens.yaml")
final class ValidateCommand implements Callable<Integer> {
  private final World world;
  private final Console console;

  @Mixin private PolicyOption policyOption = new PolicyOption();

  ValidateCommand(World world, Console console) {
    this.world = world;
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    List<PolicyFile> files = policyOption.files(world);
    Policy policy = PolicyParser.merge(files);
    console.findings(policy.warnings());
    console.print(summary(files.size(), policy) + "\n");
    return ExitCode.OK;
  }

  private String summary(int files, Policy policy) {
    String what =
        files == 1
            ? Printable.line(String.join(", ", policyOption.paths()))
            : Counts.of(files, "file", "files");
    String roles =
        policy.roles().isEmpty() ? "" : ", " + Counts.of(policy.roles().size(), "role", "roles");
    return what + ": valid, " + Counts.of(policy.tokens().size(), "token", "tokens") + roles;
  }
}
