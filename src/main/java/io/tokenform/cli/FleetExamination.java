package io.tokenform.cli;

import io.tokenform.access.ClusterAddress;
import io.tokenform.cli.console.Failure;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.fleet.FleetInventory;
import io.tokenform.cli.fleet.FleetOption;
import io.tokenform.cli.fleet.FleetTarget;
import io.tokenform.cli.fleet.FleetTargets;
import io.tokenform.cli.fleet.Round;
import io.tokenform.cli.options.ClusterOptions;
import io.tokenform.cli.options.Destination;
import io.tokenform.cli.options.FoundToken;
import io.tokenform.cluster.settings.SettingsException;
import io.tokenform.cluster.settings.Target;
import io.tokenform.finding.Diagnostic;
import io.tokenform.fleet.ClusterPolicy;
import io.tokenform.policy.Platform;
import io.tokenform.report.Checkup;
import io.tokenform.report.fleet.FleetCheckup;
import io.tokenform.report.text.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Examines the clusters of a fleet at the same time. What is wrong with one hides no other. */
final class FleetExamination {
  private final Run run;
  private final ClusterOptions options;
  private final FleetOption fleet;
  private final Platform platform;

  FleetExamination(Run run, ClusterOptions options, FleetOption fleet, Platform platform) {
    this.run = run;
    this.options = options;
    this.fleet = fleet;
    this.platform = platform;
  }

  /**
   * A cluster that is going to be examined.
   *
   * @param refused why the management token may not go to its host, where that is so
   */
  private record Patient(
      ClusterPolicy policy, FleetTarget target, Optional<SettingsException> refused) {}

  /**
   * What was found out, in the order of the fleet.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  FleetCheckup examine(FleetInventory inventory) throws InterruptedException {
    FleetTargets targets = new FleetTargets(run, options, fleet, platform);
    List<Patient> patients = new ArrayList<>();
    for (ClusterPolicy policy : inventory.clusters()) {
      patients.add(patient(policy, targets.of(policy.cluster(), inventory)));
    }
    return new FleetCheckup(
        new Round(run)
            .of(
                patients,
                one -> one.policy().name().value(),
                this::examine,
                FleetExamination::failed));
  }

  /** One after the other, since it may ask at the terminal. */
  private static Patient patient(ClusterPolicy policy, FleetTarget target) {
    try {
      target.settle();
      return new Patient(policy, target, Optional.empty());
    } catch (SettingsException e) {
      return new Patient(policy, target, Optional.of(e));
    }
  }

  private FleetCheckup.Examined examine(Patient patient, Run teller) {
    Examination examination = new Examination(teller, options, new OfFleet(teller, patient));
    examination.examine(
        patient.target().target(), new SinkCheck(platform, patient.policy().policy()));
    int errors = (int) patient.policy().findings().stream().filter(Diagnostic::isError).count();
    // The first check that fails is the last.
    if (errors > 0 && examination.checkup().isConnected()) {
      examination.failed(
          "policy",
          "the policy has " + Counts.of(errors, "error", "errors"),
          Optional.of("\"tokenform validate\" with --fleet shows all; they are on standard error"));
    }
    return new FleetCheckup.Examined(patient.policy().cluster().place(), examination.checkup());
  }

  private static FleetCheckup.Examined failed(Patient patient, Run teller, Failure failure) {
    return new FleetCheckup.Examined(
        patient.policy().cluster().place(),
        new Checkup(
            List.of(),
            List.of(Checkup.Check.failed("settings", failure.message(), failure.hint())),
            List.of()));
  }

  /** The way to a cluster that a fleet file names. */
  private record OfFleet(Run teller, Patient patient) implements Examination.Way {
    @Override
    public Destination locate(Target target) throws SettingsException {
      return patient.target().locate(teller);
    }

    @Override
    public void settle(Destination destination) throws SettingsException {
      if (patient.refused().isPresent()) {
        throw patient.refused().get();
      }
    }

    @Override
    public Optional<String> tokenOrigin(Destination destination) {
      return patient.target().tokenOrigin(destination);
    }

    @Override
    public FoundToken token(Destination destination) throws InputException {
      return patient.target().token(teller, destination);
    }

    @Override
    public String name(ClusterAddress cluster) {
      return patient.target().name().value();
    }
  }
}
