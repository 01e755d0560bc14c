package io.tokenform.report;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.Masking;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Product;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.finding.Diagnostic;
import io.tokenform.plan.Change;
import io.tokenform.plan.Effect;
import io.tokenform.plan.HeldExpectation;
import io.tokenform.plan.Kind;
import io.tokenform.plan.Plan;
import io.tokenform.plan.Wave;
import io.tokenform.planfile.Digests;
import io.tokenform.planfile.SavedPlan;
import io.tokenform.planfile.SnapshotSource;
import io.tokenform.report.text.Age;
import io.tokenform.report.text.Columns;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Excerpt;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import io.tokenform.report.text.Wrapping;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A plan for a person: every change in order, who gains and loses what, and a summary. */
public final class PlanText implements PlanFormat {
  /** Unmanaged tokens beyond this many are counted and not listed. */
  static final int MOST_UNMANAGED = 20;

  /** Permissions of an unmanaged token beyond this many are counted and not listed. */
  static final int MOST_PERMISSIONS = 6;

  /** From so many changes on, a line for each stands in front of the plan. */
  static final int LARGE = 10;

  /** Gains of access, and losses, beyond this many are counted in such a line. */
  private static final int MOST_IN_SUMMARY = 2;

  /** How much of a long description stands in a list, in characters. */
  private static final int LISTED_DESCRIPTION = 80;

  private final Style style;
  private final Masking masking;
  private final OptionalInt width;
  private final boolean unfolded;

  /** For a run that was given no secrets. */
  public PlanText(Style style) {
    this(style, new Masking(), OptionalInt.empty(), false);
  }

  /**
   * For a run that was given secrets.
   *
   * @param masking what no excerpt of a policy may show
   * @param width how wide lines may be
   * @param unfolded whether each finding is shown
   */
  public PlanText(Style style, Masking masking, OptionalInt width, boolean unfolded) {
    this.style = style;
    this.masking = masking;
    this.width = width;
    this.unfolded = unfolded;
  }

  /**
   * The plan, as lines that each end in a line break, without its findings, which are told beside
   * it. The same plan gives the same text. A plan with errors is that of the tokens that have none.
   */
  public String render(Plan plan) {
    return text(plan, header(plan), summary(plan));
  }

  /** The same, and where live was read from. */
  public String renderAlone(SavedPlan saved) {
    Plan plan = saved.plan();
    String source = saved.snapshot().isPresent() ? source(saved) + ".\n" : "";
    return text(plan, source + header(plan), summary(plan));
  }

  /** Which snapshot a plan was made from, and how old that was. */
  public static String source(SavedPlan saved) {
    SnapshotSource snapshot = saved.snapshot().orElseThrow();
    return "Live as of "
        + snapshot.takenAt().truncatedTo(ChronoUnit.SECONDS)
        + ", from a snapshot that was "
        + Age.of(snapshot.ageAt(saved.createdAt()))
        + " old";
  }

  /**
   * The same of a plan behind which no policy stands.
   *
   * @param head what it comes from, as lines that each end in a line break
   */
  public String renderWithoutPolicy(Plan plan, String head) {
    return text(plan, Wrapping.of(head + cluster(plan) + "\n\n", width), summaryOfChanges(plan));
  }

  private String text(Plan plan, String header, String summary) {
    if (plan.hasOnlyErrors()) {
      StringBuilder out = new StringBuilder();
      appendVerdict(out, plan);
      return out.toString();
    }
    StringBuilder out = new StringBuilder(header);
    if (plan.hasChanges()) {
      appendSummary(out, plan);
      appendChanges(out, plan);
      appendByDatabase(out, plan);
    }
    appendUnmanaged(out, plan);
    out.append(style.bold(summary)).append('\n');
    appendVerdict(out, plan);
    return Wrapping.of(out.toString(), width);
  }

  /** The plan with its findings, for readers of this format alone. */
  @Override
  public String render(SavedPlan saved) {
    Plan plan = saved.plan();
    String text = renderAlone(saved);
    if (plan.findings().isEmpty()) {
      return text;
    }
    List<Diagnostic> findings = Importance.findings(plan.findings());
    PlanFindings told =
        unfolded ? PlanFindings.unfolded(findings) : PlanFindings.of(plan, findings);
    DiagnosticText diagnostics = new DiagnosticText(style, masking, width);
    return text
        + findings(told.each())
        + (told.groups().isEmpty() ? "" : "\n")
        + told.groups().stream().map(diagnostics::render).collect(Collectors.joining());
  }

  @Override
  public String failure(NoPlan why) {
    return obstacle("There is no plan: " + Printable.line(why.message()), why.findings());
  }

  private String obstacle(String why, List<Diagnostic> findings) {
    return style.bold(why) + "\n" + findings(findings);
  }

  private String findings(List<Diagnostic> findings) {
    DiagnosticText text = new DiagnosticText(style, masking, width);
    return findings.stream()
        .map(finding -> "\n" + text.render(finding))
        .collect(Collectors.joining());
  }

