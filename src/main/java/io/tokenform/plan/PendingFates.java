package io.tokenform.plan;

import io.tokenform.access.Nonce;

/** What the journals here know of tokens whose making did not end. */
@FunctionalInterface
public interface PendingFates {
  /** There are no journals. */
  PendingFates NONE = nonce -> Fate.UNKNOWN;

  /** What became of the token with that nonce. */
  Fate of(Nonce nonce);

  /** What can have become of such a token. */
  enum Fate {
    /** No journal here tells of it. */
    UNKNOWN,
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
