package io.tokenform.cli;

import io.tokenform.access.ExitCode;
import io.tokenform.access.Flag;
import io.tokenform.access.Sha256;
import io.tokenform.access.SinkName;
import io.tokenform.cli.console.DeniedPlanException;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.files.FleetPlanFiles;
import io.tokenform.cli.files.PlanFiles;
import io.tokenform.cli.fleet.FleetApplying;
import io.tokenform.cli.fleet.FleetInventory;
import io.tokenform.cli.fleet.FleetOption;
import io.tokenform.cli.fleet.FleetOutputs;
import io.tokenform.cli.fleet.FleetPlanning;
import io.tokenform.cli.fleet.FleetTarget;
import io.tokenform.cli.fleet.FleetTargets;
import io.tokenform.cli.help.InGroup;
import io.tokenform.cli.help.OptionGroup;
import io.tokenform.cli.options.Applying;
import io.tokenform.cli.options.Connection;
import io.tokenform.cli.options.GuardrailOptions;
import io.tokenform.cli.options.PlanOutputs;
import io.tokenform.cli.options.Planning;
import io.tokenform.cluster.settings.Target;
import io.tokenform.finding.Allowance;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.fleet.ClusterPlan;
import io.tokenform.fleet.FleetPlan;
import io.tokenform.fleet.FleetShare;
import io.tokenform.plan.Change;
import io.tokenform.plan.Plan;
import io.tokenform.plan.Step;
import io.tokenform.planfile.Digests;
import io.tokenform.planfile.SavedPlan;
import io.tokenform.policy.GuardrailSetting;
import io.tokenform.policy.Platform;
import io.tokenform.policy.expect.Expectation;
import io.tokenform.policy.placement.ClusterName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "apply",
    description = {
      "Change the cluster's tokens to match the policy.",
      "Makes a plan or takes a saved one, shows it, asks, and sends exactly that. Before the first"
          + " change the live tokens are listed again. If one that the plan changes has drifted"
          + " since, in a field that the policy sets, nothing is sent."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform apply -f tokens.yaml",
      "  tokenform apply -f tokens.yaml --dry-run",
      "  tokenform apply -f tokens.yaml --auto-approve",
      "  tokenform apply plan.json --auto-approve --recheck",
      "  tokenform apply --fleet fleet.yaml --only env=dev",
    })
final class ApplyCommand implements Callable<Integer> {
  static final List<String> OPTIONS_OF_PLANNING =
      List.of("--file", "--target", "--exclude", "--order", "--allow", Flag.DUE);

  /** Those that plan does not have. */
  private static final Set<String> OPTIONS_OF_APPLYING =
      Set.of(
          Flag.EXPECT_DIGEST,
          "--auto-approve",
          "--dry-run",
          "--parallelism",
          "--recheck",
          "--quiet",
          "--lock-timeout",
          "--reason");

  private static final List<String> OPTIONS_OF_FLEET =
      List.of(Flag.FLEET, Flag.ONLY, Flag.SHARD, Flag.TRUST_FLEET_HOSTS);

  private final Run run;

  @Mixin private Planning planning = new Planning();

  @Mixin private Applying applying = new Applying();

  @Mixin private Applying.ReasonOption reason = new Applying.ReasonOption();

