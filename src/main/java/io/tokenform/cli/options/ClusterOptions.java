package io.tokenform.cli.options;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Flag;
import io.tokenform.access.Product;
import io.tokenform.access.Uuids;
import io.tokenform.cli.console.CallLog;
import io.tokenform.cli.console.Console;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.TestClock;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.console.World;
import io.tokenform.cli.files.Links;
import io.tokenform.cli.help.InGroup;
import io.tokenform.cli.help.OptionGroup;
import io.tokenform.cluster.ClientOptions;
import io.tokenform.cluster.RetryPolicy;
import io.tokenform.cluster.settings.ClusterChoice;
import io.tokenform.cluster.settings.ConnectionSettings;
import io.tokenform.cluster.settings.Profile;
import io.tokenform.cluster.settings.ProfileFile;
import io.tokenform.cluster.settings.Setting;
import io.tokenform.cluster.settings.SettingLayer;
import io.tokenform.cluster.settings.SettingName;
import io.tokenform.cluster.settings.SettingsException;
import io.tokenform.cluster.settings.Target;
import io.tokenform.cluster.settings.TlsFiles;
import io.tokenform.cluster.transport.HttpProxy;
import io.tokenform.cluster.transport.Transport;
import io.tokenform.cluster.transport.Trust;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import io.tokenform.sandbox.StartedFrom;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that lead to a cluster. */
@InGroup(OptionGroup.CLUSTER)
public final class ClusterOptions {
  /** Where an embedded sandbox keeps its state, in the working directory. */
  public static final Path SANDBOX_STATE = Path.of(".tokenform", "sandbox.json");

  private static final String SANDBOX = "the sandbox";

  @Option(
      names = Flag.URL,
      paramLabel = "URL",
      converter = UrlConverter.class,
      description =
          "Where the Management API answers; overrides the policy, and lets the management token go"
              + " to a host that only a file names.")
  private ClusterUrl url;

  @Option(
      names = Flag.ACCOUNT,
      paramLabel = "UUID",
      converter = UuidConverter.class,
      description = "The account's id; overrides the policy.")
  private UUID account;

  @Option(
      names = Flag.CLUSTER,
      paramLabel = "UUID",
      converter = UuidConverter.class,
      description = "The cluster's id; overrides the policy.")
  private UUID cluster;

  @InGroup(OptionGroup.CONNECTION)
  @Option(
      names = Flag.TIMEOUT,
      paramLabel = "SECONDS",
      defaultValue = "60",
      converter = SecondsConverter.class,
      description = "How long one call may take, to its last byte; ${DEFAULT-VALUE} if not given.")
  private Duration timeout;

  @InGroup(OptionGroup.CONNECTION)
  @Option(
      names = "--max-attempts",
      paramLabel = "N",
      defaultValue = "6",
      converter = WholeNumber.class,
      description =
          "How many times a failing call is made in all, 1 to 100; ${DEFAULT-VALUE} if not given."
              + " An answer that asks for fewer calls (429) does not count, unless N is 1.")
  private int attempts;

  @Mixin private TokenOptions tokens = new TokenOptions();
  @Mixin private ProfileOptions profiles = new ProfileOptions();
  @Mixin private TlsOptions tls = new TlsOptions();

  /** Whether anything says which cluster, or gives a token for one: whoever runs this has one. */
  public boolean isGiven(Run run) throws SettingsException {
    World world = run.world();
    return !flags(url, "--url").isEmpty()
        || !environment(world).isEmpty()
        || !TerraformNames.settings(world).isEmpty()
        || profiles.isNamed(world)
        || ManagementTokens.isGiven(world, tokens)
        || profiles.read(run).isPresent();
  }

  /** Refuses what names one cluster, where a fleet file names them. */
  public void refuseOneCluster() {
    tokens.check();
    String given =
        url != null
            ? Flag.URL
            : account != null
                ? Flag.ACCOUNT
                : cluster != null ? Flag.CLUSTER : profiles.namesProfile() ? Flag.PROFILE : "";
    if (!given.isEmpty()) {
      throw new UsageException(
          given + " is about one cluster, and " + Flag.FLEET + " names several",
          given.equals(Flag.PROFILE)
              ? "leave it out; each cluster has the profile of its own name, if there is one"
              : "leave it out; the fleet file says where each cluster is");
    }
  }

