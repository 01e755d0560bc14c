package io.tokenform.report;

import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.Patch;
import io.tokenform.plan.Change;
import io.tokenform.plan.Plan;
import io.tokenform.planfile.SavedPlan;
import io.tokenform.report.text.DiffLines;
import io.tokenform.report.text.FileDiff;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A plan as a unified diff between two policies: live, and the desired state. Both hold the tokens
 * that change, by name, and of each what the plan manages. A hunk whose token stands further up has
 * the token's name in its heading.
 */
public final class PlanDiff implements PlanFormat {
  private static final int CONTEXT = 3;

  private static final Pattern HEADING = Pattern.compile("@@ -(\\d+),\\d+ \\+\\d+,\\d+ @@");

  private final Style style;
  private final String ofCluster;

  public PlanDiff(Style style) {
    this(style, "");
  }

  /**
   * For one of several clusters.
   *
   * @param ofCluster what the names of both policies end in
   */
  public PlanDiff(Style style, String ofCluster) {
    this.style = style;
    this.ofCluster = ofCluster;
  }

  /**
   * The diff, as lines that each end in a line break; an empty string where nothing changes. Before
   * it stands who gains and who loses access to each database, and what else than policies changes,
   * as rotations do; in comments, which patch passes over.
   */
  @Override
  public String render(SavedPlan saved) {
    Plan plan = saved.plan();
    return comment(DatabaseText.lines(plan, Style.PLAIN)) + comment(besides(plan)) + unified(plan);
  }

  /** The changes of which the diff says nothing, or not all, as the text of a plan has them. */
  private static List<String> besides(Plan plan) {
    List<String> lines = new ArrayList<>();
    for (Change change : byName(plan.changes())) {
      Lines.Bound<?> shown = Lines.of(change);
      if (!shown.isDifference()) {
        String id =
            change.ofDatabase().isPresent()
                ? " database"
                : change.liveId().map(live -> " " + live).orElse("");
        lines.add(Printable.name(change.name()) + id + ": " + shown.verb());
        shown.text(Style.PLAIN).lines().forEach(lines::add);
      }
    }
    return lines;
  }

  @Override
  public String failure(NoPlan why) {
    return comment(List.of("There is no plan: " + Printable.line(why.message())));
  }

  private String comment(List<String> lines) {
    return lines.stream()
        .map(line -> style.faint("# " + line) + "\n")
        .collect(Collectors.joining());
  }

  /** The diff alone. */
  String unified(Plan plan) {
    List<String> head = CanonicalPolicy.head(plan);
    List<String> from = new ArrayList<>(head);
    List<String> to = new ArrayList<>(head);
    boolean isBehindTokens = !plan.tokenChanges().isEmpty();
    NavigableMap<Integer, String> names = new TreeMap<>();
    Patch<String> patch = new Patch<>();
    for (Change change : byName(plan.changes())) {
      if (!names.isEmpty()) {
        from.add("\n");
        to.add("\n");
      }
      if (isBehindTokens && change.ofDatabase().isPresent()) {
        isBehindTokens = false;
        from.add(CanonicalPolicy.DATABASES);
        to.add(CanonicalPolicy.DATABASES);
      }
      List<String> before = Lines.of(change).policyBefore();
      List<String> after = Lines.of(change).policyAfter();
      names.put(from.size() + 1, Printable.name(change.name()));
      // Token by token: two large policies as a whole would take too long.
      for (AbstractDelta<String> delta : FileDiff.patch(before, after).getDeltas()) {
        patch.addDelta(
            delta.withChunks(
                moved(delta.getSource(), from.size()), moved(delta.getTarget(), to.size())));
      }
      from.addAll(before);
      to.addAll(after);
    }
    List<String> diff =
        UnifiedDiffUtils.generateUnifiedDiff(
                "live" + ofCluster, "policy" + ofCluster, from, patch, CONTEXT)
            .stream()
            .map(line -> withName(line, names))
            .toList();
    return new DiffLines(style).render(diff);
  }

  private static List<Change> byName(List<Change> changes) {
    return changes.stream().sorted(Comparator.comparing(Change::address)).toList();
  }

  private static Chunk<String> moved(Chunk<String> chunk, int lines) {
    return new Chunk<>(chunk.getPosition() + lines, chunk.getLines());
  }

  /**
   * A hunk's heading with the name of the token that it starts in the middle of.
   *
   * @param names the tokens' names by the numbers of their first lines
   */
  private static String withName(String line, NavigableMap<Integer, String> names) {
    Matcher heading = HEADING.matcher(line);
    if (!heading.matches()) {
      return line;
    }
    var token = names.lowerEntry(Integer.parseInt(heading.group(1)));
    return token == null ? line : line + " " + token.getValue();
  }
}
