package io.tokenform.cli;

import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.cluster.SettingsException;
import io.tokenform.plan.Plan;
import io.tokenform.plan.PlanOptions;
import io.tokenform.plan.Planner;
import io.tokenform.policy.InvalidPolicyException;
import io.tokenform.policy.Policy;
import picocli.CommandLine.Mixin;

/** The options of every command that plans, and the way from them to a plan. */
final class Planning {
  @Mixin private PolicyOption policyOption = new PolicyOption();
  @Mixin private SelectionOptions selection = new SelectionOptions();
  @Mixin private GuardrailOptions guardrails = new GuardrailOptions();
  @Mixin private ClusterOptions cluster = new ClusterOptions();

  /** Reads the policy and connects to its cluster. */
  Session start(World world, Console console)
      throws InputException, InvalidPolicyException, SettingsException {
    Policy policy = policyOption.read(world);
    PlanOptions options =
        new PlanOptions(
            selection.order(),
            selection.selection(policy),
            guardrails.platform(world),
            guardrails.allowances(),
            world.clock().instant());
    Connection connection =
        cluster.connect(world, console, policy, PolicyOption.folder(world, policy));
    return new Session(console, policy, options, connection);
  }

  /** A policy and its cluster, from planning to the end of the command. */
  static final class Session implements AutoCloseable {
    private final Console console;
    private final Policy policy;
    private final PlanOptions options;
    private final Connection connection;

    private Session(Console console, Policy policy, PlanOptions options, Connection connection) {
      this.console = console;
      this.policy = policy;
      this.options = options;
      this.connection = connection;
    }

    /**
     * The plan; its warnings have been printed.
     *
     * @throws InvalidPolicyException if something cannot be planned
     */
    Plan plan() throws ApiException, InvalidPolicyException {
      Plan plan = Planner.plan(policy, connection.live(), options);
      if (plan.hasErrors()) {
        throw new InvalidPolicyException(plan.findings());
      }
      console.findings(plan.findings());
      return plan;
    }

    ManagementApi api() {
      return connection.api();
    }

    @Override
    public void close() {
      connection.close();
    }
  }
}
