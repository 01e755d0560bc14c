package io.tokenform.apply;

import io.tokenform.access.Secret;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenListing;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.AttemptListener;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.cluster.NewToken;
import io.tokenform.cluster.TokenCreation;
import io.tokenform.cluster.TokenUpdate;
import java.util.List;

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
  public List<String> listDatabases() throws ApiException {
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
