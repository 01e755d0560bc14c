package io.tokenform.cli;

import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Product;
import io.tokenform.access.Secret;
import io.tokenform.access.Uuids;
import io.tokenform.cluster.ClientOptions;
import io.tokenform.cluster.ClusterAddress;
import io.tokenform.cluster.ConnectionSettings;
import io.tokenform.cluster.Setting;
import io.tokenform.cluster.SettingLayer;
import io.tokenform.cluster.SettingName;
import io.tokenform.cluster.SettingsException;
import io.tokenform.policy.ClusterSection;
import io.tokenform.policy.Located;
import io.tokenform.policy.Policy;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import io.tokenform.sandbox.StartedFrom;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that lead to a cluster. */
final class ClusterOptions {
  /** Where an embedded sandbox keeps its state, in the working directory. */
  static final Path SANDBOX_STATE = Path.of(".tokenform", "sandbox.json");

  @Option(
      names = "--url",
      paramLabel = "URL",
      converter = UrlConverter.class,
      description = "Where the Management API answers; overrides the policy.")
  private ClusterUrl url;

  @Option(
      names = "--account",
      paramLabel = "UUID",
      converter = UuidConverter.class,
      description = "The account's id; overrides the policy.")
  private UUID account;

  @Option(
      names = "--cluster",
      paramLabel = "UUID",
      converter = UuidConverter.class,
      description = "The cluster's id; overrides the policy.")
  private UUID cluster;

