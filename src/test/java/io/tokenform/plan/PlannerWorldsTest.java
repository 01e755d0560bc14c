package io.tokenform.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.live.Live;
import io.tokenform.plan.planner.Planner;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Guardrails;
import io.tokenform.policy.Mode;
import io.tokenform.policy.Policy;
import io.tokenform.report.PlanText;
import io.tokenform.report.text.Style;
import io.tokenform.testing.Worlds;
import io.tokenform.testing.Worlds.World;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What holds for every plan, tried on random worlds. Give -Dworlds.seed to repeat a run. */
class PlannerWorldsTest {
  private static final int WORLDS = Integer.getInteger("worlds.count", 3_000);
  private static final List<Action> ACTIONS = List.of(Action.READ, Action.WRITE);

  /** The databases that worlds use, and one that only {@code *} reaches. */
  private static final List<String> DATABASES = List.of("metrics", "logs", "orders", "future");

  private static final PlanOptions OPTIONS =
      new PlanOptions(WaveOrder.GRANT_FIRST, Selection.ALL, Guardrails.NONE, Set.of(), Worlds.NOW);

  @Test
  void applyingAPlanAndPlanningAgainFindsNothing() {
    inEveryWorld(
        (worlds, world) -> {
          Policy policy = withoutErrors(world);
          Plan plan = Planner.plan(policy, world.live(), OPTIONS);
          Plan again = Planner.plan(policy, applied(plan, world.live()), OPTIONS);
          assertThat(again.changes()).isEmpty();
          assertThat(again.hasErrors()).isFalse();
          assertThat(again.unchanged()).hasSameSizeAs(policy.tokens());
        });
  }

  @Test
  void aPlanDependsOnNoOrderOfTheListing() {
    inEveryWorld(
        (worlds, world) -> {
          Plan plan = Planner.plan(world.policy(), world.live(), OPTIONS);
          Plan shuffled = Planner.plan(world.policy(), worlds.shuffled(world.live()), OPTIONS);
          assertThat(shuffled).isEqualTo(plan);
          PlanText text = new PlanText(Style.PLAIN);
          assertThat(text.render(shuffled)).isEqualTo(text.render(plan));
        });
  }

  @Test
  void anAdditiveTokenLosesNoPermission() {
    inEveryWorld(
        (worlds, world) -> {
          Set<TokenName> additive =
              world.policy().tokens().stream()
                  .filter(token -> token.mode() == Mode.ADDITIVE)
                  .map(DesiredToken::name)
                  .collect(Collectors.toSet());
          for (TokenChange change :
              Planner.plan(world.policy(), world.live(), OPTIONS).tokenChanges()) {
            if (additive.contains(new TokenName(change.address().name()))) {
              assertThat(change.lost().isEmpty()).isTrue();
            }
          }
        });
  }

  @Test
  void theEffectAgreesWithATryOnEveryDatabase() {
    inEveryWorld(
        (worlds, world) -> {
          Permissions before = worlds.permissions();
          Permissions after = worlds.permissions();
          assertThat(Effect.of(before, after)).isEqualTo(bruteForce(before, after));
        });
  }

  @Test
  void theFirstStageTakesNothingAndTheLastGrantsNothing() {
    inEveryWorld(
        (worlds, world) -> {
          for (TokenChange change :
              Planner.plan(world.policy(), world.live(), OPTIONS).tokenChanges()) {
            Set<String> before = allowed(change.permissionsBefore());
            Set<String> after = allowed(change.permissionsAfter());
            switch (change.wave()) {
              case GRANTS -> assertThat(after).containsAll(before);
              case TAKES -> assertThat(before).containsAll(after);
              case EXCHANGES -> {
                assertThat(after).isNotEqualTo(before);
                assertThat(before.containsAll(after)).isFalse();
                assertThat(after.containsAll(before)).isFalse();
              }
              // These worlds have no labels and no sinks.
              default ->
                  throw new AssertionError(
                      "a change of " + change.token() + " in " + change.wave());
            }
          }
        });
  }

