package io.tokenform.cli;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.Secret;
import io.tokenform.access.TokenListing;
import io.tokenform.access.UnreadableToken;
import io.tokenform.apply.Deliveries;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.options.ClusterOptions;
import io.tokenform.cli.options.Destination;
import io.tokenform.cli.options.FoundToken;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.ClientOptions;
import io.tokenform.cluster.HttpManagementApi;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.cluster.Probe;
import io.tokenform.cluster.settings.Profile;
import io.tokenform.cluster.settings.Setting;
import io.tokenform.cluster.settings.SettingsException;
import io.tokenform.cluster.settings.Target;
import io.tokenform.cluster.settings.TlsFiles;
import io.tokenform.cluster.transport.HttpProxy;
import io.tokenform.live.SetAside;
import io.tokenform.report.Checkup;
import io.tokenform.report.text.Counts;
import io.tokenform.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.SSLException;

/**
 * Finds out, step by step, whether the connection is right, which the first thing wrong ends; and
 * whether each sink can be used.
 */
final class Examination {
  private static final String NOT_SET = "not set";

  private final Run run;
  private final ClusterOptions options;
  private final Way way;
  private final List<Checkup.Setting> settings = new ArrayList<>();
  private final List<Checkup.Check> checks = new ArrayList<>();
  private final List<Checkup.Sink> sinks = new ArrayList<>();

  /**
   * @param options about the connection
   * @param way how a cluster is found, and its management token
   */
  Examination(Run run, ClusterOptions options, Way way) {
    this.run = run;
    this.options = options;
    this.way = way;
  }

  /** The steps on the way to a cluster, in which one of a fleet differs from one alone. */
  interface Way {
    /** Where it is; an embedded sandbox is started. */
    Destination locate(Target target) throws SettingsException;

    /** Sees to it that the management token may go there. */
    void settle(Destination destination) throws SettingsException;

    /** Where the management token is going to come from; it is not read. */
    Optional<String> tokenOrigin(Destination destination);

    FoundToken token(Destination destination) throws InputException;

    /** What sinks call the cluster. */
    String name(ClusterAddress cluster);
  }

  /** The way to the one cluster that options, variables, a policy and a profile lead to. */
  record OfOptions(Run run, ClusterOptions options) implements Way {
    @Override
    public Destination locate(Target target) throws SettingsException {
      return options.locate(run, target);
    }

    @Override
    public void settle(Destination destination) throws SettingsException {
      options.settleHost(run, destination);
    }

    @Override
    public Optional<String> tokenOrigin(Destination destination) {
      return options.tokenOrigin(run.world(), destination);
    }

    @Override
    public FoundToken token(Destination destination) throws InputException {
      return options.token(run, destination);
    }

    @Override
    public String name(ClusterAddress cluster) {
      return Deliveries.name(cluster);
    }
  }

  /** What has been found out so far. */
  Checkup checkup() {
    return new Checkup(settings, checks, sinks);
  }

  /** Notes something wrong before there was anything to examine. */
  void failed(String check, String problem, Optional<String> hint) {
    checks.add(Checkup.Check.failed(check, problem, hint));
  }

  /**
   * Examines the way to a cluster, and then the sinks, whatever that found: they do not need it.
   *
   * @param sinkCheck checks them, as soon as their cluster is known
   */
  void examine(Target target, SinkCheck sinkCheck) {
    Destination destination;
    try {
      destination = way.locate(target);
    } catch (SettingsException e) {
      failed("settings", e.getMessage(), e.hint());
      return;
    }
    try {
      examine(destination);
      // After the management token is known, so that no check of a sink gets it in a variable.
      sinks.addAll(sinkCheck.check(run, way.name(destination.decision().address())));
    } finally {
      destination.sandbox().ifPresent(Sandbox::close);
    }
  }

