package io.tokenform.plan;

import io.tokenform.access.SinkName;
import io.tokenform.access.TokenName;
import io.tokenform.finding.Allowance;
import io.tokenform.policy.Guardrails;
import io.tokenform.policy.SinkDefinition;
import io.tokenform.policy.expect.Expectation;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What else a plan depends on.
 *
 * @param order the order of its waves
 * @param selection which tokens it is about
 * @param platform guardrails that hold besides the policy's own, whatever that says
 * @param allowances which guardrails may be broken this once
 * @param now the time by which tokens count as expired, and changes as due
 * @param due what is done about changes that fall due with time alone
 * @param sinks where secrets can go, by name
 * @param fates what is known of tokens whose making did not end
 * @param asked what a person asks for by hand, beside the policy
 * @param expectations those of the platform file, which hold besides the policy's own
 */
public record PlanOptions(
    WaveOrder order,
    Selection selection,
    Guardrails platform,
    Set<Allowance> allowances,
    Instant now,
    Due due,
    SortedMap<SinkName, SinkDefinition> sinks,
    PendingFates fates,
    Asked asked,
    List<Expectation> expectations) {
  public PlanOptions {
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(selection, "selection");
    Objects.requireNonNull(platform, "platform");
    allowances = Set.copyOf(allowances);
    Objects.requireNonNull(now, "now");
    Objects.requireNonNull(due, "due");
    sinks = Collections.unmodifiableSortedMap(new TreeMap<>(sinks));
    Objects.requireNonNull(fates, "fates");
    Objects.requireNonNull(asked, "asked");
    expectations = List.copyOf(expectations);
  }

  /** Options of a plan of which only the policy expects something. */
  public PlanOptions(
      WaveOrder order,
      Selection selection,
      Guardrails platform,
      Set<Allowance> allowances,
      Instant now,
      Due due,
      SortedMap<SinkName, SinkDefinition> sinks,
      PendingFates fates,
      Asked asked) {
    this(order, selection, platform, allowances, now, due, sinks, fates, asked, List.of());
  }

  /** Options of a plan that makes no tokens. */
  public PlanOptions(
      WaveOrder order,
      Selection selection,
      Guardrails platform,
      Set<Allowance> allowances,
      Instant now) {
    this(
        order,
        selection,
        platform,
        allowances,
        now,
        Due.INCLUDE,
        new TreeMap<>(),
        PendingFates.NONE,
        Asked.NOTHING);
  }

  /**
   * What a person asks for by hand.
   *
   * @param labelled whether labels are no reason to leave a token alone; descriptions are then
   *     meant with their labels
   * @param rotations the tokens that get a successor, due or not
   * @param overlap how long the old ones work beside theirs; absent for what the policy says
   */
  public record Asked(boolean labelled, Set<TokenName> rotations, Optional<Duration> overlap) {
    public static final Asked NOTHING = new Asked(false, Set.of(), Optional.empty());

    /** A change of single live tokens, whatever their labels. */
    public static final Asked LABELLED = new Asked(true, Set.of(), Optional.empty());

    public Asked {
      rotations = Set.copyOf(rotations);
      Objects.requireNonNull(overlap, "overlap");
    }
  }

  /** The same, for changes that a person asks for by hand. */
  public PlanOptions with(Asked what) {
    return new PlanOptions(
        order, selection, platform, allowances, now, due, sinks, fates, what, expectations);
  }

  /** The same, with sinks, and with what the journals know. */
  public PlanOptions with(
      Due choice, SortedMap<SinkName, SinkDefinition> known, PendingFates told) {
    return new PlanOptions(
        order, selection, platform, allowances, now, choice, known, told, asked, expectations);
  }

  /** The same, held against these expectations of the platform file. */
  public PlanOptions expecting(List<Expectation> these) {
    return new PlanOptions(
        order, selection, platform, allowances, now, due, sinks, fates, asked, these);
  }
}
