package io.tokenform.plan.planner;

import io.tokenform.access.Label;
import io.tokenform.access.Token;
import io.tokenform.live.Generations;
import io.tokenform.plan.Retire;
import java.time.Instant;

/** Finds the tokens whose successors have been in use for the overlap. */
final class RetirePlanner implements ChangePlanner<Retire> {
  @Override
  public Class<Retire> type() {
    return Retire.class;
  }

  @Override
  public void plan(PlannedWorld world, Draft draft) {
    for (Lineage lineage : world.lineages()) {
      if (!lineage.isInUseUnderItsName() || world.endsOldOnes(lineage)) {
        // It may be the last one that works.
        continue;
      }
      for (Token old : lineage.others().retiring()) {
        if (isDue(old, world.options().now())) {
          if (world.plansDue()) {
            draft.add(
                Retire.of(
                    world.endpoints(),
                    lineage.desired().name(),
                    old.id(),
                    lineage.desired().where(),
                    lineage.text(),
                    old.description(),
                    old.permissions(),
                    lineage.overlap(),
                    lineage.park()));
          } else {
            draft.leftOutThoughDue();
          }
        }
      }
    }
  }

  static boolean isDue(Token old, Instant now) {
    Label label = Generations.label(old).orElseThrow();
    Instant until =
        label instanceof Label.Retiring retiring
            ? retiring.until()
            : ((Label.Retired) label).until();
    return !until.isAfter(now);
  }
}
