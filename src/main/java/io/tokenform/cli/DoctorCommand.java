package io.tokenform.cli;

import io.tokenform.access.ExitCode;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.options.ClusterOptions;
import io.tokenform.cli.options.Format;
import io.tokenform.cli.options.PolicyOption;
import io.tokenform.cluster.settings.Target;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.report.CheckupJson;
import io.tokenform.report.CheckupText;
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
          + " policy."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform doctor -f tokens.yaml",
      "  tokenform doctor --profile default --format json",
    })
final class DoctorCommand implements Callable<Integer> {
  private final Run run;

  @Mixin private PolicyOption policyOption = new PolicyOption();

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      converter = Format.TextOrJson.class,
      description = "text, or json, one document. ${DEFAULT-VALUE} if not given.")
  private Format format;

  @Spec private CommandSpec spec;

  DoctorCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    Examination examination = new Examination(run, cluster);
    try {
      examination.examine(target());
    } catch (InvalidPolicyException e) {
      examination.failed(
          "policy",
          "the policy has errors",
          Optional.of("\"tokenform validate\" shows them; they are on standard error too"));
      print(examination);
      throw e;
    } catch (RuntimeException e) {
      String message = e.getMessage() == null ? e.toString() : e.getMessage();
      examination.failed("settings", message, Optional.empty());
      print(examination);
      throw e;
    }
    print(examination);
    return examination.checkup().isHealthy() ? ExitCode.OK : ExitCode.ERROR;
  }

  /** What the policy says of the cluster. The usual policy may be absent, one that is named not. */
  private Target target() throws InvalidPolicyException {
    boolean isNamed = spec.commandLine().getParseResult().hasMatchedOption("--file");
    boolean exists =
        policyOption.paths().stream()
            .anyMatch(path -> Files.exists(run.world().directory().resolve(path)));
    return isNamed || exists
        ? policyOption.target(run.world(), policyOption.read(run.world()))
        : Target.unpinned();
  }

  private void print(Examination examination) {
    if (format == Format.JSON) {
      run.console().printJson(CheckupJson.render(examination.checkup()));
    } else {
      run.console().print(new CheckupText(run.console().outStyle()).render(examination.checkup()));
    }
  }
}
