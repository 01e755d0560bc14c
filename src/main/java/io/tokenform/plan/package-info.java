/** The planner: policy and live in, an ordered plan out. Everything here is a pure function. */
package io.tokenform.plan;
