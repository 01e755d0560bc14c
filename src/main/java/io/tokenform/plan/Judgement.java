package io.tokenform.plan;

import io.tokenform.finding.Allowance;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.Subject;
import java.util.Collection;
import java.util.Optional;

/**
 * What becomes of a finding of a guardrail: a warning, a denial, or what was allowed this once.
 *
 * <p>Against a rule of the platform file an allowance for one token counts by the token's id alone.
 * The author of the policy chooses the names in it, and could give another token the name that was
 * allowed.
 *
 * @param level what follows where the guardrail is broken
 * @param source who set it
 * @param allowances what may be broken this once
 */
record Judgement(
    Guardrail.Level level, GuardrailVerdict.Source source, Collection<Allowance> allowances) {
  /** The finding with its outcome, and a hint that says how to allow it or what did. */
  Diagnostic of(Diagnostic finding) {
    if (level != Guardrail.Level.DENY) {
      return finding;
    }
    Guardrail rule = finding.rule().orElseThrow();
    Optional<Allowance> allowed =
        allowances.stream()
            .sorted()
            .filter(allowance -> covers(allowance, finding) && counts(allowance))
            .findFirst();
    if (allowed.isPresent()) {
      return finding.allowedBy(allowed.get()).hint("allowed once with " + allowed.get().option());
    }
    String before = finding.hint().map(text -> text + "; ").orElse("");
    String ignored =
        allowances.stream()
            .sorted()
            .filter(allowance -> covers(allowance, finding))
            .findFirst()
            .map(
                allowance ->
                    allowance.option()
                        + " does not count here: the rule is in the platform file, and the author"
                        + " of the policy chooses the names in it; ")
            .orElse("");
    return finding
        .asDenied()
        .hint(before + ignored + "allow it once with " + needed(rule, finding).option());
  }

  static GuardrailVerdict.Verdict verdict(Diagnostic judged) {
    if (judged.isDenied()) {
      return GuardrailVerdict.Verdict.DENIED;
    }
    return judged.isAllowed() ? GuardrailVerdict.Verdict.ALLOWED : GuardrailVerdict.Verdict.WARNED;
  }

  private boolean counts(Allowance allowance) {
    return allowance.name().isEmpty() || source != GuardrailVerdict.Source.PLATFORM;
  }

  private static boolean covers(Allowance allowance, Diagnostic finding) {
    return finding.rule().filter(rule -> rule == allowance.rule()).isPresent()
        && (allowance.isForAll()
            || token(finding)
                .filter(
                    token -> allowance.covers(token.name().orElseThrow(), token.id().orElseThrow()))
                .isPresent());
  }

  private Allowance needed(Guardrail rule, Diagnostic finding) {
    return token(finding)
        .map(
            token ->
                source == GuardrailVerdict.Source.PLATFORM
                    ? Allowance.of(rule, token.id().orElseThrow())
                    : Allowance.needed(rule, token.name().orElseThrow(), token.id().orElseThrow()))
        .orElse(Allowance.of(rule));
  }

  /** The token of a finding whose rule is about single tokens. */
  private static Optional<Subject.OfToken> token(Diagnostic finding) {
    return finding.rule().filter(Guardrail::isAboutOneToken).isEmpty()
        ? Optional.empty()
        : finding.subjects().stream()
            .filter(Subject.OfToken.class::isInstance)
            .map(Subject.OfToken.class::cast)
            .findFirst();
  }
}
