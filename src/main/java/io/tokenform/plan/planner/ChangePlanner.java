package io.tokenform.plan.planner;

import io.tokenform.plan.Change;
import io.tokenform.plan.Parts;

/**
 * Finds the changes of one kind.
 *
 * @param <C> the kind
 */
interface ChangePlanner<C extends Change> extends Parts.Part<C> {
  /** Adds to the draft what the policy asks for of this kind; it asks nothing but the world. */
  void plan(PlannedWorld world, Draft draft);
}
