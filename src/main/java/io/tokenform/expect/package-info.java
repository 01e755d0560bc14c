/**
 * Expectations against access. A {@link io.tokenform.expect.World} says who may do what: by a
 * policy alone, on a cluster as it is, or as it would be after a plan. {@link
 * io.tokenform.expect.Judge} holds an expectation against it, and {@link
 * io.tokenform.expect.ExpectationFindings} says what was found. Pure functions.
 */
package io.tokenform.expect;
