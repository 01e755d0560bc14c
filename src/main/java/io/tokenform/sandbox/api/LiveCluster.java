package io.tokenform.sandbox.api;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.tokenform.access.Permission;
import io.tokenform.access.Secret;
import io.tokenform.access.TokenId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The cluster's state and what the API can do to it; safe for use by many threads. */
public final class LiveCluster {
  private final Snapshot start;
  private final Clock clock;
  private final Supplier<TokenId> ids;
  private final Consumer<Supplier<Snapshot>> onChange;
  // In the order of the listing: the seed's, then that of creation. Guards itself.
  private final Map<TokenId, StoredToken> tokens = new LinkedHashMap<>();

  @GuardedBy("tokens")
  private final TokenHistory history;

  private final LiveDatabases databases;

  /**
   * @param onChange told after each change of the state, never for a request that changed nothing,
   *     where to get the state that is the latest then
   * @param memory how long ago a state may be that {@link #copy} is asked for
   */
  public LiveCluster(
      Snapshot start,
      Clock clock,
      Supplier<TokenId> ids,
      Consumer<Supplier<Snapshot>> onChange,
      Duration memory) {
    this.start = start;
    this.clock = clock;
    this.ids = ids;
    this.onChange = onChange;
    this.history = new TokenHistory(memory);
    this.databases = new LiveDatabases(start.databases(), memory);
    start.tokens().forEach(token -> tokens.put(token.id(), token));
  }

  public UUID accountId() {
    return start.accountId();
  }

  public UUID clusterId() {
    return start.clusterId();
  }

  /** The databases that are there, in the order of the listing. */
  public List<StoredDatabase> databases() {
    return databases.listed();
  }

  boolean hasDatabase(String name) {
    return databases.has(name);
  }

  /** Whether a database had this name that was deleted or renamed, and none has it now. */
  boolean isGone(String database) {
    return databases.isGone(database);
  }

  StoredDatabase database(String name) throws RequestRefusedException {
    return databases.get(name);
  }

  /**
   * Makes a database.
   *
   * @throws RequestRefusedException if the name is taken, or was until a short while ago
   */
  StoredDatabase createDatabase(DatabaseBody body) throws RequestRefusedException {
    StoredDatabase created = databases.create(body, now());
    onChange.accept(this::snapshot);
    return created;
  }

  /**
   * Changes what the body names.
   *
   * @throws RequestRefusedException if there is no such database
   */
  StoredDatabase updateDatabase(String name, DatabaseBody body) throws RequestRefusedException {
    List<StoredDatabase> before = databases.all();
    StoredDatabase after = databases.update(name, body);
    if (!before.contains(after)) {
      onChange.accept(this::snapshot);
    }
    return after;
  }

  /**
   * Deletes a database. Permissions keep its name.
   *
   * @throws RequestRefusedException if there is no such database
   */
  void deleteDatabase(String name) throws RequestRefusedException {
    databases.delete(name, now());
    onChange.accept(this::snapshot);
  }

  /**
   * Gives a database another name. Permissions keep the old one.
   *
   * @throws RequestRefusedException if there is no such database, or the new name is taken
   */
  StoredDatabase renameDatabase(String name, String to) throws RequestRefusedException {
    StoredDatabase renamed = databases.rename(name, to, now());
    onChange.accept(this::snapshot);
    return renamed;
  }

  /**
   * Brings a deleted database back.
   *
   * @throws RequestRefusedException if that cannot be
   */
  StoredDatabase restoreDatabase(long id) throws RequestRefusedException {
    StoredDatabase restored = databases.restore(id, now());
    onChange.accept(this::snapshot);
    return restored;
  }

  /** All tokens, revoked ones too, in the order of the listing. */
  public List<StoredToken> tokens() {
    synchronized (tokens) {
      return List.copyOf(tokens.values());
    }
  }

  public Optional<StoredToken> token(TokenId id) {
    synchronized (tokens) {
      return Optional.ofNullable(tokens.get(id));
    }
  }

  /** The token that a secret is of, which need not work any more, or yet. */
  public Optional<StoredToken> tokenOf(Secret secret) {
    SecretDigest digest = SecretDigest.of(secret);
    synchronized (tokens) {
      return tokens.values().stream().filter(token -> token.hasSecret(digest)).findFirst();
    }
  }

  /** Whether the data side accepts a secret, whatever its token's permissions are. */
  public boolean works(Secret secret) {
    return tokenOf(secret).filter(token -> token.works(now())).isPresent();
  }

  /** Whether the data side accepts a secret for that: never for a name whose database is gone. */
  public boolean accepts(Secret secret, Permission permission) {
    return !isGone(permission.resource())
        && tokenOf(secret)
            .filter(token -> token.works(now()) && token.allows(permission))
            .isPresent();
  }

  Snapshot snapshot() {
    return start.with(databases.all(), tokens());
  }

  /**
   * A cluster of its own, with the state as it was {@code ago}, or when this one started if that is
   * later.
   */
  LiveCluster copy(Duration ago) {
    Map<TokenId, StoredToken> then;
    synchronized (tokens) {
      then = new LinkedHashMap<>(tokens);
      history.undo(then, ago);
    }
    return new LiveCluster(
        start.with(databases.asOf(ago), List.copyOf(then.values())),
        clock,
        ids,
        latest -> {},
        Duration.ZERO);
  }

  /**
   * Creates a token.
   *
   * @param late how long it takes until the data side accepts its secret
   * @throws IllegalStateException if the source of ids gives one that is taken
   */
  StoredToken create(TokenBody body, SecretDigest secret, Duration late) {
    Instant now = now();
    StoredToken created =
        new StoredToken(
            ids.get(),
            body.description(),
            body.permissions().orElse(List.of()),
            now,
            body.expiresAt(),
            Optional.empty(),
            Optional.of(secret),
            late.isZero() ? Optional.empty() : Optional.of(now.plus(late)));
    synchronized (tokens) {
      if (tokens.putIfAbsent(created.id(), created) != null) {
        throw new IllegalStateException("the new id " + created.id() + " is taken");
      }
      history.changed(created.id(), Optional.empty());
    }
    onChange.accept(this::snapshot);
    return created;
  }

  /**
   * Changes what the body names.
   *
   * @throws RequestRefusedException if there is no such token, or it is revoked
   */
  StoredToken update(TokenId id, TokenBody body) throws RequestRefusedException {
    StoredToken before;
    StoredToken after;
    synchronized (tokens) {
      before = existing(id);
      if (before.isRevoked()) {
        throw RequestRefusedException.conflict("token " + id + " is revoked");
      }
      after = before.patched(body);
      tokens.put(id, after);
      history.changed(id, Optional.of(before));
    }
    if (!after.equals(before)) {
      onChange.accept(this::snapshot);
    }
    return after;
  }

  /**
   * Revokes a token, for good; one that is revoked stays as it is.
   *
   * @throws RequestRefusedException if there is no such token
   */
  void revoke(TokenId id) throws RequestRefusedException {
    synchronized (tokens) {
      StoredToken before = existing(id);
      if (before.isRevoked()) {
        return;
      }
      tokens.put(id, before.revoked(now()));
      history.changed(id, Optional.of(before));
    }
    onChange.accept(this::snapshot);
  }

  private StoredToken existing(TokenId id) throws RequestRefusedException {
    StoredToken token = tokens.get(id);
    if (token == null) {
      throw noSuchToken(id);
    }
    return token;
  }

  static RequestRefusedException noSuchToken(TokenId id) {
    return RequestRefusedException.notFound("there is no token " + id);
  }

  // The API writes milliseconds; keeping more would let a restart change a date.
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
