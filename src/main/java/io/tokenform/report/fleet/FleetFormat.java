package io.tokenform.report.fleet;

import io.tokenform.fleet.FleetPlan;
import io.tokenform.report.PlanFormat;

/** A form in which the plan of a fleet is given. The same plan gives the same text. */
public interface FleetFormat {
  /** The plan, as lines that each end in a line break. */
  String render(FleetPlan fleet);

  /**
   * What stands in for a plan where no cluster could be planned, as when the fleet file is wrong;
   * no earlier plan is taken for it.
   */
  String failure(PlanFormat.NoPlan why);
}
