package io.tokenform.cli;

import io.tokenform.plan.Plan;
import io.tokenform.report.PlanText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "plan",
    description = {
      "Show what apply would change.",
      "Reads the policy and the live tokens; sends nothing that changes anything."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform plan -f tokens.yaml",
      "  tokenform plan --target grafana --detailed-exitcode",
    })
final class PlanCommand implements Callable<Integer> {
  private final World world;
  private final Console console;

  @Mixin private Planning planning = new Planning();

  @Option(
      names = "--detailed-exitcode",
      description = "Exit with 2 where there are changes, and with 0 only where there are none.")
  private boolean detailedExitCode;

  PlanCommand(World world, Console console) {
    this.world = world;
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    try (Planning.Session session = planning.start(world, console)) {
      Plan plan = session.plan();
      console.print(new PlanText(console.outStyle()).render(plan));
      if (plan.isDenied()) {
        throw new DeniedPlanException();
      }
      return detailedExitCode && plan.hasChanges() ? ExitCode.CHANGES : ExitCode.OK;
    }
  }
}
