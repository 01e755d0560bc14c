package io.tokenform.cli.options;

import io.tokenform.cluster.settings.ConnectionSettings;
import io.tokenform.cluster.settings.Profile;
import io.tokenform.sandbox.Sandbox;
import java.util.Objects;
import java.util.Optional;

/**
 * Which cluster is meant, before anything is sent to it.
 *
 * @param decision its address, and what that was decided by
 * @param profile the profile that is for it, if one is used
 * @param sandbox the embedded sandbox, where it is one; the owner of this object closes it
 */
public record Destination(
    ConnectionSettings.Decision decision, Optional<Profile> profile, Optional<Sandbox> sandbox) {
  public Destination {
    Objects.requireNonNull(decision, "decision");
    Objects.requireNonNull(profile, "profile");
    Objects.requireNonNull(sandbox, "sandbox");
  }
}
