package io.tokenform.cli.options;

import io.tokenform.access.Permission;
import io.tokenform.access.TokenListing;
import io.tokenform.cli.console.Console;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.World;
import io.tokenform.cli.files.PolicyFiles;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.settings.SettingsException;
import io.tokenform.cluster.settings.Target;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.Nearest;
import io.tokenform.live.PolicyNames;
import io.tokenform.live.SetAside;
import io.tokenform.policy.Platform;
import io.tokenform.policy.Policy;
import io.tokenform.report.text.Age;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import picocli.CommandLine.Mixin;

/** The options of every command that reads a cluster, with or without a policy for it. */
public final class Reading {
  @Mixin private PolicyOption policyOption = new PolicyOption();
  @Mixin private ClusterOptions cluster = new ClusterOptions();

  /** The options that name the policy, each with a blank before it; nothing where none does. */
  public String policyArguments() {
    return policyOption.given();
  }

  /** Refuses the option that names the policy, where a fleet file names those of each cluster. */
  public void refusePolicy() {
    policyOption.refuse();
  }

  /** The options about the connection, where a fleet file says which clusters there are. */
  public ClusterOptions cluster() {
    return cluster;
  }

  /** Whether the policy comes from standard input, which has nothing for others then. */
  public boolean readsStandardInput() {
    return policyOption.paths().contains(PolicyFiles.STANDARD_INPUT);
  }

  /** Whether a file, by its real path, is one of the policy's. */
  public boolean reads(World world, Path file) {
    return policyOption.reads(world, file);
  }

  /**
   * Reads the policy, where there is one, and where live is to be read from.
   *
   * @param live a snapshot in the place of the cluster, where one is given
   */
  public Session<LiveReader> start(Run run, LiveOption live)
      throws InputException, InvalidPolicyException, SettingsException {
    return start(run, live, Platform.NONE);
  }

  /**
   * The same of a cluster that a platform file may name.
   *
   * @param platform says which cluster it must be
   */
  public Session<LiveReader> start(Run run, LiveOption live, Platform platform)
      throws InputException, InvalidPolicyException, SettingsException {
    Optional<Policy> policy = policyOption.readWhereThere(run.world());
    Target target = target(run, policy).within(platform);
    LiveReader reader = live.open(run, cluster, target);
    Session<LiveReader> session = new Session<>(run, policy, target, reader);
    reader
        .snapshot()
        .ifPresent(
            snapshot ->
                run.console()
                    .note(
                        "live is as of "
                            + snapshot.takenAt()
                            + ", from a snapshot that is "
                            + Age.of(snapshot.ageAt(session.now()))
                            + " old"));
    return session;
  }

  /**
   * Reads the policy, where there is one, and connects to the cluster, to change something then.
   *
   * @param platform says which cluster it must be
   * @param parallelism how many calls may be in flight at a time
   */
  public Session<Connection> connect(Run run, Platform platform, int parallelism)
      throws InputException, InvalidPolicyException, SettingsException {
    Optional<Policy> policy = policyOption.readWhereThere(run.world());
    Target target = target(run, policy).within(platform);
    return new Session<>(run, policy, target, cluster.connect(run, target, parallelism));
  }

  private Target target(Run run, Optional<Policy> policy) {
    return policy
        .map(present -> policyOption.target(run.world(), present))
        .orElseGet(Target::unpinned);
  }

  /**
   * A cluster and perhaps a policy for it, to the end of the command.
   *
   * @param <R> where live is read from
   */
  public static final class Session<R extends LiveReader> implements AutoCloseable {
    private final Console console;
    private final Optional<Policy> policy;
    private final Target target;
    private final R reader;
    private final Instant now;

    private Session(Run run, Optional<Policy> policy, Target target, R reader) {
      this.console = run.console();
      this.policy = policy;
      this.target = target;
      this.reader = reader;
      this.now = run.world().clock().instant();
    }

    public R reader() {
      return reader;
    }

    public Target target() {
      return target;
    }

    public Instant now() {
      return now;
    }

    /** All live tokens, revoked and expired ones too; warns of those that cannot be read. */
    public TokenListing listing() throws ApiException {
      TokenListing listing = reader.listing();
      if (!listing.unreadable().isEmpty()) {
        console.warning(SetAside.sentence(listing.unreadable()), Optional.of(SetAside.HINT));
      }
      return listing;
    }

    public Optional<Policy> policy() {
      return policy;
    }

    public boolean hasPolicy() {
      return policy.isPresent();
    }

    /** The policy's names for live tokens, where there is a policy. */
    public Optional<PolicyNames> names(TokenListing live) {
      return policy.map(present -> PolicyNames.of(present, live, now));
    }

    /**
     * Warns of a database that the cluster does not have, with the nearest name that it has; {@code
     * *} is none.
     */
    public void warnIfUnknown(String database) throws ApiException {
      if (database.equals(Permission.ALL_DATABASES)) {
        return;
      }
      List<String> databases = reader.databases();
      if (!databases.contains(database)) {
        console.warning(
            "the cluster has no database \"" + database + "\"",
            Nearest.hint(database, new TreeSet<>(databases)));
      }
    }

    @Override
    public void close() {
      reader.close();
    }
  }
}
