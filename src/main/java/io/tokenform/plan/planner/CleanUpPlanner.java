package io.tokenform.plan.planner;

import io.tokenform.access.Token;
import io.tokenform.plan.CleanUp;
import io.tokenform.plan.Succession;
import java.util.Optional;

/** Finds the tokens whose making did not end, and of which it is known what to do. */
final class CleanUpPlanner implements ChangePlanner<CleanUp> {
  @Override
  public Class<CleanUp> type() {
    return CleanUp.class;
  }

  @Override
  public void plan(PlannedWorld world, Draft draft) {
    for (Lineage lineage : world.lineages()) {
      for (Token token : lineage.leftovers().useless()) {
        draft.add(cleanUp(world, lineage, token, Optional.empty()));
      }
      Optional<Token> finished = lineage.leftovers().finished();
      if (finished.isPresent()) {
        Token token = finished.get();
        draft.add(
            cleanUp(world, lineage, token, Optional.of(lineage.succession(lineage.overlap()))));
      }
    }
  }

  private static CleanUp cleanUp(
      PlannedWorld world, Lineage lineage, Token token, Optional<Succession> finish) {
    return CleanUp.of(
        world.endpoints(),
        lineage.desired().name(),
        token.id(),
        lineage.desired().where(),
        token.description(),
        token.permissions(),
        finish);
  }
}
