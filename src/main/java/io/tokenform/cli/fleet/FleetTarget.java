package io.tokenform.cli.fleet;

import io.tokenform.access.Product;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.options.ClusterOptions;
import io.tokenform.cli.options.Connection;
import io.tokenform.cli.options.Destination;
import io.tokenform.cli.options.FoundToken;
import io.tokenform.cluster.ClientOptions;
import io.tokenform.cluster.settings.Profile;
import io.tokenform.cluster.settings.SettingsException;
import io.tokenform.fleet.FleetCluster;
import io.tokenform.sandbox.Sandbox;
import java.util.Optional;

/** The way to one cluster of a fleet. */
public final class FleetTarget {
  private final Run run;
  private final ClusterOptions options;
  private final FleetCluster cluster;
  private final FleetTargets fleet;

  FleetTarget(Run run, ClusterOptions options, FleetCluster cluster, FleetTargets fleet) {
    this.run = run;
    this.options = options;
    this.cluster = cluster;
    this.fleet = fleet;
  }

  public FleetCluster cluster() {
    return cluster;
  }

  /**
   * Where the management token comes from; it is not read, and no command is run for it.
   *
   * @return nothing if there is none
   * @throws SettingsException if only a profile could have it and the profiles cannot be read, or
   *     if the platform file names another cluster
   */
  public Optional<String> tokenOrigin() throws SettingsException {
    return isSandbox()
        ? Optional.of("the sandbox")
        : fleet.tokenOrigin(cluster.name(), locate().profile());
  }

  /**
   * Sees to it that the management token may go to the cluster's host. It may ask at the terminal,
   * so this is done for one cluster after the other, and before any is connected to.
   *
   * @throws SettingsException if it may not, or if the platform file names another cluster
   */
  public void settle() throws SettingsException {
    Optional<String> origin = tokenOrigin();
    // The embedded sandbox is on no host.
    if (isSandbox() || origin.isEmpty()) {
      return;
    }
    Destination destination = locate();
    if (!fleet.trusts(destination.decision().address().url())) {
      options.settleMember(run, destination, origin.get());
    }
  }

  /**
   * Makes ready to talk to the cluster, after {@link #settle}; an embedded sandbox is started. May
   * be called on any thread. Whoever asks for the connection closes it.
   *
   * @param parallelism how many calls may be in flight at a time
   * @throws SettingsException if the cluster or the way to it cannot be used
   * @throws InputException if there is no management token, or none that can be one
   */
  public Connection connect(int parallelism) throws SettingsException, InputException {
    Destination destination = locate();
    try {
      Optional<Sandbox> sandbox = destination.sandbox();
      FoundToken token =
          sandbox.isPresent()
              ? options.token(run, destination)
              : fleet.token(cluster.name(), destination.profile());
      ClientOptions client = options.client(run, destination).withParallelism(parallelism);
      return new Connection(destination.decision().address(), token.token(), client, sandbox);
    } catch (SettingsException | InputException | RuntimeException e) {
      destination.sandbox().ifPresent(Sandbox::close);
      throw e;
    }
  }

  private Destination locate() throws SettingsException {
    return options.locateMember(run, fleet.target(cluster), profile());
  }

  /**
   * The cluster's own profile; one that cannot be read matters only where nothing else has a token.
   */
  private Optional<Profile> profile() throws SettingsException {
    if (isSandbox()) {
      return Optional.empty();
    }
    try {
      return fleet.profile(cluster.name());
    } catch (SettingsException e) {
      if (!fleet.isTokenGiven(cluster.name())) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private boolean isSandbox() {
    return cluster.cluster().product().value() == Product.SANDBOX;
  }
}
