package io.tokenform.cli;

import io.tokenform.access.ExitCode;
import io.tokenform.cli.console.Answer;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.fleet.FleetInventory;
import io.tokenform.cli.fleet.FleetOption;
import io.tokenform.cli.options.ClusterOptions;
import io.tokenform.cli.options.Format;
import io.tokenform.cli.options.PlatformOption;
import io.tokenform.cli.options.PolicyOption;
import io.tokenform.cluster.settings.Target;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.policy.Platform;
import io.tokenform.policy.Policy;
import io.tokenform.report.CheckupJson;
import io.tokenform.report.CheckupText;
import io.tokenform.report.fleet.FleetCheckup;
import io.tokenform.report.text.Wrapping;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "doctor",
    description = {
      "Check the connection, and say where each setting came from.",
      "Looks up the name, connects, checks TLS and the management token, and lists tokens and"
          + " databases; stops at the first thing that is wrong. It changes nothing, and needs no"
          + " policy. With --platform it also checks each sink of that file, whatever else is wrong:"
          + " a folder's owner and mode, and a command's program and its check. No sink gets a"
          + " secret, and no command that delivers is run.",
      "With --fleet it checks each cluster of the fleet, all of them at the same time."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform doctor -f tokens.yaml",
      "  tokenform doctor --platform platform.yaml",
      "  tokenform doctor --profile default --format json",
      "  tokenform doctor --fleet fleet.yaml --only env=prod",
    })
final class DoctorCommand implements Callable<Integer> {
  private final Run run;

  @Mixin private PolicyOption policyOption = new PolicyOption();

  @Mixin private PlatformOption platformOption = new PlatformOption();

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Mixin private FleetOption fleet = new FleetOption();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      converter = Format.TextOrJson.class,
      description = "text, or json, one document. ${DEFAULT-VALUE} if not given.")
  private Format format;

  @Spec private CommandSpec spec;

  private boolean isWell;

  DoctorCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    return fleet.isGiven() ? examineFleet() : examineOne();
  }

  private int examineFleet() throws Exception {
    Answer.print(run.console(), format == Format.JSON, this::checkups);
    return isWell ? ExitCode.OK : ExitCode.ERROR;
  }

  private String checkups() throws Exception {
    policyOption.refuse();
    FleetInventory chosen = fleet.read(run.world());
    Platform platform = platformOption.read(run.world());
    FleetInventory inventory = chosen.within(platform);
    FleetCheckup checkup = new FleetExamination(run, cluster, fleet, platform).examine(inventory);
    run.console().findings(inventory.errors());
    if (inventory.isEmpty()) {
      fleet.tellEmpty(run.console());
    }
    isWell = checkup.isHealthy();
    if (format == Format.JSON) {
      return checkup.json();
    }
    return inventory.isEmpty()
        ? ""
        : Wrapping.of(checkup.text(run.console().outStyle()), run.console().outWidth());
  }

  private int examineOne() throws Exception {
    Examination examination =
        new Examination(run, cluster, new Examination.OfOptions(run, cluster));
    try {
      Optional<Policy> policy =
          read(
              examination,
              "policy",
              "the policy has errors",
              "\"tokenform validate\" shows them; they are on standard error too",
              this::policy);
      Platform platform =
          read(
              examination,
              "platform",
              "the platform file has errors",
              "they are on standard error",
              () -> platformOption.read(run.world()));
      examination.examine(target(policy).within(platform), new SinkCheck(platform, policy));
    } catch (RuntimeException e) {
      String message = e.getMessage() == null ? e.toString() : e.getMessage();
      examination.failed("settings", message, Optional.empty());
      print(examination);
      throw e;
    }
    print(examination);
    return examination.checkup().isHealthy() ? ExitCode.OK : ExitCode.ERROR;
  }

  /** Reads a file's content. */
  private interface Reader<T> {
    T read() throws InvalidPolicyException;
  }

  private <T> T read(
      Examination examination, String check, String problem, String hint, Reader<T> reader)
      throws InvalidPolicyException {
    try {
      return reader.read();
    } catch (InvalidPolicyException e) {
      examination.failed(check, problem, Optional.of(hint));
      print(examination);
      throw e;
    }
  }

  /** The policy. The usual one may be absent, one that is named not. */
  private Optional<Policy> policy() throws InvalidPolicyException {
    boolean isNamed = spec.commandLine().getParseResult().hasMatchedOption("--file");
    boolean exists =
        policyOption.paths().stream()
            .anyMatch(path -> Files.exists(run.world().directory().resolve(path)));
    return isNamed || exists ? Optional.of(policyOption.read(run.world())) : Optional.empty();
  }

  /** What the policy says of the cluster. */
  private Target target(Optional<Policy> policy) {
    return policy
        .map(present -> policyOption.target(run.world(), present))
        .orElseGet(Target::unpinned);
  }

  private void print(Examination examination) {
    if (format == Format.JSON) {
      run.console().printJson(CheckupJson.render(examination.checkup()));
    } else {
      String text = new CheckupText(run.console().outStyle()).render(examination.checkup());
      run.console().print(Wrapping.of(text, run.console().outWidth()));
    }
  }
}
