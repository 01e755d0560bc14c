/**
 * The desired state, and how files become it. {@link io.tokenform.policy.PolicyFile} reads one file
 * on its own, on any thread; {@link io.tokenform.policy.PolicyParser} merges what was read into one
 * {@link io.tokenform.policy.Policy}, or says everything that is wrong with it. Nothing here opens
 * a file.
 */
package io.tokenform.policy;
