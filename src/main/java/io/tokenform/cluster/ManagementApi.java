package io.tokenform.cluster;

import io.tokenform.access.Secret;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenListing;
import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.access.database.DatabaseName;

/**
 * The vendor's Management API, as far as tokenform uses it. Every call is one question to one
 * cluster; a call that fails says so with an {@link ApiException} and never with an empty answer.
 */
public interface ManagementApi extends AutoCloseable {
  /** All tokens, revoked and expired ones too. */
  TokenListing listTokens() throws ApiException;

  /** All databases. Those that were deleted are not among them. */
  DatabaseListing listDatabases() throws ApiException;

  /** One token. */
  Token getToken(TokenId id) throws ApiException;

  /**
   * Changes a token and answers it as the cluster then reports it. When this fails, the exception
   * says whether the change {@linkplain ApiException#mayHaveHappened may have been made}.
   */
  default Token updateToken(TokenId id, TokenUpdate update) throws ApiException {
    return updateToken(id, update, AttemptListener.NONE);
  }

  /**
   * The same, with somebody who hears of each attempt. Replacing a set by the same set twice leaves
   * the same set, so an update is sent again after a failure that may pass.
   */
  Token updateToken(TokenId id, TokenUpdate update, AttemptListener attempts) throws ApiException;

  /**
   * Makes a token without permissions, and answers it with its secret. A call whose answer was lost
   * is not made again: two tokens would be there, and the secret of one would be nobody's. The
   * exception says whether the token {@linkplain ApiException#mayHaveHappened may have been made}.
   */
  NewToken createToken(TokenCreation creation, AttemptListener attempts) throws ApiException;

  /**
   * Says that nothing holds the secret of a token that was made any more, so that nothing that is
   * printed or written can hold it.
   */
  void forget(Secret secret);

  /** Revokes a token, at once and for good. One that is revoked already stays so. */
  void revokeToken(TokenId id, AttemptListener attempts) throws ApiException;

  /**
   * Makes a database, and answers it as the cluster then reports it. A call whose answer was lost
   * is not made again: it would be refused, since the name is taken, whoever took it. The exception
   * says whether the database {@linkplain ApiException#mayHaveHappened may have been made}, and a
   * listing settles it. Status 409 means that the name is taken, or was until a short while ago.
   */
  Database createDatabase(DatabaseCreation creation, AttemptListener attempts) throws ApiException;

  /**
   * Changes a database, and answers it as the cluster then reports it. Like {@link #updateToken} it
   * is sent again after a failure that may pass. Status 404 means that there is no such database.
   */
  Database updateDatabase(DatabaseName name, DatabaseUpdate update, AttemptListener attempts)
      throws ApiException;

  /**
   * Renames a database, and answers it as the cluster then reports it. Permissions keep the old
   * name. It is sent again after a failure that may pass: status 404 after a lost answer may mean
   * that it has its new name already, as the exception then {@linkplain
   * ApiException#mayHaveHappened says}. Status 409 means that the new name is taken.
   */
  Database renameDatabase(DatabaseName name, DatabaseName to, AttemptListener attempts)
      throws ApiException;

  /**
   * Deletes a database with its data. Permissions keep its name. It is sent again after a failure
   * that may pass, with the same meaning of status 404 as in {@link #renameDatabase}.
   */
  void deleteDatabase(DatabaseName name, AttemptListener attempts) throws ApiException;

  /**
   * The same cluster for a change of several steps that has begun: its calls are made also after
   * {@link #stopChanges}, until this is closed.
   */
  ManagementApi finishing();

  /**
   * Has nothing more changed: from now on no update is sent, and no call is made again. Calls that
   * are under way go on. It may be called from any thread.
   */
  void stopChanges();

  @Override
  void close();
}
