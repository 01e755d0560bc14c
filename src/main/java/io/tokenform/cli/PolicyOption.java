package io.tokenform.cli;

import io.tokenform.policy.InvalidPolicyException;
import io.tokenform.policy.Policy;
import io.tokenform.policy.PolicyParser;
import io.tokenform.policy.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that says which policy. */
final class PolicyOption {
  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      defaultValue = "tokens.yaml",
      description = "The policy; ${DEFAULT-VALUE} in the working directory if not given.")
  private String file;

  /** The file's name as the user gave it. */
  String name() {
    return file;
  }

  /** The file's own folder, to which the paths in it are relative. */
  Path folder(World world) {
    return world.directory().resolve(file).toAbsolutePath().getParent();
  }

  /** Reads the policy. */
  Policy read(World world) throws InputException, InvalidPolicyException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(world.directory().resolve(file));
    } catch (IOException e) {
      String hint =
          Files.isDirectory(world.directory().resolve(file))
              ? "it is a directory; name the policy file in it"
              : "name the policy file with -f";
      throw new InputException(
          "the policy " + file + " cannot be read: " + FileProblem.of(e), hint, e);
    }
    return PolicyParser.parse(SourceText.decode(file, bytes));
  }
}
