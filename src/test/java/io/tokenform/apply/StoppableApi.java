package io.tokenform.apply;

import io.tokenform.access.Secret;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenListing;
import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.cluster.AttemptListener;
import io.tokenform.cluster.DatabaseCreation;
import io.tokenform.cluster.DatabaseUpdate;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.cluster.NewToken;
import io.tokenform.cluster.TokenCreation;
import io.tokenform.cluster.TokenUpdate;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A cluster that is never called, and notes that it was stopped and closed. */
final class StoppableApi implements ManagementApi {
  private final AtomicInteger stops = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);

  int stops() {
    return stops.get();
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  void awaitClose() throws InterruptedException {
    closed.await();
  }

  @Override
  public TokenListing listTokens() {
    throw new UnsupportedOperationException();
  }

  @Override
  public DatabaseListing listDatabases() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Token getToken(TokenId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Token updateToken(TokenId id, TokenUpdate update, AttemptListener attempts) {
    throw new UnsupportedOperationException();
  }

  @Override
  public NewToken createToken(TokenCreation creation, AttemptListener attempts) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void forget(Secret secret) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void revokeToken(TokenId id, AttemptListener attempts) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Database createDatabase(DatabaseCreation creation, AttemptListener attempts) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Database updateDatabase(
      DatabaseName name, DatabaseUpdate update, AttemptListener attempts) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Database renameDatabase(DatabaseName name, DatabaseName to, AttemptListener attempts) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void deleteDatabase(DatabaseName name, AttemptListener attempts) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ManagementApi finishing() {
    return this;
  }

  @Override
  public void stopChanges() {
    stops.incrementAndGet();
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
