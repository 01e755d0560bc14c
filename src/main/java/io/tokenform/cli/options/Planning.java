package io.tokenform.cli.options;

import io.tokenform.access.TokenName;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.apply.journal.Journals;
import io.tokenform.cli.console.Console;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.Version;
import io.tokenform.cli.console.World;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.settings.SettingsException;
import io.tokenform.cluster.settings.Target;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.plan.PendingFates;
import io.tokenform.plan.Plan;
import io.tokenform.plan.PlanOptions;
import io.tokenform.plan.planner.Planner;
import io.tokenform.planfile.SavedPlan;
import io.tokenform.planfile.SourceDigests;
import io.tokenform.policy.Platform;
import io.tokenform.policy.Policy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.Mixin;

/** The options of every command that plans, and the way from them to a plan. */
public final class Planning {
  @Mixin private PolicyOption policyOption = new PolicyOption();
  @Mixin private SelectionOptions selection = new SelectionOptions();
  @Mixin private GuardrailOptions guardrails = new GuardrailOptions();
  @Mixin private ClusterOptions cluster = new ClusterOptions();

  /** Reads the platform file, for a plan that is there already. */
  public Platform platform(World world) throws InvalidPolicyException {
    return guardrails.platform(world);
  }

  /** The options about the connection, for a plan that is there already. */
  public ClusterOptions cluster() {
    return cluster;
  }

  /** Whether a file, by its real path, is one of the policy's. */
  public boolean reads(World world, Path file) {
    return policyOption.reads(world, file);
  }

  /** Whether another run finds the same policy where this one did. */
  public boolean isRepeatable() {
    return policyOption.isRepeatable();
  }

  /**
   * Reads the policy, and where live is to be read from.
   *
   * @param journals what they know of tokens whose making did not end
   * @param live a snapshot in the place of the cluster, where one is given
   */
  public Session<LiveReader> start(Run run, Journals journals, LiveOption live)
      throws InputException, InvalidPolicyException, SettingsException {
    Policy policy = policyOption.read(run.world());
    Platform platform = platform(run.world());
    return new Session<>(
        run.console(),
        policy,
        options(run, policy, platform, journals),
        live.open(run, cluster, target(run, policy, platform)));
  }

  /**
   * Reads the policy and connects to its cluster, to apply the plan.
   *
   * @param journals what they know of tokens whose making did not end
   * @param parallelism how many calls may be in flight at a time
   */
  public Session<Connection> connect(Run run, Journals journals, int parallelism)
      throws InputException, InvalidPolicyException, SettingsException {
    Policy policy = policyOption.read(run.world());
    Platform platform = platform(run.world());
    return new Session<>(
        run.console(),
        policy,
        options(run, policy, platform, journals),
        cluster.connect(run, target(run, policy, platform), parallelism));
  }

  private PlanOptions options(Run run, Policy policy, Platform platform, Journals journals) {
    return options(run, policy.tokenNames(), policy.databaseNames(), platform)
        .apply(journals.fates());
  }

  /**
   * How to plan, by what journals know of tokens whose making did not end.
   *
   * @param known the names of all tokens of the policy, or of the policies of a fleet
   * @param databases the names of all its databases, likewise
   */
  public Function<PendingFates, PlanOptions> options(
      Run run, Set<TokenName> known, Set<DatabaseName> databases, Platform platform) {
    PlanOptions options =
        new PlanOptions(
                selection.order(),
                selection.selection(known, databases),
                platform.guardrails(),
                guardrails.allowances(known, databases),
                run.world().clock().instant())
            .expecting(platform.expectations());
    return fates -> options.with(selection.due(), platform.sinks(), fates);
  }

  /** Refuses the option that names the policy, where a fleet file names those of each cluster. */
  public void refusePolicy() {
    policyOption.refuse();
  }

  private Target target(Run run, Policy policy, Platform platform) {
    return policyOption.target(run.world(), policy).within(platform);
  }

  /**
   * A policy and its cluster, from planning to the end of the command.
   *
   * @param <R> where live is read from
   */
  public static final class Session<R extends LiveReader> implements AutoCloseable {
    private final Console console;
    private final Policy policy;
    private final PlanOptions options;
    private final R reader;
    private final SourceDigests digests;

    Session(Console console, Policy policy, PlanOptions options, R reader) {
      this(console, policy, options, reader, new SourceDigests());
    }

    /**
     * @param reader is closed with it
     * @param digests those of the files of policies, which the clusters of a fleet share
     */
    public Session(
        Console console, Policy policy, PlanOptions options, R reader, SourceDigests digests) {
      this.digests = digests;
      this.console = console;
      this.policy = policy;
      this.options = options;
      this.reader = reader;
    }

    /** The plan, which may have errors. */
    public Plan plan() throws ApiException, InvalidPolicyException {
      refuseSecrets();
      return Planner.plan(policy, reader.live(), options);
    }

    /** A policy is read before the token is known, of which no plan may hold a copy. */
    private void refuseSecrets() throws InvalidPolicyException {
      Optional<Diagnostic> found = reader.disclosed(policy, console);
      if (found.isPresent()) {
        throw new InvalidPolicyException(List.of(found.get()));
      }
    }

    /** The plan with what machines need to know besides. */
    public SavedPlan saved(Plan plan) {
      return new SavedPlan(
          Version.number(), options.now(), digests.of(policy.sources()), reader.snapshot(), plan);
    }

    public R reader() {
      return reader;
    }

    @Override
    public void close() {
      reader.close();
    }
  }
}
