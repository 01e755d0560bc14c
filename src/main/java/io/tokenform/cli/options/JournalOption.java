package io.tokenform.cli.options;

import io.tokenform.apply.journal.Journals;
import io.tokenform.cli.complete.Surroundings;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.World;
import io.tokenform.cli.files.JournalFiles;
import io.tokenform.cli.help.InGroup;
import io.tokenform.cli.help.OptionGroup;
import io.tokenform.policy.placement.ClusterName;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that says where journals are. */
@InGroup(OptionGroup.GENERAL)
public final class JournalOption {
  @Option(
      names = Surroundings.JOURNAL_FOLDER,
      paramLabel = "DIR",
      defaultValue = JournalFiles.USUAL_FOLDER,
      description = "Where the journals of applies are; ${DEFAULT-VALUE} if not given.")
  private Path folder;

  /** Those to which an apply writes, without the secrets that it was given. */
  public Journals journals(Run run) {
    return new Journals(
        run.world().directory(), folder, run.world().clock(), run.console().masking());
  }

  /** Those of one cluster of a fleet: a folder of its name in that of all journals. */
  public Journals journals(Run run, ClusterName cluster) {
    return journals(run).of(cluster.value());
  }

  public Journals journals(World world) {
    return new Journals(world.directory(), folder, world.clock());
  }

  /** Those of one cluster of a fleet. */
  public Journals journals(World world, ClusterName cluster) {
    return journals(world).of(cluster.value());
  }
}
