/**
 * What a plan is: changes in waves, and what a reviewer has to know beside them. {@link
 * io.tokenform.plan.Change} is a sealed family with a member for each kind of change; each answers
 * for its address, its effect, its wave and its steps. {@code plan.planner} finds them. Everything
 * here is a value or a pure function, so a plan can be made again anywhere and has the same digest.
 */
package io.tokenform.plan;
