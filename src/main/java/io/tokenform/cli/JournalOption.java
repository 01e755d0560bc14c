package io.tokenform.cli;

import io.tokenform.apply.Journals;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that says where journals are. */
final class JournalOption {
  @Option(
      names = "--journal-dir",
      paramLabel = "DIR",
      defaultValue = ".tokenform/journal",
      description = "Where the journals of applies are; ${DEFAULT-VALUE} if not given.")
  private Path folder;

  Journals journals(World world) {
    return new Journals(world.directory().resolve(folder), world.clock());
  }
}
