/**
 * What the cluster reports now, and questions about it: which live token is meant by an entry of
 * the policy, who can read or write a database, which tokens fit a filter. Pure functions of live,
 * the policy and the instant.
 */
package io.tokenform.live;
