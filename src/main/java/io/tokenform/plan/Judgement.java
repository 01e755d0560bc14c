package io.tokenform.plan;

import io.tokenform.access.Flag;
import io.tokenform.finding.Allowance;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.Subject;
import java.util.Collection;
import java.util.Optional;

/**
 * What becomes of a finding of a guardrail: a warning, a denial, or what was allowed this once.
 *
 * <p>Against a rule of the platform file an allowance for one token counts by the token's id alone,
 * or, where there is no id yet, together with the digest of the plan that was reviewed. The author
 * of the policy chooses the names in it, and could give another token the name that was allowed.
 *
 * @param level what follows where the guardrail is broken
 * @param source who set it
 * @param allowances what may be broken this once
 */
public record Judgement(
    Guardrail.Level level, GuardrailVerdict.Source source, Collection<Allowance> allowances) {
  private static final String WITH_DIGEST =
      ", together with " + Flag.EXPECT_DIGEST + " at the apply";

  /** The finding with its outcome, and a hint that says how to allow it or what did. */
  public Diagnostic of(Diagnostic finding) {
    if (level != Guardrail.Level.DENY) {
      return finding;
    }
    Guardrail rule = finding.rule().orElseThrow();
    Optional<Allowance> allowed =
        allowances.stream()
            .sorted()
            .filter(allowance -> covers(allowance, finding) && counts(allowance, finding))
            .findFirst();
    if (allowed.isPresent()) {
      String condition = needsDigest(allowed.get(), finding) ? WITH_DIGEST : "";
      return finding
          .allowedBy(allowed.get())
          .hint("allowed once with " + allowed.get().option() + condition);
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
        .hint(
            before
                + ignored
                + "allow it once with "
                + needed(rule, finding).option()
                + (needsDigest(needed(rule, finding), finding) ? WITH_DIGEST : ""));
  }

  public static GuardrailVerdict.Verdict verdict(Diagnostic judged) {
    if (judged.isDenied()) {
      return GuardrailVerdict.Verdict.DENIED;
    }
    return judged.isAllowed() ? GuardrailVerdict.Verdict.ALLOWED : GuardrailVerdict.Verdict.WARNED;
  }

  private boolean counts(Allowance allowance, Diagnostic finding) {
    return allowance.name().isEmpty()
        // The name of a database is its key on the cluster.
        || database(finding).isPresent()
        || source != GuardrailVerdict.Source.PLATFORM
        || needsDigest(allowance, finding);
  }

  /**
   * Whether an allowance counts only for a plan whose digest is expected: there is no id yet, and
   * nothing else ties the name to the token that was reviewed.
   */
  private boolean needsDigest(Allowance allowance, Diagnostic finding) {
    return source == GuardrailVerdict.Source.PLATFORM
        && allowance.name().isPresent()
        && token(finding).filter(token -> token.id().isEmpty()).isPresent();
  }

  private static boolean covers(Allowance allowance, Diagnostic finding) {
    return finding.rule().filter(rule -> rule == allowance.rule()).isPresent()
        && (allowance.isForAll()
            || token(finding)
                .filter(token -> allowance.covers(token.name().orElseThrow(), token.id()))
                .isPresent()
            || database(finding).filter(allowance::coversDatabase).isPresent());
  }

  private Allowance needed(Guardrail rule, Diagnostic finding) {
    return token(finding)
        .map(
            token ->
                source == GuardrailVerdict.Source.PLATFORM && token.id().isPresent()
                    ? Allowance.of(rule, token.id().get())
                    : Allowance.needed(rule, token.name().orElseThrow(), token.id()))
        .or(() -> database(finding).map(name -> Allowance.ofDatabase(rule, name)))
        .orElse(Allowance.of(rule));
  }

  /** The database of a finding whose rule is about single databases. */
  private static Optional<String> database(Diagnostic finding) {
    if (finding.rule().filter(Guardrail::isAboutOneDatabase).isEmpty()) {
      return Optional.empty();
    }
    return finding.subjects().stream().flatMap(subject -> subject.database().stream()).findFirst();
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
