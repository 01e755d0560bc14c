package io.tokenform.sandbox;

import io.tokenform.access.Permission;
import io.tokenform.access.Secret;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.database.Database;
import io.tokenform.sandbox.api.Api;
import io.tokenform.sandbox.api.LiveCluster;
import io.tokenform.sandbox.api.Snapshot;
import io.tokenform.sandbox.api.StoredDatabase;
import io.tokenform.sandbox.api.StoredToken;
import java.net.URI;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;

/**
 * An embedded cluster: it serves the Management API's tokens and databases over HTTP on loopback,
 * or over HTTPS if it is given a key, under Cloud Dedicated's paths and Clustered's at once, until
 * it is closed. Beside them it serves a little of the data side, {@code GET /query?db=NAME} and
 * {@code POST /api/v2/write?bucket=NAME}, so that the secrets of its tokens can be tried. No data
 * is kept.
 *
 * <p>With a state file, its state outlives it. A thread writes it soon after each change; changes
 * that come close together are written together. A process that is killed loses what changed since
 * the last write began: usually the last 50 milliseconds, with very many tokens ten times what one
 * write takes. The file is never left half written, though a kill may leave a temporary file beside
 * it.
 */
public final class Sandbox implements AutoCloseable {
  /** The account of every sandbox whose seed names no other. */
  public static final UUID ACCOUNT_ID = Snapshot.DEFAULT_ACCOUNT;

  /** The cluster of every sandbox whose seed names no other. */
  public static final UUID CLUSTER_ID = Snapshot.DEFAULT_CLUSTER;

  /** What opens every sandbox; it is printed, and no secret. */
  public static final String PUBLIC_MANAGEMENT_TOKEN = "sandbox-management-token";

  private static final Secret MANAGEMENT_TOKEN = Secret.of(PUBLIC_MANAGEMENT_TOKEN);

  private final LiveCluster cluster;
  private final StartedFrom startedFrom;
  private final ApiHandler handler;
  private final ApiServer server;
  private final Optional<StateSaver> saver;

  private Sandbox(
      LiveCluster cluster,
      StartedFrom startedFrom,
      ApiHandler handler,
      ApiServer server,
      Optional<StateSaver> saver) {
    this.cluster = cluster;
    this.startedFrom = startedFrom;
    this.handler = handler;
    this.server = server;
    this.saver = saver;
  }

  /**
   * Starts a sandbox; when this returns, it answers.
   *
   * @throws SandboxException if the seed or the state file is not valid or cannot be read, or the
   *     address is in use
   */
  public static Sandbox start(SandboxOptions options) {
    Optional<Seed> seed = options.seed();
    Optional<StateFile> stateFile = options.stateFile();
    Beginning beginning = Beginning.of(stateFile, seed);
    Optional<StateSaver> saver = stateFile.map(file -> new StateSaver(file, seed));
    LiveCluster cluster =
        new LiveCluster(
            beginning.snapshot(),
            options.clock(),
            options.ids(),
            latest -> saver.ifPresent(present -> present.changed(latest)),
            options.faults().memory());
    ApiHandler handler =
        new ApiHandler(
            new Api(cluster, MANAGEMENT_TOKEN, options.secrets()),
            options.faults().schedule(),
            options.clock(),
            options.listeners());
    return new Sandbox(
        cluster,
        beginning.from(),
        handler,
        ApiServer.start(options.listen(), options.serverKey(), handler),
        saver);
  }

  /**
   * Where the sandbox listens, without a path: such as {@code http://127.0.0.1:43210}, or with a
   * server key {@code https://127.0.0.1:43210}.
   */
  public URI url() {
    return server.url();
  }

  public UUID accountId() {
    return cluster.accountId();
  }

  public UUID clusterId() {
    return cluster.clusterId();
  }

  /** The one token that the API accepts. It is the same everywhere and guards nothing real. */
  public Secret managementToken() {
    return MANAGEMENT_TOKEN;
  }

  public StartedFrom startedFrom() {
    return startedFrom;
  }

  /** The tokens, revoked ones too, in the order of the listing. */
  public List<Token> tokens() {
    return cluster.tokens().stream().map(StoredToken::token).toList();
  }

  /**
   * The token of that id.
   *
   * @throws NoSuchElementException if there is none
   */
  public Token token(TokenId id) {
    return cluster
        .token(id)
        .map(StoredToken::token)
        .orElseThrow(() -> new NoSuchElementException("the sandbox has no token " + id));
  }

  /** The databases that are there, in the order of the listing. */
  public List<Database> databases() {
    return cluster.databases().stream().map(StoredDatabase::database).toList();
  }

  /** The token that a secret is of, whether or not it works; empty if it is no token's. */
  public Optional<TokenId> tokenOf(Secret secret) {
    return cluster.tokenOf(secret).map(StoredToken::id);
  }

  /**
   * Whether the data side accepts a secret now, whatever its token's permissions are: that one is
   * known, not revoked, not expired and active.
   */
  public boolean works(Secret secret) {
    return cluster.works(secret);
  }

  /**
   * Whether a secret {@link #works} and its token has that permission, {@code *} understood. No
   * permission on a name helps whose database was deleted or renamed, as long as no other has it.
   */
  public boolean accepts(Secret secret, Permission permission) {
    return cluster.accepts(secret, permission);
  }

  /**
   * Stops the server, idle connections and requests that a fault delays included, and writes what
   * is not written yet. Closing it again does nothing, unless that write failed: then it is tried
   * again.
   *
   * @throws SandboxException if the state cannot be written
   */
  @Override
  public void close() {
    handler.close();
    server.close();
    saver.ifPresent(StateSaver::close);
  }
}
