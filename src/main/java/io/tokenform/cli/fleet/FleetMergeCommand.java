package io.tokenform.cli.fleet;

import io.tokenform.access.Flag;
import io.tokenform.access.ShellWord;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.Version;
import io.tokenform.cli.files.FleetPlanFiles;
import io.tokenform.cli.files.PolicyFiles;
import io.tokenform.cli.help.InGroup;
import io.tokenform.cli.help.OptionGroup;
import io.tokenform.cli.options.PlanOutputs;
import io.tokenform.fleet.ClusterPolicy;
import io.tokenform.fleet.FleetMerge;
import io.tokenform.fleet.FleetPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts the plans together that many machines made of the shares of a fleet. */
@Command(
    name = "merge",
    description = {
      "Put the plans of several machines together into the plan of the fleet.",
      "Takes the folders that plan --shard I/N --out FOLDER wrote, or plan --only, and gives what one"
          + " machine would have given: the same digest, and the same text in each format. A cluster"
          + " that is in no folder has no plan, and the exit code is then 1. Asks no cluster."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform fleet merge --fleet fleet.yaml --out plans shares/*",
      "  tokenform fleet merge --out plans --format markdown=plan.md shares/*",
    })
final class FleetMergeCommand implements Callable<Integer> {
  private static final String READ = "the fleet file or a plan";

  private final Run run;

  @Parameters(
      arity = "0..*",
      paramLabel = "FOLDER",
      description =
          "A folder that plan --out wrote. One without a manifest counts as a share without clusters.")
  private List<String> folders = List.of();

  @Mixin private FleetOption fleet = new FleetOption();

  @Mixin private PlanOutputs outputs = new PlanOutputs();

  @InGroup(OptionGroup.OUTPUT)
  @Option(
      names = Flag.OUT,
      paramLabel = "FOLDER",
      description = "Save the plans of all clusters in this folder, to be applied as they are.")
  private String file;

  @InGroup(OptionGroup.OUTPUT)
  @Option(
      names = "--detailed-exitcode",
      description = "Exit with 2 if there are changes, and with 0 only if there are none.")
  private boolean detailedExitCode;

  FleetMergeCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    outputs.check(run.world(), Optional.ofNullable(file));
    Optional<String> saved = Optional.ofNullable(file).map(FleetPlanFiles::manifest);
    if (file != null) {
      outputs.refuseAmongPlans(run.world(), file);
    }
    outputs.refuse(run.world(), saved, this::isRead, READ);
    if (file != null) {
      FleetPlanFiles.prepare(run.world(), file);
      outputs.tellSavedIn(file);
    }
    FleetInventory inventory = outputs.orFail(run, saved, () -> fleet.readClusters(run.world()));
    if (file != null) {
      inventory.refuseFolder(run.world(), file, FleetPlanFiles.names(inventory.clusterNames()));
    }
    FleetPlan plan;
    try {
      if (file != null) {
        FleetPlanFiles.clear(run.world(), file);
      }
      outputs.begin(run, saved);
      FleetOutputs forms = new FleetOutputs(run, outputs);
      plan =
          forms.held(
              new FleetMerge(
                      inventory.fleet(),
                      inventory.clusters().stream().map(ClusterPolicy::cluster).toList())
                  .of(parts(), Version.number(), run.world().clock().instant()));
      forms.write(plan);
      if (file != null) {
        forms.save(file, plan, false);
      }
    } catch (Exception | Error e) {
      outputs.fail(run, saved, e);
      throw e;
    }
    if (file != null && plan.isApplicable() && plan.hasChanges() && outputs.areForPeople()) {
      boolean needsDigest =
          plan.clusters().stream()
              .flatMap(cluster -> cluster.plan().stream())
              .anyMatch(its -> its.plan().onlyWithDigest().isPresent());
      run.console()
          .next(
              "tokenform apply "
                  + ShellWord.of(file.startsWith("-") ? "./" + file : file)
                  + (needsDigest ? " " + Flag.EXPECT_DIGEST + " " + plan.digest() : ""));
    }
    return FleetOutputs.verdict(run, plan, detailedExitCode);
  }

  /** Whether a file, by its real path, is one that is read. */
  private boolean isRead(Path file) {
    return fleet.mayRead(run.world(), file)
        || folders.stream()
            .map(folder -> PolicyFiles.identity(run.world().directory().resolve(folder)))
            .anyMatch(file::startsWith);
  }

  private List<FleetMerge.Part> parts() throws InputException {
    List<FleetMerge.Part> parts = new ArrayList<>();
    for (String folder : folders) {
      parts.add(FleetPlanFiles.readPart(run.world(), folder));
    }
    return parts;
  }
}
