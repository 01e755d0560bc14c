package io.tokenform.cli.fleet;

import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.options.ClusterOptions;
import io.tokenform.cli.options.Connection;
import io.tokenform.cli.options.Destination;
import io.tokenform.cli.options.FoundToken;
import io.tokenform.cluster.ClientOptions;
import io.tokenform.cluster.settings.Profile;
import io.tokenform.cluster.settings.SettingsException;
import io.tokenform.cluster.settings.Target;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.sandbox.Sandbox;
import java.util.Optional;

/** The way to one cluster of a fleet. */
public final class FleetTarget {
  private final Run run;
  private final ClusterOptions options;
  private final ClusterName name;
  private final Target target;
  private final FleetTargets fleet;

  /** What {@link #settle} found, before the cluster is connected to on another thread. */
  private volatile Optional<TokenOnce> token = Optional.empty();

  /** Where {@link #settle} found the cluster; an embedded sandbox is started anew each time. */
  private volatile Optional<Destination> settled = Optional.empty();

  FleetTarget(
      Run run, ClusterOptions options, ClusterName name, Target target, FleetTargets fleet) {
    this.run = run;
    this.options = options;
    this.name = name;
    this.target = target;
    this.fleet = fleet;
  }

  public ClusterName name() {
    return name;
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
        : fleet.tokenOrigin(name, locate(run).profile());
  }

  /**
   * Sees to it that the management token may go to the cluster's host, and reads it. It may ask at
   * the terminal, so this is done for one cluster after the other, and before any is connected to:
   * what is said of one of them must not depend on whose tokens are known by then, since those are
   * masked.
   *
   * @throws SettingsException if it may not, or if the platform file names another cluster
   */
  public void settle() throws SettingsException {
    // The embedded sandbox is on no host.
    if (isSandbox()) {
      return;
    }
    Destination destination = locate(run);
    Optional<String> origin = fleet.tokenOrigin(name, destination.profile());
    boolean isNamedByProfile = destination.profile().filter(Profile::namesHost).isPresent();
    // Without a token nothing goes to the host.
    if (origin.isPresent()
        && !isNamedByProfile
        && !fleet.trusts(destination.decision().address().url())) {
      options.settleMember(run, destination, origin.get());
    }
    settled = Optional.of(destination);
    token = Optional.of(TokenOnce.of(() -> fleet.token(name, destination.profile())));
  }

  /**
   * Makes ready to talk to the cluster, after {@link #settle}; an embedded sandbox is started. May
   * be called on any thread. Whoever asks for the connection closes it.
   *
   * @param teller through what it speaks: others may speak at the same time
   * @param parallelism how many calls may be in flight at a time
   * @throws SettingsException if the cluster or the way to it cannot be used
   * @throws InputException if there is no management token, or none that can be one
   */
  public Connection connect(Run teller, int parallelism) throws SettingsException, InputException {
    Destination destination = settled.isPresent() ? settled.get() : locate(teller);
    try {
      if (target.only().isPresent()) {
        target.only().get().refuseOther(destination.decision().address());
      }
      FoundToken token = token(teller, destination);
      ClientOptions client =
          options
              .client(teller, destination)
              .withParallelism(parallelism)
              .amongOthers(Runtime.getRuntime().maxMemory())
              .withTokenOf(token.origin());
      return new Connection(
          destination.decision().address(), token.token(), client, destination.sandbox());
    } catch (SettingsException | InputException | RuntimeException e) {
      destination.sandbox().ifPresent(Sandbox::close);
      throw e;
    }
  }

  /**
   * The management token, and where it was found. May be called on any thread, after {@link
   * #settle}.
   *
   * @throws InputException if there is none, or none that can be one
   */
  public FoundToken token(Run teller, Destination destination) throws InputException {
    if (destination.sandbox().isPresent()) {
      return options.token(teller, destination);
    }
    return token.orElseThrow(() -> new IllegalStateException("nobody has settled " + name)).found();
  }

  /** Where the management token of a cluster that is found comes from; it is not read. */
  public Optional<String> tokenOrigin(Destination destination) {
    return destination.sandbox().isPresent()
        ? Optional.of("the sandbox")
        : fleet.tokenOrigin(name, destination.profile());
  }

  /** Which cluster it is, by the files. */
  public Target target() {
    return target;
  }

  /**
   * Decides where the cluster is; an embedded sandbox is started. May be called on any thread.
   *
   * @param teller through what it speaks
   * @throws SettingsException if the settings lead to no cluster, or to another one than the
   *     platform file says
   */
  public Destination locate(Run teller) throws SettingsException {
    return options.locateMember(teller, target, profile());
  }

  /**
   * The cluster's own profile; one that cannot be read matters only where nothing else has a token.
   */
  private Optional<Profile> profile() throws SettingsException {
    if (isSandbox()) {
      return Optional.empty();
    }
    try {
      return fleet.profile(name);
    } catch (SettingsException e) {
      if (!fleet.isTokenGiven(name)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** Whether it is the embedded one. */
  private boolean isSandbox() {
    return target.isEmbedded();
  }
}
