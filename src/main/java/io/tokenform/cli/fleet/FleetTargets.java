package io.tokenform.cli.fleet;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.tokenform.access.ClusterUrl;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.SecretVariables;
import io.tokenform.cli.options.ClusterOptions;
import io.tokenform.cli.options.FoundToken;
import io.tokenform.cli.options.ManagementTokens;
import io.tokenform.cluster.settings.Profile;
import io.tokenform.cluster.settings.ProfileFile;
import io.tokenform.cluster.settings.SettingsException;
import io.tokenform.cluster.settings.Target;
import io.tokenform.fleet.ClusterPolicy;
import io.tokenform.fleet.FleetCluster;
import io.tokenform.policy.Platform;
import io.tokenform.policy.placement.ClusterName;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The ways to the clusters of a fleet: which management token opens which of them, and whether it
 * may go to its host. What all of them share, such as the file of profiles or the token of a flag,
 * is read once. May be used on any thread.
 */
public final class FleetTargets {
  private final Run run;
  private final ClusterOptions options;
  private final Platform platform;
  private final boolean trustsHosts;

  @GuardedBy("this")
  private Optional<ProfileFile> profiles;

  @GuardedBy("this")
  private TokenOnce flagged;

  @GuardedBy("this")
  private TokenOnce common;

  /**
   * @param options about the connection; none of them names a cluster
   * @param platform which cluster each must be, and which hosts get management tokens
   */
  public FleetTargets(Run run, ClusterOptions options, FleetOption fleet, Platform platform) {
    options.refuseOneCluster();
    this.run = run;
    this.options = options;
    this.platform = platform;
    this.trustsHosts = fleet.trustsHosts();
  }

  /** The way to a cluster of a fleet file; nothing is looked up yet. */
  public FleetTarget of(FleetCluster cluster, FleetInventory inventory) {
    return of(cluster, inventory.folder());
  }

  /**
   * The same.
   *
   * @param folder what the paths in the fleet file are relative to
   */
  public FleetTarget of(FleetCluster cluster, Path folder) {
    return of(cluster.name(), Target.of(cluster.cluster(), folder));
  }

  /** The ways to the chosen clusters, in the order of the fleet file; nothing is looked up yet. */
  public Map<ClusterName, FleetTarget> of(FleetInventory inventory) {
    Map<ClusterName, FleetTarget> ways = new LinkedHashMap<>();
    for (ClusterPolicy cluster : inventory.clusters()) {
      ways.put(cluster.name(), of(cluster.cluster(), inventory));
    }
    return ways;
  }

  /** The way to a cluster; nothing is looked up yet. */
  public FleetTarget of(ClusterName name, Target target) {
    return new FleetTarget(run, options, name, target.within(platform), this);
  }

  boolean trusts(ClusterUrl url) {
    return trustsHosts || platform.hosts().stream().anyMatch(host -> host.matches(url));
  }

  /** The profile of the cluster's name, if there is one. */
  synchronized Optional<Profile> profile(ClusterName cluster) throws SettingsException {
    if (profiles == null) {
      profiles = options.profiles(run);
    }
    return profiles.isEmpty() ? Optional.empty() : profiles.get().profile(cluster.value());
  }

  /** Whether the token of a cluster is found without a profile. */
  boolean isTokenGiven(ClusterName cluster) {
    return ManagementTokens.isSet(run.world(), cluster.variable())
        || options.tokenFlag().isPresent()
        || ManagementTokens.isSet(run.world(), SecretVariables.MANAGEMENT_TOKEN);
  }

  /** Where the token of a cluster comes from; it is not read. */
  Optional<String> tokenOrigin(ClusterName cluster, Optional<Profile> profile) {
    return Optional.of(cluster.variable())
        .filter(name -> ManagementTokens.isSet(run.world(), name))
        .or(options::tokenFlag)
        .or(
            () ->
                Optional.of(SecretVariables.MANAGEMENT_TOKEN)
                    .filter(name -> ManagementTokens.isSet(run.world(), name)))
        .or(() -> profile.filter(own -> own.token().isPresent()).map(Profile::origin));
  }

  /** The token of a cluster; from now on nothing prints it. */
  FoundToken token(ClusterName cluster, Optional<Profile> profile) throws InputException {
    Optional<FoundToken> own = ManagementTokens.ofVariable(run, cluster.variable());
    if (own.isPresent()) {
      return own.get();
    }
    if (options.tokenFlag().isPresent()) {
      return flagged();
    }
    if (ManagementTokens.isSet(run.world(), SecretVariables.MANAGEMENT_TOKEN)) {
      return common();
    }
    if (profile.isPresent() && profile.get().token().isPresent()) {
      return ManagementTokens.ofProfile(run, profile.get());
    }
    String set =
        "set "
            + cluster.variable()
            + ", or "
            + SecretVariables.MANAGEMENT_TOKEN
            + " for all clusters, or ";
    Optional<Profile> other = profile.isPresent() ? Optional.empty() : unused(cluster);
    throw other.isPresent()
        ? new InputException(
            "there is no management token for "
                + cluster
                + ": the "
                + other.get().origin()
                + " is for another cluster, "
                + other.get().meant(),
            set + "correct the profile, or the fleet file")
        : new InputException(
            "there is no management token for " + cluster,
            set
                + "add a profile \""
                + cluster
                + "\" with an mgmt_token to influxctl's configuration");
  }

  /** The profile of the cluster's name with a token, which is for another cluster. */
  private Optional<Profile> unused(ClusterName cluster) {
    try {
      return profile(cluster).filter(own -> own.token().isPresent());
    } catch (SettingsException e) {
      return Optional.empty();
    }
  }

  private synchronized FoundToken flagged() throws InputException {
    if (flagged == null) {
      flagged = TokenOnce.of(() -> options.flaggedToken(run).orElseThrow());
    }
    return flagged.found();
  }

  private synchronized FoundToken common() throws InputException {
    if (common == null) {
      common =
          TokenOnce.of(
              () ->
                  ManagementTokens.ofVariable(run, SecretVariables.MANAGEMENT_TOKEN).orElseThrow());
    }
    return common.found();
  }
}
