/**
 * Carries a plan out: take the lock, list live again, check that nothing has drifted, then send
 * wave by wave. Each change is in the {@link io.tokenform.apply.Journal} and on the disk before it
 * is sent and after it is answered; from that journal a {@link io.tokenform.apply.Rollback} is
 * planned. For each kind of change there is one {@link io.tokenform.apply.ChangeMaker}, which
 * sends, verifies and settles it.
 */
package io.tokenform.apply;
