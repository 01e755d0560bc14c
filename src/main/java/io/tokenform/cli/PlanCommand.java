package io.tokenform.cli;

import io.tokenform.access.ExitCode;
import io.tokenform.access.Flag;
import io.tokenform.cli.console.DeniedPlanException;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.files.FleetPlanFiles;
import io.tokenform.cli.fleet.FleetInventory;
import io.tokenform.cli.fleet.FleetOption;
import io.tokenform.cli.fleet.FleetOutputs;
import io.tokenform.cli.fleet.FleetPlanning;
import io.tokenform.cli.help.InGroup;
import io.tokenform.cli.help.OptionGroup;
import io.tokenform.cli.options.JournalOption;
import io.tokenform.cli.options.LiveOption;
import io.tokenform.cli.options.LiveReader;
import io.tokenform.cli.options.PlanOutputs;
import io.tokenform.cli.options.Planning;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.fleet.FleetPlan;
import io.tokenform.fleet.FleetPlanFile;
import io.tokenform.fleet.FleetShare;
import io.tokenform.plan.Plan;
import io.tokenform.planfile.Digests;
import io.tokenform.planfile.SavedPlan;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

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
      "  tokenform plan --fleet fleet.yaml --only env=prod --out plans",
    })
final class PlanCommand implements Callable<Integer> {
  /** The options that apply does not have. */
  private static final Set<String> OF_PLAN_ALONE =
      Set.of(
          Flag.OUT,
          "--detailed-exitcode",
          "--format",
          Flag.MARKDOWN_LIMIT,
          "--commit",
          Flag.LIVE,
          "--max-age");

  /** Those, and the ones that a saved plan has answered. */
  private static final Set<String> OF_PLANNING_ALONE =
      Stream.concat(OF_PLAN_ALONE.stream(), ApplyCommand.OPTIONS_OF_PLANNING.stream())
          .collect(Collectors.toUnmodifiableSet());

  /** Those of planning a fleet that its saved plans have answered. */
  private static final Set<String> OF_PLANNING_A_FLEET =
      Stream.concat(OF_PLANNING_ALONE.stream(), Stream.of(Flag.FLEET, Flag.ONLY, Flag.SHARD))
          .collect(Collectors.toUnmodifiableSet());

  /** Before the options that have no order of their own. */
  private static final int FIRST = -2;

  private final Run run;

  @Mixin private Planning planning = new Planning();

  @Mixin private LiveOption live = new LiveOption();

  @Mixin private PlanOutputs outputs = new PlanOutputs();

  @Mixin private JournalOption journals = new JournalOption();

  @Mixin private FleetOption fleet = new FleetOption();

  @InGroup(OptionGroup.OUTPUT)
  @Option(
      names = Flag.OUT,
      order = FIRST,
      paramLabel = "FILE",
      description =
          "Save the plan, so that it can be reviewed, and applied as it is; with --fleet a folder,"
              + " for a plan of each cluster.")
  private String file;

  @InGroup(OptionGroup.OUTPUT)
  @Option(
      names = "--detailed-exitcode",
      description = "Exit with 2 if there are changes, and with 0 only if there are none.")
  private boolean detailedExitCode;

  @Spec private CommandSpec spec;

  PlanCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    outputs.check(run.world(), Optional.ofNullable(file));
    return fleet.isGiven() ? planFleet() : planOne();
  }

  private int planOne() throws Exception {
    outputs.refuse(
        run.world(),
        Optional.ofNullable(file),
        path -> planning.reads(run.world(), path),
        "the policy");
    Optional.ofNullable(file).ifPresent(outputs::tellSavedIn);
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
    if (plan.hasChanges() && outputs.areForPeople()) {
      next(plan).ifPresent(run.console()::next);
    }
    return detailedExitCode && plan.hasChanges() ? ExitCode.CHANGES : ExitCode.OK;
  }

  private int planFleet() throws Exception {
    // A folder without a manifest holds no plan.
    Optional<String> saved = Optional.ofNullable(file).map(FleetPlanFiles::manifest);
    String read = "the fleet file or a policy";
    if (file != null) {
      outputs.refuseAmongPlans(run.world(), file);
    }
    outputs.refuse(run.world(), saved, path -> fleet.mayRead(run.world(), path), read);
    if (file != null) {
      FleetPlanFiles.prepare(run.world(), file);
      outputs.tellSavedIn(file);
    }
    FleetPlanning planner = new FleetPlanning(run, planning, fleet);
    FleetInventory inventory = outputs.orFail(run, saved, planner::inventory);
    outputs.refuse(run.world(), saved, path -> inventory.reads(run.world(), path), read);
    if (file != null) {
      inventory.refuseFolder(run.world(), file, FleetPlanFiles.names(inventory.clusterNames()));
    }
    FleetPlan plan;
    try {
      if (file != null) {
        FleetPlanFiles.clear(run.world(), file);
      }
      outputs.begin(run, saved);
      if (inventory.isEmpty()) {
        fleet.tellEmpty(run.console());
        outputs.giveNothing(run, saved, FleetPlanFile.nothing(fleet.empty()));
        return ExitCode.OK;
      }
      FleetOutputs forms = new FleetOutputs(run, outputs);
      plan = forms.held(planner.plan(inventory, journals, live));
      forms.write(plan);
      if (file != null) {
        forms.save(file, plan, fleet.isShare());
      }
    } catch (Exception | Error e) {
      outputs.fail(run, saved, e);
      throw e;
    }
    boolean mayBeApplied =
        plan.isApplicable() && plan.share().stream().allMatch(FleetShare::keepsWaves);
    if (mayBeApplied && plan.hasChanges() && outputs.areForPeople()) {
      next(plan).ifPresent(run.console()::next);
    }
    return FleetOutputs.verdict(run, plan, detailedExitCode);
  }

  /** How to apply it: the saved plans, else the same fleet once more. */
  private Optional<String> next(FleetPlan plan) {
    ParseResult parsed = spec.commandLine().getParseResult();
    boolean needsDigest =
        plan.clusters().stream()
            .flatMap(cluster -> cluster.plan().stream())
            .anyMatch(saved -> saved.plan().onlyWithDigest().isPresent());
    String digest = needsDigest ? " " + Flag.EXPECT_DIGEST + " " + plan.digest() : "";
    return file == null
        ? NextCommand.of(parsed, "apply" + digest, OF_PLAN_ALONE)
        : NextCommand.of(
            parsed, "apply " + NextCommand.argument(file) + digest, OF_PLANNING_A_FLEET);
  }

  /** Makes the plan, and gives it in every form that was asked for. */
  private Plan plan() throws Exception {
    try (Planning.Session<LiveReader> session =
        planning.start(run, journals.journals(run.world()), live)) {
      Plan plan = outputs.held(run.console(), session.plan(), session::saved);
      if (!plan.hasErrors()) {
        run.console().findings(plan);
      }
      outputs.write(run, plan, () -> session.saved(plan));
      if (file != null) {
        save(session.saved(plan));
      }
      return plan;
    }
  }

  /** How to apply it: the saved plan, else the same policy once more. */
  private Optional<String> next(Plan plan) {
    String digest =
        plan.onlyWithDigest().isPresent() ? " " + Flag.EXPECT_DIGEST + " " + Digests.of(plan) : "";
    ParseResult parsed = spec.commandLine().getParseResult();
    if (file != null) {
      return NextCommand.of(
          parsed,
          "apply " + NextCommand.argument(file) + digest,
          OF_PLANNING_ALONE,
          plan.cluster());
    }
    // Standard input is read already.
    return planning.isRepeatable()
        ? NextCommand.of(parsed, "apply" + digest, OF_PLAN_ALONE, plan.cluster())
        : Optional.empty();
  }

  private void save(SavedPlan saved) throws InputException {
    outputs.save(run, file, saved);
    run.console().note("the plan is in " + file + "; its digest is " + saved.digest());
  }
}
