/**
 * The planner: policy and live in, an ordered plan out. {@link io.tokenform.plan.Change} is a
 * sealed family with a member for each kind of change; each answers for its address, its effect,
 * its wave and its steps, and a planner for each kind finds them. Everything here is a pure
 * function, so a plan can be made again anywhere and has the same digest.
 */
package io.tokenform.plan;
