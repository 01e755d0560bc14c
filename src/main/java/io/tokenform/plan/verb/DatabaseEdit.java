package io.tokenform.plan.verb;

import io.tokenform.access.database.DatabaseName;
import io.tokenform.access.database.PartitionTemplate;
import io.tokenform.finding.Located;
import io.tokenform.finding.Nearest;
import io.tokenform.live.Live;
import io.tokenform.plan.DatabaseSettings;
import io.tokenform.policy.Policy;
import io.tokenform.policy.UnwrittenPolicy;
import io.tokenform.policy.database.DesiredDatabase;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What somebody wants of databases, as a policy that stands in no file. A policy would make a
 * database that is not there and leave alone one that is gone; a person who names such a one has
 * made a mistake, and is told.
 */
public final class DatabaseEdit {
  private static final String LIST = "tokenform database list shows what is there";

  private DatabaseEdit() {}

  /**
   * Makes a database.
   *
   * @param settings what is absent is the cluster's own choice
   * @throws RefusedVerbException if the name is taken, or may not be given to a new database
   */
  public static Policy create(
      Live live, DatabaseName name, DatabaseSettings settings, Optional<PartitionTemplate> template)
      throws RefusedVerbException {
    requireFree(live, name, "change it with tokenform database update");
    return policy(List.of(database(name, settings, template, false, Optional.empty())));
  }

  /**
   * Changes settings of a database.
   *
   * @param settings what is absent stays
   * @throws RefusedVerbException if there is no such database
   */
  public static Policy update(Live live, DatabaseName name, DatabaseSettings settings)
      throws RefusedVerbException {
    requirePresent(live, name);
    return policy(List.of(database(name, settings, Optional.empty(), false, Optional.empty())));
  }

  /**
   * Deletes databases; a name that is given twice is one.
   *
   * @throws RefusedVerbException if one of them is not there
   */
  public static Policy delete(Live live, List<DatabaseName> names) throws RefusedVerbException {
    List<DesiredDatabase> databases = new ArrayList<>();
    for (DatabaseName name : new LinkedHashSet<>(names)) {
      requirePresent(live, name);
      databases.add(
          database(name, DatabaseSettings.NONE, Optional.empty(), true, Optional.empty()));
    }
    return policy(databases);
  }

  /**
   * Gives a database another name.
   *
   * @throws RefusedVerbException if there is no such database, or the new name is taken or may not
   *     be given
   */
  public static Policy rename(Live live, DatabaseName from, DatabaseName to)
      throws RefusedVerbException {
    requirePresent(live, from);
    requireFree(live, to, "choose another name");
    return policy(
        List.of(database(to, DatabaseSettings.NONE, Optional.empty(), false, Optional.of(from))));
  }

  private static void requirePresent(Live live, DatabaseName name) throws RefusedVerbException {
    if (!live.databases().contains(name.value())) {
      throw new RefusedVerbException(
          "the cluster has no database \"" + name + "\"",
          Nearest.hint(name.value(), new TreeSet<>(live.databases())).orElse(LIST));
    }
  }

  private static void requireFree(Live live, DatabaseName name, String hint)
      throws RefusedVerbException {
    if (live.databases().contains(name.value())) {
      throw new RefusedVerbException("the cluster has a database \"" + name + "\" already", hint);
    }
    Optional<String> problem = name.problemOfNew();
    if (problem.isPresent()) {
      throw new RefusedVerbException(problem.get(), "choose another name than \"" + name + "\"");
    }
  }

  private static DesiredDatabase database(
      DatabaseName name,
      DatabaseSettings settings,
      Optional<PartitionTemplate> template,
      boolean deleted,
      Optional<DatabaseName> renamed) {
    return new DesiredDatabase(
        name,
        Typed.WHERE,
        settings.retention().map(DatabaseEdit::typed),
        settings.maxTables().map(DatabaseEdit::typed),
        settings.maxColumnsPerTable().map(DatabaseEdit::typed),
        template.map(DatabaseEdit::typed),
        deleted ? Optional.of(Typed.WHERE) : Optional.empty(),
        renamed.map(DatabaseEdit::typed),
        Optional.empty());
  }

  private static <T> Located<T> typed(T value) {
    return new Located<>(value, Typed.WHERE);
  }

  private static Policy policy(List<DesiredDatabase> databases) {
    return UnwrittenPolicy.ofDatabases(Typed.SOURCE, databases);
  }
}
