package io.tokenform.cli;

import io.tokenform.access.ExitCode;
import io.tokenform.access.Flag;
import io.tokenform.cli.console.DeniedPlanException;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.options.JournalOption;
import io.tokenform.cli.options.LiveOption;
import io.tokenform.cli.options.LiveReader;
import io.tokenform.cli.options.PlanOutputs;
import io.tokenform.cli.options.Planning;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.plan.Plan;
import io.tokenform.planfile.SavedPlan;
import java.util.Optional;
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
      "  tokenform plan --out plan.json --format markdown=plan.md",
      "  tokenform plan --live live.json --max-age 24h",
    })
final class PlanCommand implements Callable<Integer> {
  private final Run run;

  @Mixin private Planning planning = new Planning();

  @Mixin private LiveOption live = new LiveOption();

  @Mixin private PlanOutputs outputs = new PlanOutputs();

  @Mixin private JournalOption journals = new JournalOption();

  @Option(
      names = Flag.OUT,
      paramLabel = "FILE",
      description = "Save the plan, so that it can be reviewed, and applied as it is.")
  private String file;

  @Option(
      names = "--detailed-exitcode",
      description = "Exit with 2 if there are changes, and with 0 only if there are none.")
  private boolean detailedExitCode;

  PlanCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    outputs.check(run.world(), Optional.ofNullable(file));
    outputs.refuse(
        run.world(),
        Optional.ofNullable(file),
        path -> planning.reads(run.world(), path),
        "the policy");
    Plan plan;
    try {
      outputs.begin(run, Optional.ofNullable(file));
      plan = plan();
    } catch (Exception | Error e) {
      // After an error such as the lack of memory too: an earlier plan must not stay.
      outputs.fail(run, Optional.ofNullable(file), e);
      throw e;
    }
    if (plan.hasErrors()) {
      throw new InvalidPolicyException(plan.findings());
    }
    if (plan.isDenied()) {
      throw DeniedPlanException.ofPlan(plan);
    }
    return detailedExitCode && plan.hasChanges() ? ExitCode.CHANGES : ExitCode.OK;
  }

  /** Makes the plan, and gives it in every form that was asked for. */
  private Plan plan() throws Exception {
    try (Planning.Session<LiveReader> session =
        planning.start(run, journals.journals(run.world()), live)) {
      Plan plan = outputs.held(session.plan(), session::saved);
      if (!plan.hasErrors()) {
        run.console().findings(plan.findings());
      }
      outputs.write(run, plan, () -> session.saved(plan));
      if (file != null) {
        save(session.saved(plan));
      }
      return plan;
    }
  }

  private void save(SavedPlan saved) throws InputException {
    outputs.save(run, file, saved);
    run.console().note("the plan is in " + file + "; its digest is " + saved.digest());
  }
}