  @Test
  void aChangeSendsOnlyFieldsThatDiffer() {
    inEveryWorld(
        (worlds, world) -> {
          for (TokenChange change :
              Planner.plan(world.policy(), world.live(), OPTIONS).tokenChanges()) {
            assertThat(change.changedAfter().description())
                .isEqualTo(
                    change.after().description().equals(change.before().description())
                        ? Optional.empty()
                        : change.after().description());
            assertThat(change.changedAfter().permissions())
                .isEqualTo(
                    change.after().permissions().equals(change.before().permissions())
                        ? Optional.empty()
                        : change.after().permissions());
          }
        });
  }

  @Test
  void everyTokenOfThePolicyIsAccountedForOnce() {
    inEveryWorld(
        (worlds, world) -> {
          Plan plan = Planner.plan(world.policy(), world.live(), OPTIONS);
          long errors = plan.findings().stream().filter(finding -> finding.isError()).count();
          assertThat(
                  plan.changes().size()
                      + plan.unchanged().size()
                      + plan.leftAlone().size()
                      + errors)
              .isEqualTo(world.policy().tokens().size());
        });
  }

  private static void inEveryWorld(BiConsumer<Worlds, World> claim) {
    long seed = Long.getLong("worlds.seed", System.nanoTime());
    Worlds worlds = new Worlds(seed);
    for (int i = 0; i < WORLDS; i++) {
      World world = worlds.next();
      try {
        claim.accept(worlds, world);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("world " + i + " of -Dworlds.seed=" + seed + ": " + world, e);
      }
    }
  }

  /** What the cluster has once a plan's updates are in place, as the API makes them. */
  private static Live applied(Plan plan, Live live) {
    Map<TokenId, Token> tokens = new LinkedHashMap<>();
    live.tokens().forEach(token -> tokens.put(token.id(), token));
    for (TokenChange change : plan.tokenChanges()) {
      Token token = tokens.get(change.liveId().orElseThrow());
      tokens.put(
          change.liveId().orElseThrow(),
          new Token(
              token.id(),
              change.changedAfter().description().orElse(token.description()),
              change.changedAfter().permissions().orElse(token.permissions()),
              token.createdAt(),
              token.expiresAt(),
              token.revokedAt()));
    }
    return new Live(live.cluster(), List.copyOf(tokens.values()), live.databases());
  }

  /** The world's policy without the tokens that cannot be planned. */
  private static Policy withoutErrors(World world) {
    Policy policy = world.policy();
    while (true) {
      Plan plan = Planner.plan(policy, world.live(), OPTIONS);
      if (!plan.hasErrors() && plan.leftAlone().isEmpty()) {
        return policy;
      }
      Set<TokenName> planned = new HashSet<>(plan.unchanged());
      plan.changes().forEach(change -> planned.add(new TokenName(change.address().name())));
      policy =
          new Policy(
              policy.sources(),
              Optional.empty(),
              policy.tokens().stream().filter(token -> planned.contains(token.name())).toList(),
              policy.roles(),
              policy.guardrails(),
              List.of());
    }
  }

  private static Effect bruteForce(Permissions before, Permissions after) {
    Set<String> was = allowed(before);
    Set<String> is = allowed(after);
    boolean gains = !was.containsAll(is);
    boolean loses = !is.containsAll(was);
    return gains ? loses ? Effect.BOTH : Effect.WIDENS : loses ? Effect.NARROWS : Effect.NEUTRAL;
  }

  /** Every action on every database that is possible, found out without the code under test. */
  private static Set<String> allowed(Permissions permissions) {
    Set<String> allowed = new HashSet<>();
    for (Action action : ACTIONS) {
      for (String database : DATABASES) {
        for (Permission permission : permissions) {
          boolean reaches =
              permission.resource().equals("*") || permission.resource().equals(database);
          if (permission.action().equals(action) && reaches) {
            allowed.add(action + " " + database);
          }
        }
      }
    }
    return allowed;
  }
}