  /**
   * Decides which cluster of a fleet is meant: the fleet file alone says it, and neither variables
   * nor a profile do, which are for the cluster of one's daily work. An embedded sandbox is
   * started.
   *
   * @param profile the one of the cluster's name, if there is one; used if it is for the cluster
   */
  public Destination locateMember(Run run, Target target, Optional<Profile> profile)
      throws SettingsException {
    run.headStart().await();
    SettingLayer none = new SettingLayer();
    Optional<Product> product = ConnectionSettings.product(target.pinned(), none);
    ConnectionSettings.requireProduct(target.pinned(), none, target.platform());
    if (product.isPresent() && product.get() == Product.SANDBOX) {
      return embedded(run, target, none);
    }
    ConnectionSettings.Decision decision =
        ConnectionSettings.decide(none, target.pinned(), List.of(), none);
    refuseTestClock(run.world(), decision);
    decision.requireCluster(target.platform());
    return new Destination(
        decision, profile.filter(own -> own.isFor(decision.address())), Optional.empty());
  }

  /**
   * Sees to it that the management token goes to no host that only a fleet file names.
   *
   * @param token where the token would come from
   * @throws SettingsException if it may not go there
   */
  public void settleMember(Run run, Destination destination, String token)
      throws SettingsException {
    HostApproval.ofFleet(run).require(destination.decision(), token);
  }

  /** All profiles of influxctl, if there are any. */
  public Optional<ProfileFile> profiles(Run run) throws SettingsException {
    return profiles.readAll(run);
  }

  /** The flag that gives the management token, if one does. */
  public Optional<String> tokenFlag() {
    return tokens.given();
  }

  /** The management token that the flag gives; a command is run for it. */
  public Optional<FoundToken> flaggedToken(Run run) throws InputException {
    return ManagementTokens.ofFlag(run, tokens);
  }

  /** What the options say of the cluster. */
  SettingLayer named() {
    return flags(url, Flag.URL);
  }

  /** Makes ready to read a cluster; an embedded sandbox is started for it. */
  public Connection connect(Run run, Target target) throws SettingsException, InputException {
    return connect(run, target, ClientOptions.DEFAULT_PARALLELISM);
  }

  /**
   * Makes ready to talk to a cluster.
   *
   * @param parallelism how many calls may be in flight at a time
   */
  public Connection connect(Run run, Target target, int parallelism)
      throws SettingsException, InputException {
    Destination destination = locate(run, target);
    try {
      if (target.only().isPresent()) {
        target.only().get().refuseOther(destination.decision().address());
      }
      settleHost(run, destination);
      FoundToken token = token(run, destination);
      ClientOptions client =
          client(run, destination).withParallelism(parallelism).withTokenOf(token.origin());
      return new Connection(
          destination.decision().address(), token.token(), client, destination.sandbox());
    } catch (SettingsException | InputException | RuntimeException e) {
      destination.sandbox().ifPresent(Sandbox::close);
      throw e;
    }
  }

  /**
   * Sees to it that the management token goes to no host that a file alone names: before the token
   * is read, and before a command is run for it.
   *
   * @throws SettingsException if it may not go there
   */
  public void settleHost(Run run, Destination destination) throws SettingsException {
    Optional<String> token = tokenOrigin(run.world(), destination);
    if (token.isPresent()) {
      new HostApproval(run).require(destination.decision(), token.get());
    }
  }

  /** Where the management token is going to come from; it is not read. */
  public Optional<String> tokenOrigin(World world, Destination destination) {
    return destination.sandbox().isPresent()
        ? Optional.of(SANDBOX)
        : ManagementTokens.origin(
            world, tokens, destination.profile(), destination.decision().address());
  }

  /**
   * Decides which cluster is meant, and says what was overridden.
   *
   * @throws SettingsException if the settings lead to no cluster, or to another one than the
   *     platform file says
   */
  public Destination locate(Run run, Target target) throws SettingsException {
    run.headStart().await();
    tokens.check();
    SettingLayer environment = environment(run.world());
    Optional<Product> product = ConnectionSettings.product(target.pinned(), environment);
    ConnectionSettings.requireProduct(target.pinned(), environment, target.platform());
    if (product.isPresent() && product.get() == Product.SANDBOX) {
      return sandbox(run, target, environment);
    }
    Destination destination = cluster(run, target, environment);
    refuseTestClock(run.world(), destination.decision());
    destination.decision().requireCluster(target.platform());
    noteOverrides(run.console(), target, destination.decision());
    destination
        .decision()
        .settings()
        .forEach(
            (name, setting) -> {
              if (TerraformNames.gave(setting)) {
                run.console().note("the " + name + " comes from " + setting.origin());
              }
            });
    return destination;
  }

