package io.tokenform.report.fleet;

import io.tokenform.fleet.FleetPlan;
import io.tokenform.fleet.FleetPlanJson;
import io.tokenform.report.PlanDocument;
import io.tokenform.report.PlanFormat;

/**
 * The plan of a fleet for machines: the document that {@code schemas/fleet-plan.schema.json}
 * describes.
 */
public final class FleetDocument implements FleetFormat {
  @Override
  public String render(FleetPlan fleet) {
    return FleetPlanJson.document(fleet);
  }

  @Override
  public String failure(PlanFormat.NoPlan why) {
    return new PlanDocument().failure(why);
  }
}
