/**
 * Finds the changes of a plan: the policy's tokens are matched with the live ones, each kind of
 * change has a planner of its own, and what they find is held against the guardrails. {@link
 * io.tokenform.plan.planner.Planner} is the way in; everything here is a pure function.
 */
package io.tokenform.plan.planner;
