package io.tokenform.report;

import io.tokenform.access.Permission;
import io.tokenform.finding.Diagnostic;
import io.tokenform.plan.AccessByDatabase;
import io.tokenform.plan.Change;
import io.tokenform.planfile.SavedPlan;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Excerpt;
import io.tokenform.report.text.Printable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A plan as workflow commands of GitHub Actions, which shows them at the policy's lines of a pull
 * request: the findings, a notice by database, and a notice for each change; what gains access
 * first. GitHub shows ten of a kind for each step: so many there are at most, and the last says how
 * many are not shown, and where they are.
 */
public final class PlanAnnotations implements PlanFormat {
  /** Permissions of a change, or changes of a database, beyond this many are counted. */
  private static final int MOST_ITEMS = 6;

  /** Databases beyond this many are counted and not listed. */
  private static final int MOST_DATABASES = 20;

  /** Databases to which somebody gains access beyond this many are counted; a notice has an end. */
  static final int MOST_GAINED = 200;

  private static final String WHERE_ALL_IS =
      "tokenform plan shows all, tokenform show a saved plan";

  private final UnaryOperator<String> paths;
  private final boolean unfolded;

  /**
   * @param paths gives a file the name that it has in the repository
   */
  public PlanAnnotations(UnaryOperator<String> paths) {
    this(paths, false);
  }

  /**
   * @param paths gives a file the name that it has in the repository
   * @param unfolded whether each finding is shown, as far as GitHub does
   */
  public PlanAnnotations(UnaryOperator<String> paths, boolean unfolded) {
    this.paths = paths;
    this.unfolded = unfolded;
  }

  @Override
  public String failure(NoPlan why) {
    return why.findings().isEmpty()
        ? GithubAnnotations.failure(why.message())
        : GithubAnnotations.render(
            Importance.findings(why.findings()), "tokenform validate shows all", paths);
  }

  /** The commands, each a line that ends in a line break. */
  @Override
  public String render(SavedPlan saved) {
    Importance importance = new Importance(saved.plan());
    StringBuilder out = new StringBuilder();
    List<Diagnostic> ordered = importance.findings();
    PlanFindings findings =
        unfolded ? PlanFindings.unfolded(ordered) : PlanFindings.of(saved.plan(), ordered);
    out.append(GithubAnnotations.render(findings, WHERE_ALL_IS, paths));
    List<GithubAnnotations.Command> notices = new ArrayList<>();
    byDatabase(databases(importance)).ifPresent(notices::add);
    importance.changes().forEach(change -> notices.add(notice(change, paths)));
    out.append(GithubAnnotations.render(notices, WHERE_ALL_IS));
    return out.toString();
  }

  /**
   * What happens to the access to one database.
   *
   * @param gain the most dangerous of what somebody gains
   * @param text the database, and who gains and loses what; it is not harmless yet
   */
  public record DatabaseLine(Importance.Gain gain, String text) {}

  /**
   * The databases of a plan: first those to which somebody gains write access, then read access.
   */
  public static List<DatabaseLine> databases(Importance importance) {
    return importance.databases().stream()
        .map(
            database ->
                new DatabaseLine(
                    database.gain(),
                    resource(database.resource()) + ": " + who(database.entries())))
        .toList();
  }

  /**
   * One notice about databases, if there are any.
   *
   * @param databases those to which somebody gains access before the others
   */
  public static Optional<GithubAnnotations.Command> byDatabase(List<DatabaseLine> databases) {
    if (databases.isEmpty()) {
      return Optional.empty();
    }
    long gained =
        databases.stream().filter(database -> database.gain() != Importance.Gain.NOTHING).count();
    long most = Math.max(MOST_DATABASES, Math.min(gained, MOST_GAINED));
    List<String> lines =
        databases.stream()
            .limit(most)
            .map(DatabaseLine::text)
            .collect(Collectors.toCollection(ArrayList::new));
    if (databases.size() > most) {
      lines.add(
          Counts.more(databases.size() - (int) most)
              + (gained > most
                  ? ", to "
                      + Counts.number((int) (gained - most))
                      + " of which somebody gains access"
                  : "")
              + ": "
              + WHERE_ALL_IS);
    }
    StringBuilder out = new StringBuilder();
    GithubAnnotations.appendCommand(out, GithubAnnotations.NOTICE, "By database");
    out.append(
        lines.stream()
            .map(GithubAnnotations::data)
            .collect(Collectors.joining(GithubAnnotations.LINE_BREAK)));
    return Optional.of(
        new GithubAnnotations.Command(GithubAnnotations.NOTICE, out.append('\n').toString()));
  }

  private static String who(List<AccessByDatabase.Entry> entries) {
    List<String> lines =
        entries.stream()
            .sorted(Comparator.comparing(AccessByDatabase.Entry::gained).reversed())
            .map(PlanAnnotations::entry)
            .toList();
    int gained = (int) entries.stream().filter(AccessByDatabase.Entry::gained).count();
    return list(lines, Math.min(gained, MOST_GAINED), "; ");
  }

  private static String entry(AccessByDatabase.Entry entry) {
    String line =
        name(entry.token())
            + (entry.gained() ? " gains " : " loses ")
            + name(entry.action().name());
    List<String> kept = entry.kept().stream().map(PlanAnnotations::resource).toList();
    return kept.isEmpty() ? line : line + ", keeps " + list(kept, 0, ", ");
  }

  /**
   * Items between separators.
   *
   * @param least how many are listed however many there are, beginning with the first
   */
  private static String list(List<String> items, int least, String separator) {
    int most = Math.max(least, MOST_ITEMS);
    String listed = items.stream().limit(most).collect(Collectors.joining(separator));
    int more = items.size() - most;
    return more > 0 ? listed + separator + Counts.more(more) : listed;
  }

  /**
   * What a change does, at its place.
   *
   * @param paths gives a file the name that it has in the repository
   */
  public static GithubAnnotations.Command notice(Change change, UnaryOperator<String> paths) {
    String title =
        change.ofDatabase().isPresent()
            ? "database " + name(change.name())
            : name(change.name()) + " " + change.effect().words();
    StringBuilder out = new StringBuilder();
    GithubAnnotations.appendCommand(out, GithubAnnotations.NOTICE, change.where(), paths, title);
    out.append(GithubAnnotations.data(Lines.of(change).annotation())).append('\n');
    return new GithubAnnotations.Command(GithubAnnotations.NOTICE, out.toString());
  }

  static String permissions(List<Permission> permissions, int least) {
    return list(permissions.stream().map(PlanAnnotations::permission).toList(), least, ", ");
  }

  private static String permission(Permission permission) {
    return name(permission.action().name()) + " " + resource(permission.resource());
  }

  private static String resource(String resource) {
    return resource.equals(Permission.ALL_DATABASES) ? "all databases" : name(resource);
  }

  private static String name(String text) {
    Excerpt excerpt = Excerpt.of(text, Excerpt.NAME);
    return excerpt.withPlace(Printable.name(excerpt.text()));
  }
}
