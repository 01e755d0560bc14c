package io.tokenform.sandbox;

import io.tokenform.access.FileProblem;
import io.tokenform.sandbox.api.InvalidJsonException;
import io.tokenform.sandbox.api.Snapshot;
import java.io.IOException;
import java.util.Optional;

/** The state that a sandbox starts with, and where that came from. */
record Beginning(Snapshot snapshot, StartedFrom from) {

  /**
   * Takes the state file where there is one that grew from the seed, or no seed to compare it with;
   * else the seed; else nothing.
   *
   * @throws SandboxException if the file or the seed that it takes is not valid
   */
  static Beginning of(Optional<StateFile> stateFile, Optional<Seed> seed) {
    Optional<Snapshot> state = stateFile.flatMap(Beginning::read);
    if (seed.isEmpty()) {
      return state
          .map(snapshot -> new Beginning(snapshot, StartedFrom.STATE))
          .orElseGet(() -> new Beginning(Snapshot.empty(), StartedFrom.NOTHING));
    }
    // Taking the digest costs start-up time, so that is done only where it decides something.
    if (state.isEmpty()) {
      return new Beginning(seed.get().read(), StartedFrom.SEED);
    }
    boolean sameSeed = state.get().seedDigest().equals(Optional.of(seed.get().digest()));
    return sameSeed
        ? new Beginning(state.get(), StartedFrom.STATE)
        : new Beginning(seed.get().read(), StartedFrom.NEW_SEED);
  }

  private static Optional<Snapshot> read(StateFile file) {
    try {
      Optional<byte[]> text = file.read();
      if (text.isEmpty()) {
        return Optional.empty();
      }
      SnapshotJson.refuseOtherFiles(text.get(), file.toString());
      return Optional.of(SnapshotJson.readState(text.get()));
    } catch (IOException e) {
      throw new SandboxException(
          "cannot read the sandbox's state " + file + ": " + FileProblem.of(e), e);
    } catch (InvalidJsonException e) {
      throw new SandboxException(
          e.inFile(file.toString())
              + "; this is the sandbox's state: delete the file to start from the seed again",
          e);
    }
  }
}
