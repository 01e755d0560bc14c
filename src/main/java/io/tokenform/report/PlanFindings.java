package io.tokenform.report;

import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Subject;
import io.tokenform.plan.Plan;
import io.tokenform.plan.TokenChange;
import io.tokenform.report.text.Counts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A plan's findings as people read them: those about tokens that the plan does not touch are folded
 * into one line for each code, so that they do not bury the changes.
 *
 * @param each those that are shown as they are, in their order
 * @param groups those that are folded, the gravest first
 */
public record PlanFindings(List<Diagnostic> each, List<Group> groups) {
  /**
   * What denies stops the work, and each of it says what to do. So many of a code are shown before
   * they are folded too.
   */
  private static final int MOST_DENIALS = 10;

  public PlanFindings {
    each = List.copyOf(each);
    groups = List.copyOf(groups);
  }

  /** The findings of a plan, in their order. */
  public static PlanFindings of(Plan plan) {
    return of(plan, plan.findings());
  }

  /** The same in another order. */
  public static PlanFindings of(Plan plan, List<Diagnostic> ordered) {
    Touched touched = new Touched(plan);
    Map<String, List<Diagnostic>> elsewhere = new LinkedHashMap<>();
    for (Diagnostic finding : ordered) {
      if (!finding.isError() && touched.isElsewhere(finding)) {
        elsewhere.computeIfAbsent(kind(finding), key -> new ArrayList<>()).add(finding);
      }
    }
    elsewhere.values().removeIf(same -> same.size() <= most(same.get(0)));
    List<Group> groups = elsewhere.values().stream().map(Group::new).toList();
    Set<Diagnostic> folded = new HashSet<>();
    groups.forEach(group -> folded.addAll(group.findings()));
    return new PlanFindings(
        ordered.stream().filter(finding -> !folded.contains(finding)).toList(),
        groups.stream()
            .sorted(Comparator.comparing((Group group) -> group.first().severity()))
            .toList());
  }

  /** With nothing folded. */
  public static PlanFindings unfolded(List<Diagnostic> findings) {
    return new PlanFindings(findings, List.of());
  }

  private static int most(Diagnostic finding) {
    return finding.isDenied() ? MOST_DENIALS : 1;
  }

  private static String kind(Diagnostic finding) {
    return Importance.kind(finding) + (finding.isAllowed() ? " allowed" : "");
  }

  /**
   * Findings of one code, as grave as each other.
   *
   * @param findings at least one
   */
  public record Group(List<Diagnostic> findings) {
    /** Tokens beyond this many are counted and not named. */
    private static final int MOST_NAMES = 3;

    public Group {
      findings = List.copyOf(findings);
    }

    /** The first of them; the others are of its code, and as grave. */
    public Diagnostic first() {
      return findings.get(0);
    }

    /**
     * What is said in the place of all of them, as one sentence without a full stop.
     *
     * @param name makes a name harmless
     */
    public String message(UnaryOperator<String> name) {
      List<String> names =
          findings.stream()
              .flatMap(finding -> finding.subjects().stream())
              .filter(Subject.OfToken.class::isInstance)
              .map(Subject.OfToken.class::cast)
              .map(Group::name)
              .distinct()
              .toList();
      int more = names.size() - MOST_NAMES;
      return Counts.of(findings.size(), "finding", "findings")
          + " about tokens that this plan does not change: "
          + names.stream().limit(MOST_NAMES).map(name).collect(Collectors.joining(", "))
          + (more > 0 ? " " + Counts.more(more) : "")
          + " (--verbose shows each)";
    }

    private static String name(Subject.OfToken token) {
      return token
          .name()
          .map(TokenName::value)
          .orElseGet(() -> token.id().orElseThrow().toString());
    }
  }

  /** The tokens that a plan changes. */
  private static final class Touched {
    private final Set<TokenName> names = new HashSet<>();
    private final Set<TokenId> ids = new HashSet<>();

    private Touched(Plan plan) {
      for (TokenChange change : plan.tokenChanges()) {
        names.add(change.token());
        change.liveId().ifPresent(ids::add);
        change.predecessors().forEach(old -> ids.add(old.id()));
      }
    }

    /** Whether a finding is about tokens, and the plan changes none of them. */
    private boolean isElsewhere(Diagnostic finding) {
      List<Subject.OfToken> tokens =
          finding.subjects().stream()
              .filter(Subject.OfToken.class::isInstance)
              .map(Subject.OfToken.class::cast)
              .toList();
      return !tokens.isEmpty() && tokens.stream().noneMatch(this::has);
    }

    private boolean has(Subject.OfToken token) {
      return token.name().filter(names::contains).isPresent()
          || token.id().filter(ids::contains).isPresent();
    }
  }
}
