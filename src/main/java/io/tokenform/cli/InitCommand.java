package io.tokenform.cli;

import io.tokenform.access.ExitCode;
import io.tokenform.access.FileProblem;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.files.Links;
import io.tokenform.cli.files.PolicyFiles;
import io.tokenform.cli.files.StagedFiles;
import io.tokenform.cli.options.ClusterOptions;
import io.tokenform.cli.options.Connection;
import io.tokenform.cli.options.ExportOutput;
import io.tokenform.cluster.settings.Target;
import io.tokenform.export.Export;
import io.tokenform.export.ExportedPolicy;
import io.tokenform.policy.PolicyParser;
import io.tokenform.report.text.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "init",
    description = {
      "Write a first policy.",
      "Where options, variables or a profile of influxctl lead to a cluster, it says what the"
          + " cluster's active tokens have now, so that a plan changes nothing. Else it is an empty"
          + " one for the embedded sandbox, with comments that say how to go on. Prints the name of"
          + " the file. A file that exists is never replaced."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform init",
      "  tokenform init --profile production",
      "  tokenform init --empty --output policies/tokens.yaml",
    })
final class InitCommand implements Callable<Integer> {
  /** The options that plan does not have. */
  private static final Set<String> OF_INIT_ALONE = Set.of("--output", "--empty");

  /** A policy that is valid as it is, and in the layout that fmt writes. */
  private static final String EMPTY =
      PolicyParser.MODELINE
          + """
          version: 1

          # Which cluster this policy is for. The sandbox is part of tokenform, to try things out.
          # A cluster of your own is one of these:
          #
          #   product: cloud-dedicated
          #   accountId: 11111111-1111-4111-8111-111111111111
          #   clusterId: 33333333-3333-4333-8333-333333333333
          #
          #   product: clustered
          #   url: https://influxdb.example.com
          cluster:
            product: sandbox

          # The tokens that this policy manages. A token without an id is found by its description.
          # "tokenform export" prints those that a cluster has.
          #
          #   grafana:
          #     description: Grafana dashboards
          #     permissions:
          #       read: [metrics, logs]
          tokens: {}
          """;

  private final Run run;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The file to write; tokens.yaml in the working directory if not given.")
  private String output = PolicyFiles.USUAL_FILE;

  @Option(names = "--empty", description = "Write an empty policy, and contact no cluster.")
  private boolean empty;

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Spec private CommandSpec spec;

  InitCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    if (output.equals(PolicyFiles.STANDARD_INPUT)) {
      throw new UsageException(
          "init writes a file, and - is none", "tokenform export prints a policy");
    }
    // Before a cluster is asked for what could not be written.
    if (PolicyFiles.holdsSomething(run.world().directory().resolve(output))) {
      throw exists();
    }
    write(empty || !cluster.isGiven(run) ? EMPTY : live());
    run.console().print(Printable.line(output) + "\n");
    NextCommand.of(spec.commandLine().getParseResult(), "plan" + policy(), OF_INIT_ALONE)
        .ifPresent(run.console()::next);
    return ExitCode.OK;
  }

  private String policy() {
    return output.equals(PolicyFiles.USUAL_FILE) ? "" : " -f " + NextCommand.argument(output);
  }

  /** The policy that changes nothing, as export writes it. */
  private String live() throws Exception {
    try (Connection connection = cluster.connect(run, Target.unpinned())) {
      Export export =
          Export.of(
              connection.live().tokens(),
              run.world().clock().instant(),
              new Export.Options(
                  List.of(), false, Optional.empty(), Map.of(), run.console().masking()::mask));
      ExportedPolicy policy =
          new ExportedPolicy(Optional.of(connection.address()), Optional.empty(), export);
      String text = policy.whole();
      ExportOutput.checkSize("the policy", text);
      ExportCommand.refuseSecret(run, "the policy", text);
      ExportCommand.warnOf(run, policy.omissions());
      return text;
    }
  }

  private void write(String text) throws InputException {
    Path file = run.world().directory().resolve(output);
    try (StagedFiles files = new StagedFiles()) {
      Links.refuse(run.world().directory(), file);
      files.stage(file, text.getBytes(StandardCharsets.UTF_8));
      // An empty file is none; one that somebody has filled meanwhile stays.
      files.publish(!PolicyFiles.holdsSomething(file));
    } catch (Links.LinkException e) {
      throw new InputException(
          output + " is not written: " + FileProblem.ofWriting(e), e.hint(), e);
    } catch (FileAlreadyExistsException e) {
      throw exists();
    } catch (IOException e) {
      throw new InputException(
          output + " cannot be written: " + FileProblem.ofWriting(e),
          e instanceof NoSuchFileException
              ? "name a file in a folder that exists"
              : "name a place that can be written to",
          e);
    }
  }

  private InputException exists() {
    return new InputException(
        output + " exists; nothing was written",
        "init writes a first policy only: go on with that one (tokenform plan"
            + policy()
            + "), or name another file with --output");
  }
}
