package io.tokenform.apply;

import io.tokenform.access.TokenId;

/** The cluster answered a creation with a token that is another one. */
final class ForeignTokenException extends Exception {
  private static final long serialVersionUID = 1L;

  ForeignTokenException(TokenId id, String listed) {
    super(
        "the cluster answered with the token "
            + id
            + ", which the listing shows as another one ("
            + listed
            + "); it was not touched");
  }
}
