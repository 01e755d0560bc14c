package io.tokenform.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.live.InvalidSnapshotException;
import io.tokenform.live.Live;
import io.tokenform.live.Snapshot;
import io.tokenform.live.SnapshotFile;
import io.tokenform.plan.Plan;
import io.tokenform.plan.PlanOptions;
import io.tokenform.plan.Selection;
import io.tokenform.plan.WaveOrder;
import io.tokenform.plan.planner.Planner;
import io.tokenform.policy.Guardrails;
import io.tokenform.testing.Worlds;
import io.tokenform.testing.Worlds.World;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Plans from snapshots. Give -Dworlds.seed to repeat a run of the random worlds. */
class SnapshotPlansTest {
  private static final long SEED = Long.getLong("worlds.seed", System.nanoTime());
  private static final int WORLDS = Integer.getInteger("snapshot.worlds", 4_000);

  private static final PlanOptions OPTIONS =
      new PlanOptions(WaveOrder.GRANT_FIRST, Selection.ALL, Guardrails.NONE, Set.of(), Worlds.NOW);

  @Test
  void aPlanFromASnapshotIsThatFromTheCluster() throws InvalidSnapshotException {
    Worlds worlds = new Worlds(SEED);
    int changing = 0;
    for (int i = 0; i < WORLDS; i++) {
      World world = worlds.next();
      String file = SnapshotFile.write(new Snapshot("1.2.3", Worlds.NOW, world.live()));
      Live again = SnapshotFile.read(file.getBytes(StandardCharsets.US_ASCII)).live();
      Plan fromCluster = Planner.plan(world.policy(), world.live(), OPTIONS);
      Plan fromSnapshot = Planner.plan(world.policy(), again, OPTIONS);
      changing += fromCluster.hasChanges() ? 1 : 0;
      assertThat(fromSnapshot)
          .as("world " + i + " of -Dworlds.seed=" + SEED)
          .isEqualTo(fromCluster);
      assertThat(Digests.of(fromSnapshot)).isEqualTo(Digests.of(fromCluster));
    }
    assertThat(changing).as("worlds with changes").isGreaterThan(WORLDS / 2);
  }

  @Test
  void aSavedPlanKeepsItsSnapshotAndTheDigestDoesNotTell() throws InvalidPlanException {
    World world = new Worlds(1).next();
    Plan plan = Planner.plan(world.policy(), world.live(), OPTIONS);
    String policy = Digests.of(world.policy().sources());
    SavedPlan fromCluster = new SavedPlan("1.2.3", Worlds.NOW, policy, plan);
    SavedPlan fromSnapshot =
        new SavedPlan(
            "1.2.3",
            Worlds.NOW,
            policy,
            Optional.of(new SnapshotSource(Worlds.NOW.minusSeconds(5), policy)),
            plan);
    assertThat(fromSnapshot.digest()).isEqualTo(fromCluster.digest());
    String file = PlanFile.write(fromSnapshot);
    SavedPlan read = PlanFile.read(file.getBytes(StandardCharsets.US_ASCII));
    assertThat(read.snapshot()).isEqualTo(fromSnapshot.snapshot());
    assertThat(PlanFile.write(read)).isEqualTo(file);
  }
}
