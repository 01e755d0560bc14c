package io.tokenform.policy.database;

import io.tokenform.access.Permission;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Findings;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.finding.Subject;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Adds up what the files of a policy say of databases, and finds what is wrong between the entries,
 * and between them and the permissions of the policy.
 */
public final class DatabaseMerge {
  static final String KEEP_ONE = "keep one of them, with all that is to be said of the database";

  private final Findings findings;

  /**
   * What becomes of an entry on the cluster that the policy is for: nothing where it is not on it.
   */
  private final Function<DesiredDatabase, Optional<DesiredDatabase>> here;

  private final Map<String, Located<String>> names = new HashMap<>();

  /** The names by what they have in common with those that are nearly the same. */
  private final Map<String, Located<String>> alike = new HashMap<>();

  private final List<DesiredDatabase> databases = new ArrayList<>();

  /**
   * @param isHere whether an entry that says on which clusters it is, is on this one; it tells what
   *     is wrong with that itself
   */
  public DatabaseMerge(Findings findings, Function<DesiredDatabase, Boolean> isHere) {
    this.findings = findings;
    this.here =
        database ->
            database.placement().isEmpty() || isHere.apply(database)
                ? Optional.of(database.here())
                : Optional.empty();
  }

  /** Adds an entry of a file. */
  public void add(DatabaseEntry entry) {
    Located<String> name = entry.name();
    Located<String> first = names.putIfAbsent(name.value(), name);
    if (first != null) {
      findings.add(
          Diagnostic.error(
                  Code.DUPLICATE_DATABASE,
                  name.where(),
                  "the database \"" + name.value() + "\" appears twice")
              .alsoAt(first.where())
              .about(List.of(Subject.ofDatabase(name.value())))
              .hint(KEEP_ONE));
      return;
    }
    compareWriting(name);
    entry.database().flatMap(here).ifPresent(databases::add);
  }

  /**
   * Two names of one text in two encodings, or of the same letters in two sizes: the cluster has
   * two databases then, and a reader sees one.
   */
  private void compareWriting(Located<String> name) {
    String composed = Normalizer.normalize(name.value(), Normalizer.Form.NFC);
    Located<String> other = alike.putIfAbsent(composed.toLowerCase(Locale.ROOT), name);
    if (other == null) {
      return;
    }
    boolean isSameText = composed.equals(Normalizer.normalize(other.value(), Normalizer.Form.NFC));
    if (isSameText) {
      // That is told with all names that look like others.
      return;
    }
    findings.add(
        Diagnostic.warning(
                Code.CONFUSABLE_NAME,
                name.where(),
                "the databases \""
                    + name.value()
                    + "\" and \""
                    + other.value()
                    + "\" differ only in small and capital letters")
            .alsoAt(other.where())
            .about(List.of(Subject.ofDatabase(name.value())))
            .hint(
                "the cluster takes them for two databases; remove one of them, unless both are"
                    + " meant"));
  }

  /** What the policy says of the databases of its cluster, by name, once all entries are added. */
  public List<DesiredDatabase> databases() {
    checkFormerNames();
    List<DesiredDatabase> sorted = new ArrayList<>(databases);
    sorted.sort((one, other) -> one.name().compareTo(other.name()));
    return sorted;
  }

  /**
   * No entry may have a former name: while a database has it, it is that database, and one that
   * made another of that name would have each plan rename and create again.
   */
  private void checkFormerNames() {
    Map<String, DesiredDatabase> byName = new HashMap<>();
    for (DesiredDatabase database : databases) {
      byName.put(database.name().value(), database);
    }
    Map<String, DesiredDatabase> byFormer = new HashMap<>();
    for (DesiredDatabase database : databases) {
      if (database.renamed().isEmpty()) {
        continue;
      }
      Located<DatabaseName> former = database.renamed().get();
      String text = former.value().value();
      if (former.value().equals(database.name())) {
        findings.add(
            contradiction(
                former,
                database,
                "renamed says which name the database had before, and this is the one that it has",
                database.where(),
                "write the old name, or remove renamed"));
        continue;
      }
      DesiredDatabase first = byFormer.putIfAbsent(text, database);
      if (first != null) {
        findings.add(
            contradiction(
                former,
                database,
                "\"" + text + "\" is renamed twice, the first time to \"" + first.name() + "\"",
                first.renamed().orElseThrow().where(),
                "a database has one name; remove renamed from one of them"));
      }
      DesiredDatabase stated = byName.get(text);
      if (stated != null) {
        findings.add(stated(former, database, stated));
      }
    }
  }

