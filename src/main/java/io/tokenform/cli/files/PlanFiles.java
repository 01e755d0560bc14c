package io.tokenform.cli.files;

import io.tokenform.access.BoundedFile;
import io.tokenform.access.FileProblem;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.World;
import io.tokenform.planfile.InvalidPlanException;
import io.tokenform.planfile.PlanFile;
import io.tokenform.planfile.SavedPlan;
import java.io.IOException;
import java.nio.file.Files;

/** Reads plans that were saved. */
public final class PlanFiles {
  /** The largest plan that is read, in bytes; a change takes about one kibibyte. */
  private static final int LARGEST = 128 << 20;

  private PlanFiles() {}

  private static String hint(World world, String file) {
    boolean canBeSaved =
        !file.equals(PolicyFiles.STANDARD_INPUT)
            && Files.notExists(world.directory().resolve(file));
    return canBeSaved ? "save one with plan --out " + file : "name a file that plan --out wrote";
  }

  public static SavedPlan read(World world, String file) throws InputException {
    try {
      return PlanFile.read(BoundedFile.read(world.directory().resolve(file), LARGEST));
    } catch (InvalidPlanException e) {
      boolean isPolicy = file.endsWith(".yaml") || file.endsWith(".yml");
      throw new InputException(
          "the plan " + file + " cannot be used: " + e.getMessage(),
          isPolicy ? "did you mean -f " + file + "?" : e.hint().orElse(null),
          e);
    } catch (IOException e) {
      throw new InputException(
          "the plan " + file + " cannot be read: " + FileProblem.of(e), hint(world, file), e);
    }
  }
}