  /** The management token, and where it was found. */
  public FoundToken token(Run run, Destination destination) throws InputException {
    return destination.sandbox().isPresent()
        ? new FoundToken(destination.sandbox().get().managementToken(), SANDBOX)
        : ManagementTokens.find(
            run, tokens, destination.profile(), destination.decision().address());
  }

  /** How to reach it; the files and the proxy for that are looked at, and danger is told. */
  public ClientOptions client(Run run, Destination destination) throws SettingsException {
    ClusterUrl where = destination.decision().address().url();
    TlsFiles profile = profileFiles(destination);
    Optional<Trust> trust = Optional.empty();
    if (where.isEncrypted()) {
      TlsFiles files = tlsFiles(destination);
      if (files.insecure().isPresent()) {
        run.console()
            .warn(
                "--insecure: the certificate of "
                    + where.host()
                    + " is not checked; anyone on the network path can read the management token");
      } else if (profile.insecure().isPresent()) {
        run.console()
            .note(
                profile.insecure().get().origin()
                    + ": insecure has an effect only together with --insecure; the certificate is"
                    + " checked");
      }
      trust = Trust.of(files, run.world().directory());
    } else if (tls.areGiven()) {
      run.console().note(where + " does not use TLS: TLS options have no effect");
    }
    Optional<HttpProxy> proxy = HttpProxy.of(run.world().environment(), where);
    proxy.ifPresent(
        through ->
            through
                .password()
                .ifPresent(
                    secret -> run.console().keepPassword(through.user().orElse(""), secret)));
    return ClientOptions.withTimeout(timeout)
        .withRetries(RetryPolicy.standard().withAttempts(attempts))
        .through(new Transport(proxy, trust))
        .toldTo(CallLog.of(run.console()))
        .maskedBy(run.console().masking());
  }

  /** Which files TLS takes. */
  public TlsFiles tlsFiles(Destination destination) {
    return tls.files(profileFiles(destination));
  }

  private static TlsFiles profileFiles(Destination destination) {
    return destination.profile().map(Profile::tls).orElse(TlsFiles.none());
  }

  private Destination cluster(Run run, Target target, SettingLayer environment)
      throws SettingsException {
    ClusterChoice choice =
        ClusterChoice.of(
            new ClusterChoice.Sources(
                flags(url, "--url"),
                target.pinned(),
                environment,
                TerraformNames.settings(run.world())),
            new ClusterChoice.Profiles(
                profiles.isNamed(run.world()),
                ManagementTokens.isGiven(run.world(), tokens),
                () -> profiles.read(run)),
            run.console()::note);
    return new Destination(choice.decision(), choice.profile(), Optional.empty());
  }

  /** A sandbox uses neither profiles nor their tokens. */
  private Destination sandbox(Run run, Target target, SettingLayer environment)
      throws SettingsException {
    if (profiles.isGiven()) {
      run.console().note("the sandbox needs no profile");
    }
    if (url == null) {
      tokens.given().ifPresent(flag -> run.console().note("the embedded sandbox needs no " + flag));
      return embedded(run, target, environment);
    }
    ConnectionSettings.Decision decision =
        ConnectionSettings.decide(
            flags(url, "--url"),
            target.pinned(),
            List.of(environment),
            sandbox(Sandbox.ACCOUNT_ID, Sandbox.CLUSTER_ID));
    if (!url.isThisMachine()) {
      refuseTestClock(run.world(), decision);
    }
    decision.requireCluster(target.platform());
    noteOverrides(run.console(), target, decision);
    noteUnused(run, "INFLUX_DB_ACCOUNT_ID", SettingName.ACCOUNT_ID, decision);
    noteUnused(run, "INFLUX_DB_CLUSTER_ID", SettingName.CLUSTER_ID, decision);
    run.console().note("using the sandbox at " + url + "; no embedded one is started");
    return new Destination(decision, Optional.empty(), Optional.empty());
  }

