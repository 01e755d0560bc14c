package io.tokenform.cli.files;

import io.tokenform.access.BoundedFile;
import io.tokenform.access.FileProblem;
import io.tokenform.access.Ownership;
import io.tokenform.access.ShellWord;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.export.terraform.StateReader;
import io.tokenform.export.terraform.TerraformState;
import io.tokenform.export.terraform.UnreadableStateException;
import io.tokenform.report.text.Counts;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads states of Terraform's, and has the secrets in them masked from then on. */
public final class TerraformStates {
  /** The largest state that is read, in bytes; a token takes about one kibibyte. */
  private static final int LARGEST = 64 << 20;

  private static final int OTHERS_READ = 044;

  private TerraformStates() {}

  /** What messages call it. */
  public static String shown(String name) {
    return isStandardInput(name) ? "standard input" : name;
  }

  public static boolean isStandardInput(String name) {
    return name.equals(PolicyFiles.STANDARD_INPUT);
  }

  /**
   * Reads a state, and warns if others can read its secrets too.
   *
   * @param name a path, or {@code -} for standard input
   */
  public static TerraformState read(Run run, String name) throws InputException {
    Path file = run.world().directory().resolve(name);
    TerraformState state;
    try {
      byte[] bytes =
          isStandardInput(name)
              ? BoundedFile.read(run.world().in(), LARGEST)
              : BoundedFile.read(file, LARGEST);
      state = StateReader.read(bytes, run.console().masking()::keepWhole);
    } catch (UnreadableStateException e) {
      throw new InputException(
          "the state in " + shown(name) + " cannot be read: " + e.getMessage(), e.hint(), e);
    } catch (NoSuchFileException e) {
      throw new InputException(
          "the state in " + name + " cannot be read: " + FileProblem.of(e),
          "(umask 077; " + StateReader.HOW + " > " + ShellWord.of(name) + ") makes it",
          e);
    } catch (BoundedFile.TooLargeException e) {
      throw new InputException(
          "the state in " + shown(name) + " cannot be read: " + FileProblem.of(e),
          "keep what has the tokens: "
              + StateReader.HOW
              + " | jq '{format_version, values: {root_module: {resources: [.values | .. |"
              + " .resources? // empty | .[] | select(.type | test(\"token\"))]}}}'",
          e);
    } catch (IOException e) {
      throw new InputException(
          "the state in " + shown(name) + " cannot be read: " + FileProblem.of(e),
          "name the file that \"" + StateReader.HOW + "\" was written to, or - for standard input",
          e);
    }
    if (!isStandardInput(name) && state.shownSecrets() > 0) {
      warnOfReaders(run, name, file, state.shownSecrets());
    }
    return state;
  }

  private static void warnOfReaders(Run run, String name, Path file, int secrets) {
    Optional<Ownership> ownership;
    try {
      // Of a link, what it leads to has the secrets.
      ownership = Ownership.of(file.toRealPath());
    } catch (IOException e) {
      return;
    }
    ownership
        .filter(found -> (found.mode() & OTHERS_READ) != 0)
        .ifPresent(
            found ->
                run.console()
                    .warning(
                        "other users may read "
                            + name
                            + " (mode "
                            + found.octal()
                            + "), which has the secrets of "
                            + Counts.of(secrets, "token", "tokens"),
                        Optional.of("chmod 600 " + ShellWord.of(name))));
  }
}
