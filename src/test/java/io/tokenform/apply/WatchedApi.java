package io.tokenform.apply;

import io.tokenform.access.Secret;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenListing;
import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.AttemptListener;
import io.tokenform.cluster.DatabaseCreation;
import io.tokenform.cluster.DatabaseUpdate;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.cluster.NewToken;
import io.tokenform.cluster.TokenCreation;
import io.tokenform.cluster.TokenUpdate;

/** A cluster with somebody who hears of each call before its request leaves. */
class WatchedApi implements ManagementApi {
  /** Told of a call, on the thread that makes it, which may be held. */
  interface Watcher {
    void before(String call);
  }

  private final ManagementApi real;
  private final Watcher watcher;

  WatchedApi(ManagementApi real, Watcher watcher) {
    this.real = real;
    this.watcher = watcher;
  }

  @Override
  public TokenListing listTokens() throws ApiException {
    watcher.before("list tokens");
    return real.listTokens();
  }

  @Override
  public DatabaseListing listDatabases() throws ApiException {
    watcher.before("list databases");
    return real.listDatabases();
  }

  @Override
  public Token getToken(TokenId id) throws ApiException {
    watcher.before("get " + id);
    return real.getToken(id);
  }

  @Override
  public Token updateToken(TokenId id, TokenUpdate update, AttemptListener attempts)
      throws ApiException {
    watcher.before("update " + id);
    return real.updateToken(id, update, attempts);
  }

  @Override
  public NewToken createToken(TokenCreation creation, AttemptListener attempts)
      throws ApiException {
    watcher.before("create " + creation.description());
    return real.createToken(creation, attempts);
  }

  @Override
  public void forget(Secret secret) {
    real.forget(secret);
  }

  @Override
  public void revokeToken(TokenId id, AttemptListener attempts) throws ApiException {
    watcher.before("revoke " + id);
    real.revokeToken(id, attempts);
  }

  @Override
  public Database createDatabase(DatabaseCreation creation, AttemptListener attempts)
      throws ApiException {
    watcher.before("create database " + creation.name());
    return real.createDatabase(creation, attempts);
  }

  @Override
  public Database updateDatabase(DatabaseName name, DatabaseUpdate update, AttemptListener attempts)
      throws ApiException {
    watcher.before("update database " + name);
    return real.updateDatabase(name, update, attempts);
  }

  @Override
  public Database renameDatabase(DatabaseName name, DatabaseName to, AttemptListener attempts)
      throws ApiException {
    watcher.before("rename database " + name + " to " + to);
    return real.renameDatabase(name, to, attempts);
  }

  @Override
  public void deleteDatabase(DatabaseName name, AttemptListener attempts) throws ApiException {
    watcher.before("delete database " + name);
    real.deleteDatabase(name, attempts);
  }

  @Override
  public ManagementApi finishing() {
    return new WatchedApi(real.finishing(), watcher);
  }

  @Override
  public void stopChanges() {
    real.stopChanges();
  }

  @Override
  public void close() {
    real.close();
  }
}
