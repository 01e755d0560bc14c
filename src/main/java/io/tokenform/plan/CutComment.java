package io.tokenform.plan;

import io.tokenform.access.Flag;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.Location;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Gains of access for which a comment on a pull request has no room. Reviewers of the comment could
 * not see what they approve, so the guardrail {@code cut-comment} denies the plan.
 *
 * @param changes how many changes that gain access are not shown
 * @param databases how many databases to which somebody gains access are not shown
 * @param limit how many characters the comment may have
 * @param parts the option that plans less at once
 */
public record CutComment(int changes, int databases, int limit, String parts) {
  /**
   * @throws IllegalArgumentException if nothing is missing
   */
  public CutComment {
    if (changes + databases <= 0) {
      throw new IllegalArgumentException("nothing is missing");
    }
  }

  /** Those of a comment about one cluster. */
  public CutComment(int changes, int databases, int limit) {
    this(changes, databases, limit, Flag.TARGET);
  }

  /** The plan, with what its guardrails say of such a comment. */
  public Plan judged(Plan plan) {
    List<GuardrailVerdict> guardrails = new ArrayList<>();
    List<Diagnostic> found = new ArrayList<>();
    for (GuardrailVerdict guardrail : plan.guardrails()) {
      if (guardrail.rule() != Guardrail.CUT_COMMENT) {
        guardrails.add(guardrail);
        continue;
      }
      Diagnostic judged =
          new Judgement(guardrail.level(), guardrail.source(), plan.allowed())
              .of(finding(plan, guardrail));
      guardrails.add(guardrail.withVerdict(Judgement.verdict(judged)));
      found.add(judged);
    }
    List<Diagnostic> findings = new ArrayList<>(plan.findings());
    // Where two settings of the rule find the same, the stricter one is told.
    found.stream().min(Comparator.comparing(Diagnostic::severity)).ifPresent(findings::add);
    findings.sort(Diagnostic.BY_PLACE);
    return plan.with(findings, guardrails);
  }

  private Diagnostic finding(Plan plan, GuardrailVerdict guardrail) {
    Location start = new Location(plan.changes().get(0).where().source(), 1, 1, 1);
    return Diagnostic.of(
            Guardrail.CUT_COMMENT,
            guardrail.where().orElse(start),
            "a comment of at most " + limit + " characters has no room for " + what())
        .hint(
            "plan it in parts with "
                + parts
                + ", or give the host's own limit with "
                + Flag.MARKDOWN_LIMIT);
  }

  private String what() {
    List<String> what = new ArrayList<>();
    if (changes > 0) {
      what.add(changes == 1 ? "1 change that gains access" : changes + " changes that gain access");
    }
    if (databases > 0) {
      what.add(
          (databases == 1 ? "1 database" : databases + " databases")
              + " to which somebody gains access");
    }
    return String.join(" and ", what);
  }
}
