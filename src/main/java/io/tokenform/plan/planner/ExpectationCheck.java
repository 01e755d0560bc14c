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
import io.tokenform.finding.Subject;
import io.tokenform.live.Live;
import io.tokenform.live.Matching;
import io.tokenform.plan.Change;
import io.tokenform.plan.DatabaseChange;
import io.tokenform.plan.GuardrailVerdict.Source;
import io.tokenform.plan.HeldExpectation;
import io.tokenform.plan.PlanOptions;
import io.tokenform.plan.TokenAfter;
import io.tokenform.plan.TokenChange;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Policy;
import io.tokenform.policy.expect.Expectation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Holds the policy's and the platform's expectations against live as a plan would leave it. */
final class ExpectationCheck {
  private final List<Diagnostic> findings = new ArrayList<>();
  private final List<HeldExpectation> held = new ArrayList<>();

  /** The tokens of the policy that the plan tells of without an id. */
  private final Set<TokenName> withoutId = new HashSet<>();

  private final Set<TokenId> unmanaged;

  private ExpectationCheck(
      List<Token> unmanaged, List<TokenChange> changes, Collection<TokenName> untouched) {
    this.unmanaged = unmanaged.stream().map(Token::id).collect(Collectors.toSet());
    withoutId.addAll(untouched);
    changes.stream()
        .filter(change -> change.liveId().isEmpty())
        .map(TokenChange::token)
        .forEach(withoutId::add);
  }

  /**
   * Holds them against live with these changes.
   *
   * @param live with the databases that are there once the changes are made
   * @param unmanaged the working tokens that the policy does not name
   * @param untouched those of the policy that are left alone or not selected
   */
  static ExpectationCheck of(
      Policy policy,
      Live live,
      Matching matching,
      List<Token> unmanaged,
      List<Change> allChanges,
      Collection<TokenName> untouched,
      PlanOptions options) {
    List<TokenChange> changes = GuardrailCheck.ofTokens(allChanges);
    ExpectationCheck check = new ExpectationCheck(unmanaged, changes, untouched);
    if (!policy.expectations().isEmpty() || !options.expectations().isEmpty()) {
      World world =
          World.of(
              holders(policy, live, matching, changes, options),
              Optional.of(policy),
              live,
              renames(allChanges));
      check.judge(Source.PLATFORM, options.expectations(), world);
      check.judge(Source.POLICY, policy.expectations(), world);
      check.held.sort(HeldExpectation.ORDER);
    }
    return check;
  }

  private static Map<String, String> renames(List<Change> changes) {
    Map<String, String> renames = new TreeMap<>();
    for (Change change : changes) {
      Optional<DatabaseChange> ofDatabase = change.ofDatabase();
      if (ofDatabase.isPresent() && ofDatabase.get().successor().isPresent()) {
        renames.put(
            ofDatabase.get().vanishing().orElseThrow().value(),
            ofDatabase.get().successor().get().value());
      }
    }
    return renames;
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
    ExpectationFindings.of(verdicts).forEach(finding -> findings.add(told(finding)));
    for (Verdict verdict : verdicts) {
      Expectation expectation = verdict.expectation();
      held.add(
          new HeldExpectation(source, expectation.text(), expectation.where(), verdict.holds()));
    }
  }

  /** A finding about what the plan tells of; its text says the rest. */
  private Diagnostic told(Diagnostic finding) {
    return finding.subjects().stream().allMatch(this::isTold) ? finding : finding.about();
  }

  private boolean isTold(Subject subject) {
    return !(subject instanceof Subject.OfToken token)
        || (token.name().isPresent()
            ? token.id().isPresent() || withoutId.contains(token.name().get())
            // One of several that a token of the policy may mean is not among them.
            : unmanaged.contains(token.id().orElseThrow()));
  }

  /** The tokens that work once the changes are made. */
  private static List<Holder> holders(
      Policy policy, Live live, Matching matching, List<TokenChange> changes, PlanOptions options) {
    Map<TokenId, Holder> holders = new LinkedHashMap<>();
    for (Token token : live.tokens()) {
      if (token.isActive(options.now())) {
        holders.put(token.id(), Holder.of(token, matching.desiredToken(token.id())));
      }
    }
    List<Holder> made = new ArrayList<>();
    for (TokenChange change : changes) {
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

  private static Holder made(TokenChange change, TokenAfter after, Policy policy) {
    TokenName name = change.token();
    DesiredToken desired =
        policy.tokens().stream()
            .filter(token -> token.name().equals(name))
            .findFirst()
            .orElseThrow();
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
