package io.tokenform.cli.options;

import io.tokenform.access.Permission;
import io.tokenform.access.TokenListing;
import io.tokenform.cli.console.Console;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.files.PolicyFiles;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.ClientOptions;
import io.tokenform.cluster.settings.SettingsException;
import io.tokenform.cluster.settings.Target;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.Nearest;
import io.tokenform.live.PolicyNames;
import io.tokenform.live.SetAside;
import io.tokenform.policy.Platform;
import io.tokenform.policy.Policy;
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

  /** Whether the policy comes from standard input, which has nothing for others then. */
  public boolean readsStandardInput() {
    return policyOption.paths().contains(PolicyFiles.STANDARD_INPUT);
  }

  /** Reads the policy, where there is one, and connects to the cluster. */
  public Session start(Run run) throws InputException, InvalidPolicyException, SettingsException {
    return start(run, Platform.NONE, ClientOptions.DEFAULT_PARALLELISM);
  }

  /**
   * The same, for a command that changes something then.
   *
   * @param platform says which cluster it must be
   * @param parallelism how many calls may be in flight at a time
   */
  public Session start(Run run, Platform platform, int parallelism)
      throws InputException, InvalidPolicyException, SettingsException {
    Optional<Policy> policy = policyOption.readWhereThere(run.world());
    Target target =
        policy
            .map(present -> policyOption.target(run.world(), present))
            .orElseGet(Target::unpinned)
            .within(platform);
    return new Session(
        run.console(),
        policy,
        target,
        cluster.connect(run, target, parallelism),
        run.world().clock().instant());
  }

  /** A cluster and perhaps a policy for it, to the end of the command. */
  public static final class Session implements AutoCloseable {
    private final Console console;
    private final Optional<Policy> policy;
    private final Target target;
    private final Connection connection;
    private final Instant now;

    private Session(
        Console console,
        Optional<Policy> policy,
        Target target,
        Connection connection,
        Instant now) {
      this.console = console;
      this.policy = policy;
      this.target = target;
      this.connection = connection;
      this.now = now;
    }

    public Connection connection() {
      return connection;
    }

    public Target target() {
      return target;
    }

    public Instant now() {
      return now;
    }

    /** All live tokens, revoked and expired ones too; warns of those that cannot be read. */
    public TokenListing listing() throws ApiException {
      TokenListing listing = connection.api().listTokens();
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
      List<String> databases = connection.api().listDatabases();
      if (!databases.contains(database)) {
        console.warning(
            "the cluster has no database \"" + database + "\"",
            Nearest.hint(database, new TreeSet<>(databases)));
      }
    }

    @Override
    public void close() {
      connection.close();
    }
  }
}
