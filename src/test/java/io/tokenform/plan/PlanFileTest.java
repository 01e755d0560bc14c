package io.tokenform.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenform.access.TokenId;
import io.tokenform.cluster.Request;
import io.tokenform.policy.Guardrails;
import io.tokenform.testing.Worlds;
import io.tokenform.testing.Worlds.World;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Give -Dworlds.seed to repeat a run of the random worlds. */
class PlanFileTest {
  private static final long SEED = Long.getLong("worlds.seed", System.nanoTime());
  private static final int WORLDS = 3_000;

  private static final PlanOptions OPTIONS =
      new PlanOptions(StageOrder.GRANT_FIRST, Selection.ALL, Guardrails.NONE, Set.of(), Worlds.NOW);

  private static SavedPlan saved(World world) {
    Plan plan = Planner.plan(world.policy(), world.live(), OPTIONS);
    return new SavedPlan("1.2.3", Worlds.NOW, Digests.of(world.policy().sources()), plan);
  }

  /** A plan that has everything that a plan can have. */
  private static SavedPlan rich() {
    Worlds worlds = new Worlds(4711);
    while (true) {
      SavedPlan saved = saved(worlds.next());
      Plan plan = saved.plan();
      if (plan.changes().size() > 2
          && !plan.unmanaged().isEmpty()
          && !plan.findings().isEmpty()
          && plan.changes().stream().anyMatch(change -> !change.roles().rolesOf().isEmpty())) {
        return saved;
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsReadIsWhatWasWritten() throws InvalidPlanException {
    Worlds worlds = new Worlds(SEED);
    for (int i = 0; i < WORLDS; i++) {
      SavedPlan saved = saved(worlds.next());
      String text = PlanFile.write(saved);
      SavedPlan read = PlanFile.read(bytes(text));
      assertThat(PlanFile.write(read)).as("seed " + SEED).isEqualTo(text);
      assertThat(requests(read)).as("seed " + SEED).isEqualTo(requests(saved));
      assertThat(read.digest()).isEqualTo(saved.digest());
      assertThat(read.plan().changes())
          .extracting(Change::before)
          .isEqualTo(saved.plan().changes().stream().map(Change::before).toList());
      assertThat(read.plan().changes())
          .extracting(Change::roles)
          .isEqualTo(saved.plan().changes().stream().map(Change::roles).toList());
    }
  }

  private static List<Request> requests(SavedPlan saved) {
    return saved.plan().changes().stream().map(Change::request).toList();
  }

  @Test
  void thePlanMadeAgainHasTheSameDigestAndAnotherOneHasNot() {
    Worlds worlds = new Worlds(SEED);
    for (int i = 0; i < WORLDS; i++) {
      World world = worlds.next();
      Plan plan = Planner.plan(world.policy(), world.live(), OPTIONS);
      World shuffled = new World(worlds.shuffled(world.live()), world.policy());
      assertThat(Digests.of(Planner.plan(shuffled.policy(), shuffled.live(), OPTIONS)))
          .as("seed " + SEED)
          .isEqualTo(Digests.of(plan));
      if (!plan.changes().isEmpty()) {
        Plan shorter = withChanges(plan, plan.changes().subList(1, plan.changes().size()));
        assertThat(Digests.of(shorter)).isNotEqualTo(Digests.of(plan));
      }
    }
  }

  private static Plan withChanges(Plan plan, List<Change> changes) {
    return new Plan(
        plan.cluster(),
        plan.order(),
        changes,
        plan.unchanged(),
        plan.unselected(),
        plan.unmanaged(),
        plan.activeTokens(),
        plan.inactiveTokens(),
        plan.findings(),
        plan.allowed(),
        plan.guardrails());
  }

  @Test
  void aFileWithAnyByteChangedIsRefused() {
    byte[] file = bytes(PlanFile.write(rich()));
    for (int i = 0; i < file.length; i++) {
      for (int flip : new int[] {1, 32}) {
        byte[] tampered = file.clone();
        tampered[i] ^= (byte) flip;
        assertThatThrownBy(() -> PlanFile.read(tampered))
            .as("byte " + i + " with " + flip)
            .isInstanceOf(InvalidPlanException.class);
      }
    }
  }

  @Test
  void aFileThatIsCutOffIsRefused() {
    String file = PlanFile.write(rich());
    for (int length = 0; length < file.length() - 1; length += 7) {
      byte[] part = bytes(file.substring(0, length));
      assertThatThrownBy(() -> PlanFile.read(part)).isInstanceOf(InvalidPlanException.class);
    }
  }

  @Test
  void aChecksumThatWasMendedDoesNotHideAnotherContent() {
    SavedPlan saved = rich();
    String id = saved.plan().changes().get(0).id().toString();
    String other = new TokenId(new java.util.UUID(1, 2)).toString();
    String tampered = PlanFile.write(saved).replace(id, other);
    String zeros = tampered.replaceFirst("(\"checksum\" : \")[^\"]*", "$1" + PlanJson.NO_CHECKSUM);
    String mended = zeros.replace(PlanJson.NO_CHECKSUM, Digests.of(bytes(zeros)));
    assertThatThrownBy(() -> PlanFile.read(bytes(mended)))
        .isInstanceOf(InvalidPlanException.class)
        .hasMessage("its digest is not that of what it would do");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                    | it is JSON, and no plan",
        "version: 1                            | it is not JSON, and so no plan",
        "{}                                    | it is JSON, and no plan",
        "[]                                    | it is JSON, and no plan",
        "{\"version\": 1}                      | it is JSON, and no plan",
        "{\"version\": 2, \"changes\": []}     | it has version 2 of the form of plans",
        "{\"version\": 1, \"changes\": []}     | it has been changed since it was written",
      })
  void whatIsNoPlanIsRefused(String text, String message) {
    assertThatThrownBy(() -> PlanFile.read(bytes(text)))
        .isInstanceOf(InvalidPlanException.class)
        .hasMessage(message);
  }

  @Test
  void whyThereIsNoPlanIsTold() {
    assertThatThrownBy(() -> PlanFile.read(bytes(PlanJson.failure("it rains", List.of()))))
        .hasMessage("it says why no plan could be made: it rains");
  }

  @Test
  void theFileIsPrintableAscii() {
    Worlds worlds = new Worlds(SEED);
    for (int i = 0; i < 100; i++) {
      assertThat(PlanFile.write(saved(worlds.next()))).matches("[\\n -~]*").endsWith("\"\n}\n");
    }
  }
}
