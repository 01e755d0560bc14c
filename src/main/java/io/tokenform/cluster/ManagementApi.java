package io.tokenform.cluster;

import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import java.util.List;

/**
 * The vendor's Management API, as far as tokenform uses it. Every call is one question to one
 * cluster; a call that fails says so with an {@link ApiException} and never with an empty answer.
 */
public interface ManagementApi extends AutoCloseable {
  /** All tokens, revoked and expired ones too, in the cluster's order. */
  List<Token> listTokens() throws ApiException;

  /** The names of all databases, in the cluster's order. */
  List<String> listDatabases() throws ApiException;

  /** One token. */
  Token getToken(TokenId id) throws ApiException;

  /**
   * Changes a token and answers it as the cluster then reports it. When this fails, the exception
   * says whether the change {@linkplain ApiException#mayHaveHappened may have been made}.
   */
  Token updateToken(TokenId id, TokenUpdate update) throws ApiException;

  @Override
  void close();
}
