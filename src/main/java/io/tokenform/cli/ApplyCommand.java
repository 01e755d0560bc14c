package io.tokenform.cli;

import io.tokenform.apply.Applier;
import io.tokenform.apply.ApplyResult;
import io.tokenform.apply.Outcome;
import io.tokenform.plan.Change;
import io.tokenform.plan.Plan;
import io.tokenform.report.Counts;
import io.tokenform.report.OutcomeText;
import io.tokenform.report.PlanText;
import io.tokenform.report.RequestsText;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "apply",
    description = {
      "Make the cluster's tokens what the policy says.",
      "Plans, shows the plan, asks, and sends exactly that plan. Before the first change the live"
          + " tokens are listed again: where one that the plan touches has drifted meanwhile, nothing"
          + " is sent."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform apply -f tokens.yaml",
      "  tokenform apply -f tokens.yaml --dry-run",
      "  tokenform apply -f tokens.yaml --auto-approve",
    })
final class ApplyCommand implements Callable<Integer> {
  private final World world;
  private final Console console;

  @Mixin private Planning planning = new Planning();

  @Option(names = "--auto-approve", description = "Apply without asking.")
  private boolean autoApprove;

  @Option(
      names = "--dry-run",
      description = "Print the requests that would be sent, in order, and send none.")
  private boolean dryRun;

  ApplyCommand(World world, Console console) {
    this.world = world;
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    if (!autoApprove && !dryRun && !console.canAsk()) {
      throw new UsageException(
          "apply has nobody to ask: its input or its error output is not a terminal",
          "review the plan, then use --auto-approve; --dry-run shows the requests");
    }
    try (Planning.Session session = planning.start(world, console)) {
      Plan plan = session.plan();
      return dryRun ? preview(plan) : approveAndApply(plan, session);
    }
  }

  private int preview(Plan plan) throws DeniedPlanException {
    console.print(RequestsText.render(plan.changes().stream().map(Change::request).toList()));
    if (plan.isDenied()) {
      throw new DeniedPlanException();
    }
    int requests = plan.changes().size();
    console.note(
        "dry run: " + requests + (requests == 1 ? " request" : " requests") + ", none was sent");
    return ExitCode.OK;
  }

  private int approveAndApply(Plan plan, Planning.Session session) throws Exception {
    console.print(new PlanText(console.outStyle()).render(plan));
    if (!plan.hasChanges()) {
      return ExitCode.OK;
    }
    if (plan.isDenied()) {
      throw new DeniedPlanException();
    }
    if (console.outputIsLost()) {
      // Nobody could have read the plan, and nobody would read what became of it.
      throw new UnwritableOutputException();
    }
    if (!autoApprove && !console.confirms(question(plan))) {
      console.error("not approved; nothing was sent", Optional.empty());
      return ExitCode.ERROR;
    }
    OutcomeText text = new OutcomeText(console.outStyle());
    console.print("\n");
    ApplyResult result =
        new Applier(session.api(), printer(text, plan.changes().size())).apply(plan);
    console.print(text.summary(result));
    if (result.isComplete()) {
      return ExitCode.OK;
    }
    console.error(
        "the apply did not do everything", Optional.of("run plan to see what is left to do"));
    return ExitCode.ERROR;
  }

  private static String question(Plan plan) {
    return "Apply this plan, "
        + Counts.of(plan.changes().size(), "change", "changes")
        + " on "
        + plan.cluster().url()
        + "?";
  }

  /** Prints outcomes as they come; they come one after another. */
  private Consumer<Outcome> printer(OutcomeText text, int total) {
    int[] done = {0};
    return outcome -> console.print(text.render(outcome, ++done[0], total));
  }
}
