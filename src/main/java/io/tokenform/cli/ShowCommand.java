package io.tokenform.cli;

import io.tokenform.plan.Plan;
import io.tokenform.plan.SavedPlan;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    description = {
      "Show a saved plan.",
      "Needs neither the policy nor the cluster; refuses a file that is not as it was written."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform show plan.json",
      "  tokenform show plan.json --format markdown=plan.md --format github",
    })
final class ShowCommand implements Callable<Integer> {
  private final World world;
  private final Console console;

  @Parameters(paramLabel = "PLAN", description = "A file that plan --out wrote.")
  private String file;

  @Mixin private PlanOutputs outputs = new PlanOutputs();

  ShowCommand(World world, Console console) {
    this.world = world;
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    outputs.check(world, Optional.empty());
    Path plan = PolicyFiles.identity(world.directory().resolve(file));
    outputs.refuse(world, Optional.empty(), plan::equals, "the plan");
    SavedPlan saved;
    try {
      outputs.begin(world, console, Optional.empty());
      saved = PlanFiles.read(world, file);
      if (!saved.plan().hasErrors()) {
        console.findings(saved.plan().findings());
      }
      outputs.show(world, console, saved);
    } catch (Exception | Error e) {
      outputs.fail(world, console, Optional.empty(), e);
      throw e;
    }
    Plan held = outputs.held(saved.plan(), same -> saved);
    if (held.isDenied() && !saved.plan().isDenied()) {
      throw DeniedPlanException.ofComment();
    }
    return ExitCode.OK;
  }
}
