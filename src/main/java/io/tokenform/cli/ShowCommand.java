package io.tokenform.cli;

import io.tokenform.access.ExitCode;
import io.tokenform.cli.console.DeniedPlanException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.files.FleetPlanFiles;
import io.tokenform.cli.files.PlanFiles;
import io.tokenform.cli.files.PolicyFiles;
import io.tokenform.cli.fleet.FleetOutputs;
import io.tokenform.cli.options.PlanOutputs;
import io.tokenform.fleet.FleetPlan;
import io.tokenform.fleet.FleetPlanFile;
import io.tokenform.fleet.Verdict;
import io.tokenform.plan.Plan;
import io.tokenform.planfile.SavedPlan;
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
      "Needs neither the policy nor the cluster; refuses a file that was changed after it was"
          + " written."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform show plan.json",
      "  tokenform show plan.json --format markdown=plan.md --format github",
    })
final class ShowCommand implements Callable<Integer> {
  private final Run run;

  @Parameters(paramLabel = "PLAN", description = "A file or a folder that plan --out wrote.")
  private String file;

  @Mixin private PlanOutputs outputs = new PlanOutputs();

  ShowCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    outputs.check(run.world(), Optional.empty());
    if (FleetPlanFiles.isFolder(run.world(), file)) {
      return showFleet();
    }
    Path plan = PolicyFiles.identity(run.world().directory().resolve(file));
    outputs.refuse(run.world(), Optional.empty(), plan::equals, "the plan");
    outputs.tellSavedIn(file);
    SavedPlan saved;
    try {
      outputs.begin(run, Optional.empty());
      saved = PlanFiles.read(run.world(), file);
      run.console().findings(saved.plan());
      outputs.show(run, saved);
    } catch (Exception | Error e) {
      outputs.fail(run, Optional.empty(), e);
      throw e;
    }
    Plan held = outputs.held(run.console(), saved.plan(), same -> saved);
    if (held.isDenied() && !saved.plan().isDenied()) {
      throw DeniedPlanException.ofComment();
    }
    return ExitCode.OK;
  }

  private int showFleet() throws Exception {
    Path folder = PolicyFiles.identity(run.world().directory().resolve(file));
    outputs.refuse(
        run.world(), Optional.empty(), path -> path.startsWith(folder), "a part of the plan");
    outputs.tellSavedIn(file);
    FleetOutputs forms = new FleetOutputs(run, outputs);
    FleetPlan saved;
    try {
      outputs.begin(run, Optional.empty());
      Optional<FleetPlan> read = FleetPlanFiles.read(run.world(), file);
      if (read.isEmpty()) {
        String why = FleetPlanFiles.nothing(file);
        run.console().note(why);
        outputs.giveNothing(run, Optional.empty(), FleetPlanFile.nothing(why));
        return ExitCode.OK;
      }
      saved = read.get();
      forms.write(saved);
    } catch (Exception | Error e) {
      outputs.fail(run, Optional.empty(), e);
      throw e;
    }
    if (forms.held(saved).count(Verdict.DENIED) > saved.count(Verdict.DENIED)) {
      throw DeniedPlanException.ofComment();
    }
    return ExitCode.OK;
  }
}