  @Option(
      names = "--management-token-file",
      paramLabel = "FILE",
      description =
          "A file that holds the management token; " + ManagementTokens.VARIABLE + " otherwise.")
  private Path managementTokenFile;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      converter = SecondsConverter.class,
      description = "How long one call may take, to its last byte; ${DEFAULT-VALUE} if not given.")
  private Duration timeout;

  /**
   * Which cluster a policy or a plan is for.
   *
   * @param pinned what it says of the cluster
   * @param seed where an embedded sandbox begins, if it has not begun yet
   */
  record Target(SettingLayer pinned, Optional<Path> seed) {
    static Target of(World world, Policy policy) {
      Path folder = PolicyOption.folder(world, policy);
      return new Target(
          ClusterOptions.pinned(policy),
          policy.cluster().flatMap(ClusterSection::seed).map(seed -> folder.resolve(seed.value())));
    }

    /** The cluster of a plan in a file. */
    static Target of(ClusterAddress cluster, String planFile) {
      SettingLayer layer =
          new SettingLayer()
              .with(SettingName.PRODUCT, given(cluster.product(), planFile))
              .with(SettingName.ACCOUNT_ID, given(cluster.accountId().orElse(null), planFile))
              .with(SettingName.CLUSTER_ID, given(cluster.clusterId().orElse(null), planFile));
      layer.with(SettingName.URL, given(cluster.fixedUrl().orElse(null), planFile));
      return new Target(layer, Optional.empty());
    }
  }

  /** Makes ready to talk to a cluster; an embedded sandbox is started for it. */
  Connection connect(World world, Console console, Target target)
      throws SettingsException, InputException {
    SettingLayer pinned = target.pinned();
    SettingLayer environment = environment(world);
    boolean embedded =
        url == null && ConnectionSettings.product(pinned, environment) == Product.SANDBOX;
    if (embedded) {
      if (managementTokenFile != null) {
        console.note("the embedded sandbox needs no --management-token-file");
      }
      return embedded(world, console, target, environment);
    }
    ConnectionSettings.Decision decision =
        ConnectionSettings.decide(
            flags(url), pinned, environment, sandbox(Sandbox.ACCOUNT_ID, Sandbox.CLUSTER_ID));
    decision.overrides().forEach(console::note);
    if (decision.address().product() == Product.SANDBOX) {
      console.note("--url " + url + " is the sandbox; none is started here");
    }
    Secret token = ManagementTokens.find(world, Optional.ofNullable(managementTokenFile));
    console.keepSecret(token);
    return new Connection(decision.address(), token, client(), Optional.empty());
  }

  private Connection embedded(World world, Console console, Target target, SettingLayer environment)
      throws SettingsException {
    SandboxOptions.Builder options =
        SandboxOptions.builder()
            .clock(world.clock())
            .stateFile(world.directory().resolve(SANDBOX_STATE));
    target.seed().ifPresent(options::seedFile);
    Sandbox sandbox = Sandbox.start(options.build());
    if (sandbox.startedFrom() == StartedFrom.NEW_SEED) {
      console.note("the sandbox's seed has changed: it starts afresh from it");
    }
    try {
      ConnectionSettings.Decision decision =
          ConnectionSettings.decide(
              flags(ClusterUrl.parse(sandbox.url().toString())),
              target.pinned(),
              environment,
              sandbox(sandbox.accountId(), sandbox.clusterId()));
      return new Connection(
          decision.address(), sandbox.managementToken(), client(), Optional.of(sandbox));
    } catch (SettingsException | RuntimeException e) {
      sandbox.close();
      throw e;
    }
  }

  private ClientOptions client() {
    return ClientOptions.withTimeout(timeout);
  }

  private SettingLayer flags(ClusterUrl where) {
    return new SettingLayer()
        .with(SettingName.URL, given(where, "--url"))
        .with(SettingName.ACCOUNT_ID, given(account, "--account"))
        .with(SettingName.CLUSTER_ID, given(cluster, "--cluster"));
  }

  private static SettingLayer sandbox(UUID accountId, UUID clusterId) {
    return new SettingLayer()
        .with(SettingName.ACCOUNT_ID, given(accountId, "the sandbox"))
        .with(SettingName.CLUSTER_ID, given(clusterId, "the sandbox"));
  }

  private static SettingLayer environment(World world) {
    return new SettingLayer()
        .with(SettingName.PRODUCT, variable(world, "INFLUX_DB_PRODUCT_TYPE"))
        .with(SettingName.URL, variable(world, "INFLUX_DB_INSTANCE_URL"))
        .with(SettingName.ACCOUNT_ID, variable(world, "INFLUX_DB_ACCOUNT_ID"))
        .with(SettingName.CLUSTER_ID, variable(world, "INFLUX_DB_CLUSTER_ID"));
  }

  private static SettingLayer pinned(Policy policy) {
    SettingLayer layer = new SettingLayer();
    policy
        .cluster()
        .ifPresent(
            section ->
                layer
                    .with(SettingName.PRODUCT, pinned(Optional.of(section.product())))
                    .with(SettingName.URL, pinned(section.url()))
                    .with(SettingName.ACCOUNT_ID, pinned(section.accountId()))
                    .with(SettingName.CLUSTER_ID, pinned(section.clusterId())));
    return layer;
  }

  private static Optional<Setting> pinned(Optional<? extends Located<?>> value) {
    return value.map(at -> new Setting(at.value().toString(), at.where().toString()));
  }

  private static Optional<Setting> given(Object value, String origin) {
    return Optional.ofNullable(value).map(present -> new Setting(present.toString(), origin));
  }

  private static Optional<Setting> variable(World world, String name) {
    return Optional.ofNullable(world.environment().get(name))
        .filter(value -> !value.isBlank())
        .map(value -> new Setting(value.strip(), name));
  }

  /** Reads a URL. */
  static final class UrlConverter implements ITypeConverter<ClusterUrl> {
    @Override
    public ClusterUrl convert(String text) {
      try {
        return ClusterUrl.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("\"" + text + "\" cannot be used: " + e.getMessage());
      }
    }
  }

  /** Reads a UUID. */
  static final class UuidConverter implements ITypeConverter<UUID> {
    @Override
    public UUID convert(String text) {
      try {
        return Uuids.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("\"" + text + "\" is not a UUID");
      }
    }
  }

  /** Reads a time in seconds. */
  static final class SecondsConverter implements ITypeConverter<Duration> {
    private static final double LONGEST = Duration.ofDays(1).toSeconds();

    @Override
    public Duration convert(String text) {
      try {
        double seconds = Double.parseDouble(text);
        if (seconds >= 0.001 && seconds <= LONGEST) {
          return Duration.ofMillis(Math.round(seconds * 1000));
        }
      } catch (NumberFormatException e) {
        // Said below, as for a number out of range.
      }
      throw new TypeConversionException(
          "\"" + text + "\" is not a number of seconds between 0.001 and 86400");
    }
  }
}