  /**
   * Refuses a cluster that is no sandbox of this machine while the clock is moved: what falls due
   * by a wrong clock would be rotated, retired or revoked for good.
   */
  private static void refuseTestClock(World world, ConnectionSettings.Decision decision)
      throws SettingsException {
    if (TestClock.isMoved(world.environment())) {
      throw new SettingsException(
          TestClock.VARIABLE
              + " moves the clock, which is for sandboxes on this machine only; "
              + decision.address().url()
              + (decision.address().product() == Product.SANDBOX
                  ? " is on another machine"
                  : " is no sandbox"),
          "unset " + TestClock.VARIABLE);
    }
  }

  /** Where no other cluster is allowed, what names another one is an error and no override. */
  private static void noteOverrides(
      Console console, Target target, ConnectionSettings.Decision decision) {
    if (target.only().isEmpty()) {
      decision.overrides().forEach(console::note);
    }
  }

  /** A variable for the cluster of one's daily work is no reason to refuse a sandbox. */
  private static void noteUnused(
      Run run, String variable, SettingName name, ConnectionSettings.Decision decision) {
    String used = decision.settings().get(name).value();
    if (Variables.setting(run.world(), variable)
        .filter(setting -> !setting.value().equalsIgnoreCase(used))
        .isPresent()) {
      run.console().note(variable + " is not used: the sandbox has the " + name + " " + used);
    }
  }

  private Destination embedded(Run run, Target target, SettingLayer environment)
      throws SettingsException {
    try {
      Links.refuse(run.world().directory(), SANDBOX_STATE);
    } catch (Links.LinkException e) {
      throw new SettingsException(
          "the sandbox keeps its state in " + SANDBOX_STATE + ", and " + e.getReason(), e.hint());
    }
    SandboxOptions.Builder options =
        SandboxOptions.builder()
            .clock(run.world().clock())
            .stateFile(run.world().directory().resolve(SANDBOX_STATE));
    target.seed().ifPresent(options::seedFile);
    boolean isNew = !Files.exists(run.world().directory().resolve(SANDBOX_STATE));
    if (target.seed().isEmpty() && isNew && !target.told().isEmpty()) {
      ClusterAddress recorded = target.only().orElseThrow().cluster();
      options.seedTokens(
          recorded.accountId().orElse(Sandbox.ACCOUNT_ID),
          recorded.clusterId().orElse(Sandbox.CLUSTER_ID),
          target.told());
      run.console().note("the sandbox has not begun here: it begins with the tokens of the plan");
    }
    Sandbox sandbox = Sandbox.start(options.build());
    if (sandbox.startedFrom() == StartedFrom.NEW_SEED) {
      run.console().note("the sandbox's seed has changed: it starts afresh from it");
    }
    try {
      ConnectionSettings.Decision decision =
          ConnectionSettings.decide(
              flags(ClusterUrl.parse(sandbox.url().toString()), SANDBOX),
              target.pinned(),
              List.of(environment),
              sandbox(sandbox.accountId(), sandbox.clusterId()));
      return new Destination(decision, Optional.empty(), Optional.of(sandbox));
    } catch (SettingsException | RuntimeException e) {
      sandbox.close();
      throw e;
    }
  }

  private SettingLayer flags(ClusterUrl where, String origin) {
    return new SettingLayer()
        .with(SettingName.URL, given(where, origin))
        .with(SettingName.ACCOUNT_ID, given(account, "--account"))
        .with(SettingName.CLUSTER_ID, given(cluster, "--cluster"));
  }

  private static SettingLayer sandbox(UUID accountId, UUID clusterId) {
    return new SettingLayer()
        .with(SettingName.ACCOUNT_ID, given(accountId, SANDBOX))
        .with(SettingName.CLUSTER_ID, given(clusterId, SANDBOX));
  }

  private static SettingLayer environment(World world) {
    return new SettingLayer()
        .with(SettingName.PRODUCT, Variables.setting(world, "INFLUX_DB_PRODUCT_TYPE"))
        .with(SettingName.URL, Variables.setting(world, "INFLUX_DB_INSTANCE_URL"))
        .with(SettingName.ACCOUNT_ID, Variables.setting(world, "INFLUX_DB_ACCOUNT_ID"))
        .with(SettingName.CLUSTER_ID, Variables.setting(world, "INFLUX_DB_CLUSTER_ID"));
  }

  private static Optional<Setting> given(Object value, String origin) {
    return Optional.ofNullable(value).map(present -> new Setting(present.toString(), origin));
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
