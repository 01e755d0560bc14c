package io.tokenform.cluster.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Which cluster is meant, of all that flags, a policy, variables and a profile say, and whether the
 * profile has a part in it. Nothing is looked up here but the profile, and that only where it
 * counts.
 *
 * @param decision the cluster, and what that was decided by
 * @param profile the profile that is for it, if one is used
 */
public record ClusterChoice(ConnectionSettings.Decision decision, Optional<Profile> profile) {
  /**
   * What says something about the cluster, the strongest first.
   *
   * @param flags options of the command line
   * @param pinned the policy, the plan or the journal
   * @param environment tokenform's own variables
   * @param others variables of other tools, which come last
   */
  public record Sources(
      SettingLayer flags, SettingLayer pinned, SettingLayer environment, SettingLayer others) {}

  /**
   * What is known of profiles.
   *
   * @param isNamed whether the user asks for one by its name
   * @param isTokenGiven whether a management token is given without one
   * @param finder finds the profile
   */
  public record Profiles(boolean isNamed, boolean isTokenGiven, Finder finder) {
    /** Finds the profile that is named, or the default one. */
    @FunctionalInterface
    public interface Finder {
      /**
       * The profile; absent where there is none.
       *
       * @throws SettingsException if it cannot be read
       */
      Optional<Profile> find() throws SettingsException;
    }
  }

  /**
   * Decides it. A profile that the user names counts whatever it is for. Any other one is used only
   * for the very cluster that it is for, and one that cannot be read matters only where something
   * is missing without it.
   *
   * @param notes hears what the user should know about what is not used, as sentences without a
   *     full stop
   * @throws SettingsException if no cluster, or no single one, is named
   */
  public static ClusterChoice of(Sources sources, Profiles profiles, Consumer<String> notes)
      throws SettingsException {
    if (profiles.isNamed()) {
      Optional<Profile> profile = profiles.finder().find();
      return new ClusterChoice(decide(sources, profile), profile);
    }
    Optional<ConnectionSettings.Decision> decision = Optional.empty();
    Optional<SettingsException> missing = Optional.empty();
    try {
      decision = Optional.of(decide(sources, Optional.empty()));
    } catch (SettingsException e) {
      missing = Optional.of(e);
    }
    boolean isNeeded = missing.isPresent() || !profiles.isTokenGiven();
    Optional<Profile> found = Optional.empty();
    try {
      found = profiles.finder().find();
    } catch (SettingsException e) {
      if (isNeeded) {
        throw e;
      }
      notes.accept(e.getMessage() + "; no profile is used");
    }
    if (found.isPresent()) {
      Optional<ConnectionSettings.Decision> with = tryDecide(sources, found);
      if (with.isPresent() && found.get().isFor(with.get().address())) {
        return new ClusterChoice(with.get(), found);
      }
      if (isNeeded) {
        notes.accept("the " + found.get().origin() + " is for another cluster, so it is not used");
      }
    }
    if (missing.isPresent()) {
      throw missing.get();
    }
    return new ClusterChoice(decision.orElseThrow(), Optional.empty());
  }

  private static Optional<ConnectionSettings.Decision> tryDecide(
      Sources sources, Optional<Profile> profile) {
    try {
      return Optional.of(decide(sources, profile));
    } catch (SettingsException e) {
      return Optional.empty();
    }
  }

  private static ConnectionSettings.Decision decide(Sources sources, Optional<Profile> profile)
      throws SettingsException {
    List<SettingLayer> others = new ArrayList<>();
    others.add(sources.environment());
    profile.map(Profile::settings).ifPresent(others::add);
    others.add(sources.others());
    return ConnectionSettings.decide(sources.flags(), sources.pinned(), others, new SettingLayer());
  }
}
