package io.tokenform.plan;

import io.tokenform.access.Nonce;
import io.tokenform.access.TokenId;

/** What the journals here know of tokens whose making did not end. */
@FunctionalInterface
public interface PendingFates {
  /** There are no journals. */
  PendingFates NONE = (nonce, id) -> Fate.UNKNOWN;

  /**
   * What became of the token with that nonce.
   *
   * @param id the token that bears it; anybody can read a nonce, and give it to another token
   */
  Fate of(Nonce nonce, TokenId id);

  /** What can have become of such a token. */
  enum Fate {
    /** No journal here tells of it. */
    UNKNOWN,
    /** That apply has ended or died before the cluster told the token's id. */
    UNANSWERED,
    /** The apply that makes it is under way. */
    UNDER_WAY,
    /** That apply has ended or died before its secret went to the sink, or the sink refused it. */
    NOT_DELIVERED,
    /** That apply has ended or died while the secret was on its way. */
    UNCLEAR,
    /** The sink stored its secret, and then that apply ended or died. */
    DELIVERED
  }
}
