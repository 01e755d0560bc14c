package io.tokenform.expect;

import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import io.tokenform.expect.Verdict.Escape;
import io.tokenform.finding.Located;
import io.tokenform.policy.expect.Clause;
import io.tokenform.policy.expect.Expectation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Finds the expectations that a rename takes a database from. One that has the old name, or a
 * pattern that fits the old name and not the new one, would hold of nothing afterwards: whoever
 * renames a database must not get rid of what is expected of its data. It is no escape where the
 * same is expected under the new name as well.
 */
final class Escapes {
  /**
   * What an expectation says of one pattern of databases.
   *
   * @param frame all that it says, without the pattern; equal for those that say the same
   */
  private record Statement(Located<String> pattern, String frame) {
    boolean isAbout(String database) {
      return Patterns.fitsDatabase(pattern.value(), database);
    }
  }

  private final Map<String, String> renames;
  private final List<Statement> all = new ArrayList<>();

  /**
   * @param expectations all of one source; those of another may be somebody else's to change
   * @param renames the new names of databases by their old ones
   */
  Escapes(List<Expectation> expectations, Map<String, String> renames) {
    this.renames = renames;
    if (!renames.isEmpty()) {
      for (Expectation expectation : expectations) {
        all.addAll(expectation.ask(new Statements()));
      }
    }
  }

  /** The databases that escape an expectation, by their old names. */
  List<Escape> of(Expectation expectation) {
    List<Escape> escapes = new ArrayList<>();
    if (renames.isEmpty()) {
      return escapes;
    }
    List<Statement> own = expectation.ask(new Statements());
    renames.forEach(
        (from, to) -> {
          for (Statement statement : own) {
            if (statement.isAbout(from) && !isSaid(statement.frame(), to)) {
              Escape escape = new Escape(statement.pattern(), from, to);
              if (!escapes.contains(escape)) {
                escapes.add(escape);
              }
            }
          }
        });
    return escapes;
  }

  private boolean isSaid(String frame, String database) {
    for (Statement statement : all) {
      if (statement.frame().equals(frame) && statement.isAbout(database)) {
        return true;
      }
    }
    return false;
  }

  /** What an expectation says, one pattern of databases at a time. */
  private static final class Statements implements Expectation.Forms<List<Statement>> {
    @Override
    public List<Statement> ofToken(Expectation.OfToken about) {
      List<Statement> found = new ArrayList<>();
      about.can().forEach(clause -> add(clause, "can " + about.token().value(), found));
      about.cannot().forEach(clause -> add(clause, "cannot " + about.token().value(), found));
      return found;
    }

    @Override
    public List<Statement> ofDatabase(Expectation.OfDatabase about) {
      List<Statement> found = new ArrayList<>();
      about
          .writers()
          .ifPresent(names -> found.add(only(about.database(), Action.WRITE, names.value())));
      about
          .readers()
          .ifPresent(names -> found.add(only(about.database(), Action.READ, names.value())));
      return found;
    }

    private static Statement only(
        Located<String> database, Action action, List<Located<String>> names) {
      return new Statement(database, "only " + action + " " + set(names));
    }

    @Override
    public List<Statement> never(Expectation.Never about) {
      List<Statement> found = new ArrayList<>();
      about.never().forEach(clause -> add(clause, "never " + set(about.except()), found));
      return found;
    }

    /** Not that of all databases: it is about the permission on all of them, and names none. */
    private static void add(Clause clause, String frame, List<Statement> found) {
      for (Located<String> pattern : clause.databases()) {
        if (!pattern.value().equals(Permission.ALL_DATABASES)) {
          found.add(new Statement(pattern, frame + " " + clause.action()));
        }
      }
    }

    private static String set(List<Located<String>> patterns) {
      TreeSet<String> values = new TreeSet<>();
      // A pattern may hold what separates them.
      patterns.forEach(pattern -> values.add(pattern.value().length() + " " + pattern.value()));
      return values.toString();
    }
  }
}
