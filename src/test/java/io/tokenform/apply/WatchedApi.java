package io.tokenform.apply;

import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.AttemptListener;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.cluster.TokenUpdate;
import java.util.List;

/** A cluster with somebody who hears of each call before its request leaves. */
final class WatchedApi implements ManagementApi {
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
  public List<Token> listTokens() throws ApiException {
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
  public void stopChanges() {
    real.stopChanges();
  }

  @Override
  public void close() {
    real.close();
  }
}
