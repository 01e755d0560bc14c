package io.tokenform.plan.planner;

import io.tokenform.access.LiveDescription;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.expect.ExpectationFindings;
import io.tokenform.expect.Holder;
import io.tokenform.expect.Judge;
import io.tokenform.expect.Verdict;
import io.tokenform.expect.World;
import io.tokenform.finding.Diagnostic;
import io.tokenform.live.Live;
import io.tokenform.live.Matching;
import io.tokenform.plan.Change;
import io.tokenform.plan.GuardrailVerdict.Source;
import io.tokenform.plan.HeldExpectation;
import io.tokenform.plan.PlanOptions;
import io.tokenform.plan.TokenAfter;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Policy;
import io.tokenform.policy.expect.Expectation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds the policy's and the platform's expectations against live as a plan would leave it. */
final class ExpectationCheck {
  private final List<Diagnostic> findings = new ArrayList<>();
  private final List<HeldExpectation> held = new ArrayList<>();

  /** Holds them against live with these changes. */
  static ExpectationCheck of(
      Policy policy, Live live, Matching matching, List<Change> changes, PlanOptions options) {
    ExpectationCheck check = new ExpectationCheck();
    if (!policy.expectations().isEmpty() || !options.expectations().isEmpty()) {
      World world =
          World.of(
              holders(policy, live, matching, changes, options),
              Optional.of(policy),
              live.databases());
      check.judge(Source.PLATFORM, options.expectations(), world);
      check.judge(Source.POLICY, policy.expectations(), world);
      check.held.sort(HeldExpectation.ORDER);
    }
    return check;
  }

  /** What they found, in the order of the expectations. */
  List<Diagnostic> findings() {
    return findings;
  }

  /** What became of each. */
  List<HeldExpectation> held() {
    return held;
  }

  private void judge(Source source, List<Expectation> expectations, World world) {
    List<Verdict> verdicts = Judge.judge(expectations, world);
    findings.addAll(ExpectationFindings.of(verdicts));
    for (Verdict verdict : verdicts) {
      Expectation expectation = verdict.expectation();
      held.add(
          new HeldExpectation(source, expectation.text(), expectation.where(), verdict.holds()));
    }
  }

  /** The tokens that work once the changes are made. */
  private static List<Holder> holders(
      Policy policy, Live live, Matching matching, List<Change> changes, PlanOptions options) {
    Map<TokenId, Holder> holders = new LinkedHashMap<>();
    for (Token token : live.tokens()) {
      if (token.isActive(options.now())) {
        holders.put(token.id(), Holder.of(token, matching.desiredToken(token.id())));
      }
    }
    List<Holder> made = new ArrayList<>();
    for (Change change : changes) {
      for (TokenAfter after : change.outcome()) {
        if (after.id().isPresent()) {
          holders.computeIfPresent(after.id().get(), (id, holder) -> as(holder, after));
        } else {
          made.add(made(change, after, policy));
        }
      }
    }
    made.addAll(holders.values());
    return made;
  }

  private static Holder made(Change change, TokenAfter after, Policy policy) {
    TokenName name = change.token();
    DesiredToken desired =
        policy.tokens().stream().filter(token -> token.name().equals(name)).findFirst().orElseThrow();
    return Holder.made(
        desired,
        LiveDescription.parse(change.description()).text(),
        after.permissions().orElse(Permissions.NONE));
  }

  /** A token as a change leaves it; null where nobody can use it any more. */
  private static Holder as(Holder holder, TokenAfter after) {
    Permissions permissions = after.permissions().orElse(holder.permissions());
    return switch (after.use()) {
      case AS_BEFORE -> holder.as(holder.generation(), permissions);
      case CURRENT -> holder.as(Optional.empty(), permissions);
      case RETIRING -> holder.as(Optional.of("retiring"), permissions);
      case RETIRED -> holder.as(Optional.of("retired"), permissions);
      case NOBODY -> null;
    };
  }
}