  /** How many of the expectations would hold. */
  public static Optional<String> expectations(Plan plan) {
    int all = plan.expectations().size();
    long held = plan.expectations().stream().filter(HeldExpectation::holds).count();
    return all == 0
        ? Optional.empty()
        : Optional.of(
            "Expectations: "
                + (held == all
                    ? Counts.number(all) + (all == 1 ? " holds." : " hold.")
                    : Counts.number((int) held) + " of " + Counts.number(all) + " hold."));
  }

  /** What forbids to apply it, what was allowed to, and by what the plan is known again. */
  private void appendVerdict(StringBuilder out, Plan plan) {
    if (plan.hasErrors()) {
      out.append(style.red("This plan has errors and cannot be applied.")).append('\n');
    }
    expectations(plan).ifPresent(line -> out.append(line).append('\n'));
    if (plan.isDenied()) {
      String rules =
          Importance.findings(plan.findings()).stream()
              .filter(Diagnostic::isDenied)
              .map(finding -> finding.code().word())
              .distinct()
              .collect(Collectors.joining(", "));
      out.append(style.red("Denied by " + rules + ": it cannot be applied as it stands."));
      out.append('\n');
    }
    if (!plan.allowed().isEmpty()) {
      String allowed =
          plan.allowed().stream()
              .map(allowance -> Printable.line(allowance.toString()))
              .collect(Collectors.joining(", "));
      out.append(style.yellow("Allowed once: " + allowed + ".")).append('\n');
    }
    if (plan.hasChanges() && !plan.hasErrors()) {
      out.append("Digest: ").append(Digests.of(plan)).append('\n');
    }
  }

  private String header(Plan plan) {
    Set<TokenName> names = new HashSet<>(plan.unchanged());
    names.addAll(plan.unselected());
    names.addAll(plan.leftAlone());
    plan.tokenChanges().forEach(change -> names.add(change.token()));
    return cluster(plan) + ", " + Counts.number(names.size()) + " in the policy\n\n";
  }

  /** Which cluster it is, and how many tokens are live. */
  private String cluster(Plan plan) {
    return style.bold("Cluster " + cluster(plan.cluster()))
        + ": "
        + Counts.of(plan.activeTokens(), "active token", "active tokens")
        + (plan.inactiveTokens() > 0
            ? " and " + Counts.number(plan.inactiveTokens()) + " revoked or expired"
            : "");
  }

  /** Which cluster it is; the text is not harmless yet. */
  public static String cluster(ClusterAddress address) {
    String which =
        address.product() == Product.CLUSTERED
            ? address.url().toString()
            : address.clusterId().orElseThrow().toString();
    return which + " (" + address.product() + ")";
  }

  /** In front of a plan that is long: which tokens it changes, and what they gain and lose. */
  private void appendSummary(StringBuilder out, Plan plan) {
    if (plan.changes().size() < LARGE) {
      return;
    }
    out.append(style.bold("Changes")).append('\n');
    Columns columns = new Columns("  ", "  ");
    for (Change change : plan.changes()) {
      Lines.Bound<?> lines = Lines.of(change);
      columns.row(lines.sign() + " " + Printable.name(change.name()), lines.verb(), access(change));
    }
    for (String line : columns.lines()) {
      out.append(width.isPresent() ? Columns.cut(line, width.getAsInt()) : line).append('\n');
    }
    out.append('\n');
  }

  /** What a token gains and loses, as in {@code + read *, - write logs and 3 more}. */
  private static String access(Change change) {
    List<String> parts = new ArrayList<>();
    int more =
        add(parts, "+ ", Importance.gains(change.accessGained().withoutCovered()))
            + add(parts, "- ", Importance.gains(change.accessLost().withoutCovered()));
    return String.join(", ", parts) + (more > 0 ? " " + Counts.more(more) : "");
  }

  /** Adds the first of some permissions, and answers how many more there are. */
  private static int add(List<String> parts, String sign, List<Permission> permissions) {
    permissions.stream()
        .limit(MOST_IN_SUMMARY)
        .forEach(
            permission ->
                parts.add(sign + action(permission) + " " + Printable.name(permission.resource())));
    return Math.max(0, permissions.size() - MOST_IN_SUMMARY);
  }

  private void appendChanges(StringBuilder out, Plan plan) {
    List<String> headings = headings(plan.changes());
    int next = 0;
    int number = 1;
    for (Wave wave : plan.waves()) {
      List<Change> changes = plan.changesOf(wave);
      out.append(style.bold("Wave " + number++)).append(": ").append(wave.title());
      out.append("\n\n");
      for (Change change : changes) {
        appendChange(out, headings.get(next++), change);
      }
    }
  }

  /** The first line of each change, with the columns of all changes aligned. */
  private List<String> headings(List<Change> changes) {
    Columns columns = new Columns("", "  ");
    for (Change change : changes) {
      columns.row(
          Printable.name(change.name()),
          what(change),
          Printable.line(change.where().fileAndLine()),
          Lines.of(change).verb());
    }
    return columns.lines();
  }

  /** The live token, or that it is a database: a token may have the same name. */
  static String what(Change change) {
    return change.ofDatabase().isPresent()
        ? "database"
        : change.liveId().map(TokenId::toString).orElse("");
  }