  @Mixin private FleetOption fleet = new FleetOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "PLAN",
      description =
          "A file that plan --out wrote, or a folder with the plans of a fleet. Exactly that plan"
              + " is applied.")
  private String planFile;

  @InGroup(OptionGroup.GUARDRAILS)
  @Option(
      names = Flag.EXPECT_DIGEST,
      paramLabel = "sha256:...",
      converter = DigestConverter.class,
      description = "Refuse any plan but the one with this digest.")
  private String expectedDigest;

  @Spec private CommandSpec spec;

  ApplyCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    reason.tell(applying, run.console());
    if (planFile == null) {
      return fleet.isGiven() ? planAndApplyFleet() : planAndApply();
    }
    return FleetPlanFiles.isFolder(run.world(), planFile) ? applySavedFleet() : applySaved();
  }

  private int planAndApplyFleet() throws Exception {
    applying.requireApproval(run.console(), "apply");
    FleetPlanning planner = new FleetPlanning(run, planning, fleet);
    FleetInventory inventory = planner.inventory();
    requireWholeWaves(fleet.share(inventory.fleet()));
    if (inventory.isEmpty()) {
      fleet.tellEmpty(run.console());
      return ExitCode.OK;
    }
    Map<ClusterName, FleetTarget> ways =
        new FleetTargets(run, planning.cluster(), fleet, planner.platform()).of(inventory);
    FleetPlan plan = planner.plan(inventory, ways, applying);
    FleetOutputs.tellFindings(run, plan);
    return carryOut(
        plan,
        plan,
        (cluster, teller) -> ways.get(cluster.name()).connect(teller, applying.parallelism()),
        other -> OtherPlanException.madeAnew(other.digest(), other.hasChanges()));
  }

  private int applySavedFleet() throws Exception {
    refuseOptionsOfPlanning();
    if (fleet.namesFile()) {
      throw new UsageException(
          Flag.FLEET + " cannot be used with saved plans, which are applied as they are",
          "leave it out");
    }
    Platform platform = planning.platform(run.world());
    Optional<FleetPlan> read = FleetPlanFiles.read(run.world(), planFile);
    if (read.isEmpty()) {
      return nothingIn(planFile);
    }
    FleetPlan saved = read.get();
    List<ClusterPlan> chosen = fleet.chosen(saved);
    requireWholeWaves(planFile, saved.share());
    requireWholeWaves(fleet.share(saved));
    if (chosen.isEmpty()) {
      fleet.tellEmpty(run.console());
      return ExitCode.OK;
    }
    FleetPlan plan = new FleetPlan(saved.toolVersion(), saved.createdAt(), chosen);
    FleetTargets targets = new FleetTargets(run, planning.cluster(), fleet, platform);
    Map<ClusterName, FleetTarget> ways = new LinkedHashMap<>();
    for (ClusterPlan cluster : plan.clusters()) {
      if (cluster.hasChanges()) {
        String file = FleetPlanFiles.plan(planFile, cluster.name());
        Plan its = cluster.plan().orElseThrow().plan();
        requireGuardrails(file, its, platform);
        requireExpectations(file, its, platform);
        requireSinks(file, its, platform);
        Target target = Target.of(its.cluster(), "the plan " + file, file);
        ways.put(cluster.name(), targets.of(cluster.name(), target.telling(its.toldTokens())));
      }
    }
    if (plan.hasChanges()) {
      applying.requireApproval(run.console(), "apply");
    }
    FleetOutputs.tellFindings(run, plan);
    for (FleetTarget way : ways.values()) {
      way.settle();
    }
    return carryOut(
        plan,
        saved,
        (cluster, teller) -> ways.get(cluster.name()).connect(teller, applying.parallelism()),
        other -> OtherPlanException.inFile(other.digest()));
  }

  /** Refuses a share of several waves: no machine knows how a wave of the others has ended. */
  private static void requireWholeWaves(Optional<FleetShare> share) {
    if (share.isPresent() && !share.get().keepsWaves()) {
      throw new UsageException(
          Flag.SHARD
              + " cannot be used to apply clusters of "
              + share.get().waves()
              + " waves: no share would wait for the wave before",
          "leave it out, or choose the clusters of one wave with "
              + Flag.ONLY
              + ", and apply the next wave when all shares of that have ended well");
    }
  }

  /** Refuses the saved plans of such a share. */
  private static void requireWholeWaves(String folder, Optional<FleetShare> share)
      throws InputException {
    if (share.isPresent() && !share.get().keepsWaves()) {
      throw new InputException(
          "the plan in "
              + folder
              + " is the share "
              + share.get().shard()
              + " of clusters of "
              + share.get().waves()
              + " waves, and would not wait for the other shares of a wave",
          "put the plans of all shares together with tokenform fleet merge, and apply that");
    }
  }

  /** A share without clusters is applied already, unless another plan is expected. */
  private int nothingIn(String plans) throws InputException {
    if (expectedDigest != null) {
      throw new InputException(
          "the plan in " + plans + " is of no cluster, and " + Flag.EXPECT_DIGEST + " names one",
          "make the plan again, or name its folder");
    }
    run.console().note(FleetPlanFiles.nothing(plans));
    return ExitCode.OK;
  }

  /**
   * Applies the plans of a fleet, if they are the expected ones.
   *
   * @param whole what the digest is of, which may be of more clusters
   * @param otherwise what to throw if they are not
   */
  private int carryOut(
      FleetPlan plan,
      FleetPlan whole,
      FleetApplying.Way way,
      Function<FleetPlan, OtherPlanException> otherwise)
      throws Exception {
    FleetApplying applier = new FleetApplying(run, applying, way, new Next());
    if (expectedDigest != null && !expectedDigest.equals(whole.digest())) {
      applier.show(plan);
      throw otherwise.apply(whole);
    }
    if (expectedDigest == null) {
      for (ClusterPlan cluster : plan.clusters()) {
        Optional<Plan> its = cluster.plan().map(SavedPlan::plan);
        requireDigest(its.flatMap(Plan::onlyWithDigest), whole.digest());
      }
    }
    return applier.carryOut(plan);
  }

  private static void requireDigest(Optional<Allowance> open, String digest) throws InputException {
    if (open.isPresent()) {
      throw new InputException(
          open.get().option()
              + " is against a rule of the platform file, for a token that has no id yet: it counts"
              + " only for a plan whose digest is given; nothing was sent",
          "review the plan, then add " + Flag.EXPECT_DIGEST + " " + digest);
    }
  }

  private int planAndApply() throws Exception {
    applying.requireApproval(run.console(), "apply");
    try (Planning.Session<Connection> session =
        planning.connect(run, applying.journals(run.world()), applying.parallelism())) {
      return carryOut(
          session.plan(),
          session.reader(),
          plan -> OtherPlanException.madeAnew(Digests.of(plan), plan.hasChanges()));
    }
  }

  private int applySaved() throws Exception {
    refuseOptionsOfPlanning();
    Platform platform = planning.platform(run.world());
    SavedPlan saved = PlanFiles.read(run.world(), planFile);
    refuseOptionsOfFleet();
    Plan plan = saved.plan();
    requireGuardrails(planFile, plan, platform);
    requireExpectations(planFile, plan, platform);
    requireSinks(planFile, plan, platform);
    if (plan.hasChanges()) {
      applying.requireApproval(run.console(), "apply");
    }
    Target target =
        Target.of(plan.cluster(), "the plan " + planFile, planFile)
            .within(platform)
            .telling(plan.toldTokens());
    try (Connection connection = planning.cluster().connect(run, target, applying.parallelism())) {
      // Now the management token is known, and the cluster and the journal would hold a copy.
      PlanOutputs.json(run.console(), saved);
      return carryOut(plan, connection, other -> OtherPlanException.inFile(Digests.of(other)));
    } catch (DeniedPlanException e) {
      throw DeniedPlanException.ofSavedPlan(plan);
    }
  }

  /** Refuses a plan that was made without the guardrails that the platform wants now. */
  private static void requireGuardrails(String file, Plan plan, Platform platform)
      throws InputException {
    Optional<GuardrailSetting> missing = plan.notHeldAgainst(platform.guardrails());
    if (missing.isPresent()) {
      throw new InputException(
          "the plan "
              + file
              + " was not checked against "
              + missing.get().rule()
              + ": "
              + missing.get().level()
              + missing.get().where().map(where -> " (" + where + ")").orElse(""),
          "make the plan again, with this file for " + GuardrailOptions.NAME);
    }
  }

  /** Refuses a plan that was made without the expectations that the platform has now. */
  private static void requireExpectations(String file, Plan plan, Platform platform)
      throws InputException {
    Optional<Expectation> missing = plan.notHeldAgainst(platform.expectations());
    if (missing.isPresent()) {
      throw new InputException(
          "the plan "
              + file
              + " was not checked against the expectation "
              + missing.get().text()
              + " ("
              + missing.get().where()
              + ")",
          "make the plan again, with this file for " + GuardrailOptions.NAME);
    }
  }

  /** A file alone does not say which command gets a secret. */
  private static void requireSinks(String file, Plan plan, Platform platform)
      throws InputException {
    for (Change change : plan.changes()) {
      Optional<Step.Delivery> delivery = change.delivery();
      if (delivery.isEmpty()) {
        continue;
      }
      SinkName sink = delivery.get().sink();
      if (!delivery.get().definition().equals(platform.sinks().get(sink))) {
        throw new InputException(
            "the plan "
                + file
                + " delivers the secret of \""
                + change.name()
                + "\" to the sink "
                + sink
                + (platform.sinks().containsKey(sink)
                    ? ", which the platform file defines otherwise"
                    : ", which no platform file of this run defines"),
            platform.sinks().containsKey(sink)
                ? "make the plan again"
                : "name the platform file with " + GuardrailOptions.NAME);
      }
    }
  }

  /** A plan that is there has its tokens and its order already. */
  private void refuseOptionsOfPlanning() {
    refuse(OPTIONS_OF_PLANNING, "cannot be used with a saved plan, which is applied as it is");
  }

  private void refuseOptionsOfFleet() {
    refuse(OPTIONS_OF_FLEET, "is about a fleet, and " + planFile + " is the plan of one cluster");
  }

  private void refuse(List<String> options, String why) {
    for (String option : options) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new UsageException(option + " " + why, "leave it out");
      }
    }
  }

  /**
   * Applies a plan without errors, if it is the expected one.
   *
   * @param otherwise what to throw if it is not
   */
  private int carryOut(
      Plan plan, Connection connection, Function<Plan, OtherPlanException> otherwise)
      throws Exception {
    if (plan.hasErrors()) {
      throw new InvalidPolicyException(plan.findings());
    }
    run.console().findings(plan);
    if (expectedDigest != null && !expectedDigest.equals(Digests.of(plan))) {
      applying.show(run, plan);
      throw otherwise.apply(plan);
    }
    if (expectedDigest == null) {
      requireDigest(plan.onlyWithDigest(), Digests.of(plan));
    }
    return applying.carryOut(run, plan, connection, Optional.empty());
  }

  /** The commands after an apply of a fleet; saved plans do not say where its file is. */
  private final class Next implements FleetApplying.Next {
    private final ParseResult parsed = spec.commandLine().getParseResult();

    @Override
    public String rollback(ClusterName cluster) {
      return NextCommand.rollback(parsed, cluster, planFile == null ? fleet.words() : "");
    }

    @Override
    public Optional<String> plan() {
      return planFile == null
          ? NextCommand.of(parsed, "plan", OPTIONS_OF_APPLYING)
          : Optional.empty();
    }
  }

  /** Reads a digest. */
  static final class DigestConverter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!Sha256.isDigest(text)) {
        throw new TypeConversionException(
            "\"" + text + "\" is not a digest, which is sha256: and 64 hexadecimal digits");
      }
      return text;
    }
  }
}
