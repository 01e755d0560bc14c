package io.tokenform.sandbox;

import io.tokenform.access.Secret;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.sandbox.fault.Faults;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How a sandbox starts. The options that {@link #builder} starts with make an empty cluster on a
 * free port of loopback that keeps nothing.
 */
public final class SandboxOptions {
  private final InetSocketAddress listen;
  private final Optional<ServerKey> serverKey;
  private final Optional<Path> seedFile;
  private final Optional<String> seedJson;
  private final Optional<Path> stateFile;
  private final Clock clock;
  private final Supplier<TokenId> ids;
  private final List<RequestListener> listeners;
  private final List<Consumer<Secret>> secrets;
  private final Faults faults;

  private SandboxOptions(Builder builder) {
    this.listen = builder.listen;
    this.serverKey = builder.serverKey;
    this.seedFile = builder.seedFile;
    this.seedJson = builder.seedJson;
    this.stateFile = builder.stateFile;
    this.clock = builder.clock;
    this.ids = builder.ids;
    this.listeners = List.copyOf(builder.listeners);
    this.secrets = List.copyOf(builder.secrets);
    this.faults = builder.faults;
  }

  public static Builder builder() {
    return new Builder();
  }

  InetSocketAddress listen() {
    return listen;
  }

  Optional<ServerKey> serverKey() {
    return serverKey;
  }

  /**
   * @throws SandboxException if the seed file cannot be read
   */
  Optional<Seed> seed() {
    return seedFile.map(Seed::ofFile).or(() -> seedJson.map(Seed::ofText));
  }

  Optional<StateFile> stateFile() {
    return stateFile.map(StateFile::new);
  }

  Clock clock() {
    return clock;
  }

  Supplier<TokenId> ids() {
    return ids;
  }

  List<RequestListener> listeners() {
    return listeners;
  }

  /** Tells whoever listens of a new secret. */
  Consumer<Secret> secrets() {
    return secret -> secrets.forEach(listener -> listener.accept(secret));
  }

  Faults faults() {
    return faults;
  }

  /** Collects options; each has a default. */
  public static final class Builder {
    private InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private Optional<ServerKey> serverKey = Optional.empty();
    private Optional<Path> seedFile = Optional.empty();
    private Optional<String> seedJson = Optional.empty();
    private Optional<Path> stateFile = Optional.empty();
    private Clock clock = Clock.systemUTC();
    private Supplier<TokenId> ids = () -> new TokenId(UUID.randomUUID());
    private final List<RequestListener> listeners = new ArrayList<>();
    private final List<Consumer<Secret>> secrets = new ArrayList<>();
    private Faults faults = Faults.NONE;

    private Builder() {}

    /**
     * Where to listen; port 0 takes a free one. By default a free port of loopback.
     *
     * @throws IllegalArgumentException if the address is not loopback: the sandbox's management
     *     token is known to everybody
     */
    public Builder listen(InetSocketAddress address) {
      if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
        throw new IllegalArgumentException(
            "the sandbox listens on loopback only, not on " + address.getHostString());
      }
      this.listen = address;
      return this;
    }

    /**
     * The key to speak TLS with, in version 1.2 or 1.3; without one, the sandbox speaks plain HTTP.
     */
    public Builder serverKey(ServerKey key) {
      this.serverKey = Optional.of(key);
      return this;
    }

    /**
     * The file to start from, in JSON:
     *
     * <pre>{@code
     * {"accountId": "UUID", "clusterId": "UUID",
     *  "databases": ["metrics"],
     *  "tokens": [{"id": "UUID", "description": "Grafana",
     *              "permissions": [{"action": "read", "resource": "metrics"}],
     *              "createdAt": "DATE", "expiresAt": "DATE", "revokedAt": "DATE",
     *              "accessToken": "SECRET"}]}
     * }</pre>
     *
     * <p>A token needs an id and permissions. One without a description is served without one, as a
     * real cluster might do; one without {@code createdAt} was created when 2024 began, the same
     * with each start. Everything else may be left out too.
     *
     * <p>An {@code accessToken} is the secret that opens the data side for that token. It is known
     * to whoever reads the seed, so it guards nothing. {@code secretDigest}, its SHA-256 in
     * hexadecimal, may stand in its place. A token without either is on the list, and no secret
     * opens anything for it.
     */
    public Builder seedFile(Path file) {
      this.seedFile = Optional.of(file);
      this.seedJson = Optional.empty();
      return this;
    }

    /** What to start from, as the text that a {@link #seedFile} would hold. */
    public Builder seedJson(String json) {
      this.seedJson = Optional.of(json);
      this.seedFile = Optional.empty();
      return this;
    }

    /** What to start from: tokens as a client knows them, without secrets, and no databases. */
    public Builder seedTokens(UUID accountId, UUID clusterId, List<Token> tokens) {
      return seedJson(SnapshotJson.seed(accountId, clusterId, tokens));
    }

    /**
     * The file that keeps the state from one run to the next; by default nothing does. It is
     * written, with the directories that it needs, after something has changed, and belongs to one
     * sandbox at a time. {@link Sandbox} says what a process that is killed can lose.
     */
    public Builder stateFile(Path file) {
      this.stateFile = Optional.of(file);
      return this;
    }

    /**
     * What time it is, for dates of creation and revocation, for whether a secret works, and for
     * the records of requests.
     */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /** Where the ids of new tokens come from: random by default. Called by several threads. */
    public Builder ids(Supplier<TokenId> ids) {
      this.ids = ids;
      return this;
    }

    /** Who is told of each request, beside those that were named before. */
    public Builder listener(RequestListener listener) {
      listeners.add(listener);
      return this;
    }

    /**
     * Who is told of each secret that the sandbox makes, before the answer with it leaves, beside
     * those that were named before: a test can look for all of them where none may be. Called by
     * several threads at a time. The secrets of a seed are not among them; that of a creation that
     * a fault ignores is, for a client gets to see it.
     */
    public Builder secrets(Consumer<Secret> listener) {
      secrets.add(listener);
      return this;
    }

    /** What goes wrong on purpose; by default nothing does. */
    public Builder faults(Faults faults) {
      this.faults = faults;
      return this;
    }

    public SandboxOptions build() {
      return new SandboxOptions(this);
    }
  }
}
