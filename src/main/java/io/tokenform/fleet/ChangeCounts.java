package io.tokenform.fleet;

import io.tokenform.finding.Guardrail;
import io.tokenform.plan.Change;
import io.tokenform.plan.Effect;
import io.tokenform.plan.Kind;
import io.tokenform.plan.Plan;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many changes there are in one plan, or in several.
 *
 * @param changes all of them
 * @param kinds how many are of each kind; every kind is there
 * @param effects how many have each effect, those that lose data aside; every effect is there
 * @param losingData how many of them lose data
 * @param irreversible how many of them cannot be undone
 * @param missing how many tokens of the policy are not there; these are no changes
 */
public record ChangeCounts(
    int changes,
    Map<Kind, Integer> kinds,
    Map<Effect, Integer> effects,
    int losingData,
    int irreversible,
    int missing) {
  /** Those of no plan. */
  public static final ChangeCounts NONE =
      new ChangeCounts(0, zeros(Kind.class), zeros(Effect.class), 0, 0, 0);

  public ChangeCounts {
    kinds = Collections.unmodifiableMap(new EnumMap<>(kinds));
    effects = Collections.unmodifiableMap(new EnumMap<>(effects));
  }

  private static <K extends Enum<K>> Map<K, Integer> zeros(Class<K> type) {
    Map<K, Integer> zeros = new EnumMap<>(type);
    for (K key : type.getEnumConstants()) {
      zeros.put(key, 0);
    }
    return zeros;
  }

  /** Those of a plan. */
  public static ChangeCounts of(Plan plan) {
    Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      kinds.put(kind, plan.count(kind));
    }
    Map<Effect, Integer> effects = new EnumMap<>(Effect.class);
    for (Effect effect : Effect.values()) {
      effects.put(effect, plan.count(effect));
    }
    return new ChangeCounts(
        plan.changes().size(),
        kinds,
        effects,
        plan.losingData(),
        (int) plan.changes().stream().filter(Change::isIrreversible).count(),
        (int)
            plan.findings().stream()
                .filter(
                    finding -> finding.rule().filter(Guardrail.MISSING_TOKEN::equals).isPresent())
                .count());
  }

  /** These and others. */
  public ChangeCounts plus(ChangeCounts others) {
    return new ChangeCounts(
        changes + others.changes,
        sum(kinds, others.kinds),
        sum(effects, others.effects),
        losingData + others.losingData,
        irreversible + others.irreversible,
        missing + others.missing);
  }

  private static <K extends Enum<K>> Map<K, Integer> sum(Map<K, Integer> one, Map<K, Integer> two) {
    Map<K, Integer> sum = new EnumMap<>(one);
    two.forEach((key, count) -> sum.merge(key, count, Integer::sum));
    return sum;
  }

  /** How many changes are of this kind. */
  public int of(Kind kind) {
    return kinds.get(kind);
  }

  /** How many changes are about databases. */
  public int ofDatabases() {
    int count = 0;
    for (Kind kind : Kind.values()) {
      count += kind.isOfDatabases() ? of(kind) : 0;
    }
    return count;
  }

  /** How many changes have this effect and lose no data. */
  public int of(Effect effect) {
    return effects.get(effect);
  }
}