  private static Diagnostic stated(
      Located<DatabaseName> former, DesiredDatabase database, DesiredDatabase stated) {
    String old = "\"" + stated.name() + "\"";
    String message = old + " is the former name of \"" + database.name() + "\", and ";
    if (stated.renamed().isEmpty()) {
      return contradiction(
          former,
          database,
          message + (stated.isDeleted() ? "to be deleted" : "an entry of its own"),
          stated.where(),
          stated.isDeleted()
              ? "remove renamed and create the new one, or remove the entry " + old
              : "remove the entry " + old + "; what it says goes to the new name");
    }
    boolean isCycle = leadsTo(database, stated);
    return contradiction(
        former,
        database,
        message + (isCycle ? "is renamed from that one in turn" : "has a former name itself"),
        stated.renamed().get().where(),
        isCycle
            ? "two databases cannot change their names with each other; choose a new name"
            : "write the name that the database has on the cluster now, and remove the entry "
                + old);
  }

  private static boolean leadsTo(DesiredDatabase database, DesiredDatabase stated) {
    return stated.renamed().filter(name -> name.value().equals(database.name())).isPresent();
  }

  private static Diagnostic contradiction(
      Located<DatabaseName> where,
      DesiredDatabase database,
      String message,
      Location other,
      String hint) {
    return Diagnostic.error(Code.CONTRADICTION, where.where(), message)
        .alsoAt(other)
        .about(List.of(Subject.ofDatabase(database.name().value())))
        .hint(hint);
  }

  /**
   * Finds permissions on names that no database has after an apply: those of databases that are to
   * be deleted, and former names. Creating such a database again would revive them.
   *
   * @param permissions those of all tokens of the cluster, in their order
   */
  public void checkPermissions(Iterable<Located<Permission>> permissions) {
    Map<String, DesiredDatabase> gone = new HashMap<>();
    for (DesiredDatabase database : databases) {
      if (database.isDeleted()) {
        gone.put(database.name().value(), database);
      }
      database
          .renamed()
          .filter(name -> !name.value().equals(database.name()))
          .ifPresent(name -> gone.put(name.value().value(), database));
    }
    if (gone.isEmpty()) {
      return;
    }
    for (Located<Permission> permission : permissions) {
      String name = permission.value().resource();
      DesiredDatabase database = gone.get(name);
      if (database != null) {
        findings.add(onGone(permission, name, database));
      }
    }
  }

  private static Diagnostic onGone(
      Located<Permission> permission, String name, DesiredDatabase database) {
    String action = permission.value().action().toString();
    return (database.isDeleted()
            ? Diagnostic.error(
                    Code.CONTRADICTION,
                    permission.where(),
                    action
                        + " \""
                        + name
                        + "\" is a permission on a database that is to be deleted")
                .alsoAt(database.deleted().orElseThrow())
                .hint(
                    "remove the permission; it would come alive again with a new database of that"
                        + " name")
            : Diagnostic.error(
                    Code.CONTRADICTION,
                    permission.where(),
                    action
                        + " \""
                        + name
                        + "\" is a permission on the former name of \""
                        + database.name()
                        + "\"")
                .alsoAt(database.renamed().orElseThrow().where())
                .hint("name \"" + database.name() + "\"; the plan grants that before it renames"))
        .about(List.of(Subject.ofDatabase(name)));
  }
}
