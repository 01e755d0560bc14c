/**
 * Carries a plan out: take the lock, list live again, check that nothing has drifted, then send
 * wave by wave. Each change is in the {@code apply.journal} and on the disk before it is sent and
 * after it is answered; from that journal a {@link io.tokenform.apply.Rollback} is planned. For
 * each kind of change there is one {@code ChangeMaker}, which sends, verifies and settles it; a
 * {@code TokenMaking} makes a new token, step by step, and delivers its secret.
 */
package io.tokenform.apply;
