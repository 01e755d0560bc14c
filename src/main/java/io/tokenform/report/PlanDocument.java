package io.tokenform.report;

import io.tokenform.planfile.PlanFile;
import io.tokenform.planfile.PlanJson;
import io.tokenform.planfile.SavedPlan;

/** A plan for machines: the document that {@code schemas/plan.schema.json} describes. */
public final class PlanDocument implements PlanFormat {
  @Override
  public String render(SavedPlan saved) {
    return PlanFile.write(saved);
  }

  @Override
  public String failure(NoPlan why) {
    return PlanJson.failure(why.message(), why.hint(), why.findings());
  }
}
