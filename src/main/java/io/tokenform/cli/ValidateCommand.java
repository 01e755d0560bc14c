package io.tokenform.cli;

import io.tokenform.policy.Policy;
import io.tokenform.report.Printable;
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
    Policy policy = policyOption.read(world);
    int tokens = policy.tokens().size();
    console.print(
        Printable.line(policyOption.name())
            + ": valid, "
            + (tokens == 1 ? "1 token" : tokens + " tokens")
            + "\n");
    return ExitCode.OK;
  }
}
