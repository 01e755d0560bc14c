package io.tokenform.cli;

import io.tokenform.apply.Journals;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that says where journals are. */
final class JournalOption {
  static final String NAME = "--journal-dir";
  static final String USUAL_FOLDER = ".tokenform/journal";

  @Option(
      names = NAME,
      paramLabel = "DIR",
      defaultValue = USUAL_FOLDER,
      description = "Where the journals of applies are; ${DEFAULT-VALUE} if not given.")
  private Path folder;

  /** Those to which an apply writes, without the secrets that it was given. */
  Journals journals(World world, Console console) {
    return new Journals(world.directory(), folder, world.clock(), console.masking());
  }

  Journals journals(World world) {
    return new Journals(world.directory(), folder, world.clock());
  }
}