  private void appendChange(StringBuilder out, String heading, Change change) {
    Lines.Bound<?> lines = Lines.of(change);
    out.append("  ").append(style.yellow(lines.sign())).append(' ').append(heading).append('\n');
    out.append(lines.text(style)).append('\n');
  }

  /**
   * Which roles a permission comes from; nothing for one of the token's own.
   *
   * @param name makes a name harmless
   */
  static String origin(List<String> roles, UnaryOperator<String> name) {
    if (roles.isEmpty()) {
      return "";
    }
    String names = roles.stream().map(name).collect(Collectors.joining(", "));
    return (roles.size() == 1 ? "role " : "roles ") + names;
  }

  static String action(Permission permission) {
    return Printable.name(permission.action().name());
  }

  private void appendByDatabase(StringBuilder out, Plan plan) {
    List<String> lines = DatabaseText.lines(plan, style);
    lines.forEach(line -> out.append(line).append('\n'));
    out.append(lines.isEmpty() ? "" : "\n");
  }

  private void appendUnmanaged(StringBuilder out, Plan plan) {
    if (plan.unmanaged().isEmpty()) {
      return;
    }
    out.append(style.bold("Unmanaged")).append(": active, not in the policy, left alone\n");
    Columns columns = new Columns("  ", "  ");
    plan.unmanaged().stream()
        .limit(mostUnmanaged())
        .forEach(
            token ->
                columns.row(
                    token.id().toString(),
                    shown(token.description()),
                    access(token.permissions())));
    columns.lines().forEach(line -> out.append(line).append('\n'));
    int more = plan.unmanaged().size() - mostUnmanaged();
    if (more > 0) {
      out.append("  ").append(Counts.more(more)).append('\n');
    }
    out.append('\n');
  }

  private int mostUnmanaged() {
    return unfolded ? Integer.MAX_VALUE : MOST_UNMANAGED;
  }

  private static String shown(String description) {
    Excerpt excerpt = Excerpt.of(description, LISTED_DESCRIPTION);
    return excerpt.withPlace(Printable.quoted(excerpt.text()));
  }

  /** Permissions in one cell, as in {@code read logs, metrics; write *}. */
  private static String access(Permissions permissions) {
    if (permissions.isEmpty()) {
      return "no access";
    }
    Map<String, List<String>> byAction = new LinkedHashMap<>();
    permissions.stream()
        .limit(MOST_PERMISSIONS)
        .forEach(
            permission ->
                byAction
                    .computeIfAbsent(action(permission), key -> new ArrayList<>())
                    .add(Printable.name(permission.resource())));
    String access =
        byAction.entrySet().stream()
            .map(entry -> entry.getKey() + " " + String.join(", ", entry.getValue()))
            .collect(Collectors.joining("; "));
    int more = permissions.size() - MOST_PERMISSIONS;
    return more > 0 ? access + " " + Counts.more(more) : access;
  }

  /** How many tokens change, and how. */
  public static String summary(Plan plan) {
    List<String> parts = new ArrayList<>();
    parts.add(Counts.number(plan.unchanged().size()) + " unchanged");
    if (!plan.unselected().isEmpty()) {
      parts.add(Counts.number(plan.unselected().size()) + " not selected");
    }
    if (!plan.leftAlone().isEmpty()) {
      parts.add(Counts.number(plan.leftAlone().size()) + " left alone");
    }
    if (plan.dueLeftOut() > 0) {
      parts.add(Counts.number(plan.dueLeftOut()) + " due and left out");
    }
    parts.add(Counts.number(plan.unmanaged().size()) + " unmanaged");
    int databases = plan.databases().unchanged().size();
    if (databases > 0) {
      parts.add(Counts.of(databases, "database", "databases") + " unchanged");
    }
    int unselected = plan.databases().unselected().size();
    if (unselected > 0) {
      parts.add(Counts.of(unselected, "database", "databases") + " not selected");
    }
    String others = String.join(", ", parts);
    return plan.hasChanges()
        ? "Plan: " + kinds(plan) + ", " + others + "." + effects(plan)
        : "Nothing to change: " + others + ".";
  }

  /** The same of a plan that is about its changes alone. */
  private static String summaryOfChanges(Plan plan) {
    return plan.hasChanges() ? "Plan: " + kinds(plan) + "." + effects(plan) : "Nothing to change.";
  }

  private static String kinds(Plan plan) {
    List<String> parts = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      int count = plan.count(kind);
      if (count > 0) {
        parts.add(Counts.number(count) + " " + kind.toDo(count));
      }
    }
    return String.join(", ", parts);
  }

  private static String effects(Plan plan) {
    List<String> parts = new ArrayList<>();
    for (Effect effect : Effect.values()) {
      int count = plan.count(effect);
      if (count > 0) {
        parts.add(effect.words() + " " + Counts.number(count));
      }
    }
    if (plan.losingData() > 0) {
      parts.add("loses data " + Counts.number(plan.losingData()));
    }
    return " Effects: " + String.join(", ", parts) + ".";
  }
}
