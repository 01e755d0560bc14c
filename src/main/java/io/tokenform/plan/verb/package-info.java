/**
 * What the verbs of {@code tokenform token} want of single tokens. Each makes a policy that stands
 * in no file of what a person asks for and of what is live, or says why that makes no sense; the
 * planner turns it into a plan like any other. Pure functions.
 */
package io.tokenform.plan.verb;
