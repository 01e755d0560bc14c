/**
 * The desired state: YAML read into a policy, each part with its place, and diagnostics for the
 * rest.
 */
package io.tokenform.policy;