  private void examine(Destination destination) {
    ClusterAddress address = destination.decision().address();
    destination
        .decision()
        .settings()
        .forEach((name, value) -> add(name.toString(), value.value(), value.origin()));
    destination.profile().map(Profile::origin).ifPresent(origin -> add("profile", "used", origin));
    ClientOptions client;
    try {
      client = options.client(run, destination);
    } catch (SettingsException e) {
      failed("settings", e.getMessage(), e.hint());
      return;
    }
    addTls(address, destination);
    client.transport().proxy().ifPresent(proxy -> add("proxy", shown(proxy), proxy.origin()));
    try {
      way.settle(destination);
    } catch (SettingsException e) {
      add("token", "not read", way.tokenOrigin(destination).orElse(""));
      failed("host", e.getMessage(), e.hint());
      return;
    }
    FoundToken token;
    try {
      token = way.token(destination);
    } catch (InputException e) {
      add("token", NOT_SET, "");
      failed("token", e.getMessage(), e.hint());
      return;
    }
    add("token", shown(token.token()), token.origin());
    if (walk(address, client)) {
      ask(address, token.token(), client.withTokenOf(token.origin()));
    }
  }

  private void addTls(ClusterAddress address, Destination destination) {
    if (!address.url().isEncrypted()) {
      return;
    }
    TlsFiles files = options.tlsFiles(destination);
    add("CA file", files.ca());
    add("client cert", files.certificate());
    add("client key", files.key());
    files.insecure().ifPresent(flag -> add("certificates", "not checked", flag.origin()));
  }

  private void add(String name, Optional<Setting> setting) {
    setting.ifPresent(value -> add(name, value.value(), value.origin()));
  }

  private void add(String name, String value, String origin) {
    settings.add(new Checkup.Setting(name, value, origin));
  }

  private static String shown(HttpProxy proxy) {
    return proxy.user().isPresent() ? proxy + " with user and password" : proxy.toString();
  }

  /** A secret's length, which tells a cut-off one from a whole one. */
  private static String shown(Secret token) {
    return token + ", " + Counts.of(token.reveal().length(), "character", "characters");
  }

  private boolean walk(ClusterAddress address, ClientOptions client) {
    boolean passed = true;
    for (Probe.Finding finding : Probe.walk(address, client)) {
      String name = finding.step().name().toLowerCase(Locale.ROOT);
      if (finding.failure().isPresent()) {
        failed(name, finding.fact(), finding.failure().get().hint());
        passed = false;
      } else {
        checks.add(Checkup.Check.passed(name, finding.fact()));
      }
    }
    return passed;
  }

  private void ask(ClusterAddress address, Secret token, ClientOptions client) {
    try (ManagementApi api = new HttpManagementApi(address, token, client)) {
      TokenListing listing;
      try {
        listing = api.listTokens();
      } catch (ApiException e) {
        failed(refuses(e) ? "authentication" : "tokens", e);
        return;
      }
      checks.add(Checkup.Check.passed("authentication", "the cluster accepts the token"));
      List<UnreadableToken> unreadable = listing.unreadable();
      int tokens = listing.tokens().size() + unreadable.size();
      checks.add(
          Checkup.Check.passed(
              "tokens",
              Counts.of(tokens, "token", "tokens")
                  + " listed"
                  + (unreadable.isEmpty() ? "" : "; " + SetAside.sentence(unreadable))));
      int databases = api.listDatabases().names().size();
      checks.add(
          Checkup.Check.passed(
              "databases", Counts.of(databases, "database", "databases") + " listed"));
    } catch (ApiException e) {
      failed("databases", e);
    }
  }

  private void failed(String check, ApiException e) {
    failed(check, e.getMessage(), e.hint());
  }

  /** Whether it is about who is here: the token, or in TLS 1.3, only now, the certificate. */
  private static boolean refuses(ApiException e) {
    OptionalInt status = e.status();
    return e.getCause() instanceof SSLException
        || (status.isPresent() && (status.getAsInt() == 401 || status.getAsInt() == 403));
  }
}
