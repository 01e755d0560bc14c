/**
 * Where tokens of a policy are in a fleet: names and labels of clusters, selectors of them, and
 * what a token says with {@code clusters} and {@code ids}. What a fleet is made of is not known
 * here; {@link io.tokenform.policy.placement.Places} is what a selector can see of one.
 */
package io.tokenform.policy.placement;
