package io.tokenform.plan.planner;

import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.access.database.PartitionTemplate;
import io.tokenform.access.database.UnreadableDatabase;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Subject;
import io.tokenform.policy.database.DesiredDatabase;
import java.util.Optional;

/** What is said of databases of the policy that a plan cannot make as the policy says. */
final class DatabaseFindings {
  private DatabaseFindings() {}

  /** A rename that somebody has made in part, or that is none. */
  static Diagnostic bothNames(DesiredDatabase desired) {
    return Diagnostic.error(
            Code.RENAME_CONFLICT,
            desired.renamed().orElseThrow().where(),
            "the database \""
                + desired.renamed().orElseThrow().value()
                + "\" cannot be renamed: there is a database \""
                + desired.name()
                + "\" already")
        .about(Subject.ofDatabase(desired.name().value()))
        .hint("remove renamed where these are two databases, or delete the one that is too much");
  }

  /** Data would be lost in the middle of a plan, of which the rest may yet fail. */
  static Diagnostic renamedAndShortened(DesiredDatabase desired, Database live) {
    return Diagnostic.error(
            Code.RENAME_CONFLICT,
            desired.retention().orElseThrow().where(),
            "the database \""
                + live.name()
                + "\" cannot be renamed to \""
                + desired.name()
                + "\" and keep its data for a shorter time in the same plan")
        .about(Subject.ofDatabase(desired.name().value()))
        .hint(
            "rename and shorten in two applies: leave the retention at "
                + live.retention().text()
                + " until it is renamed");
  }

  static Diagnostic unreadable(DesiredDatabase desired, UnreadableDatabase unreadable) {
    return Diagnostic.error(
            Code.UNREADABLE_DATABASE,
            desired.where(),
            "the database "
                + unreadable
                + " cannot be read, so it is not known what to change of it")
        .about(Subject.ofDatabase(desired.name().value()))
        .hint("remove it from the policy, or update tokenform");
  }

  /** Snapshots of older versions have the names alone. */
  static Diagnostic unknownSettings(DesiredDatabase desired, DatabaseName name) {
    return Diagnostic.error(
            Code.UNREADABLE_DATABASE,
            desired.where(),
            "the settings of the database \"" + name + "\" are not known")
        .about(Subject.ofDatabase(desired.name().value()))
        .hint(
            "take a new snapshot; this one has no settings of it: it is an older one, the database"
                + " could not be read, or it has what looks like a secret");
  }

  /**
   * A name that a database is to get and that the vendor's rules do not have. The API's description
   * does not have these rules, so a cluster may take it.
   */
  static Optional<Diagnostic> unusualName(DesiredDatabase desired) {
    Optional<String> problem = desired.name().problemOfNew();
    if (problem.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Diagnostic.warning(
                Code.BAD_DATABASE_NAME,
                desired.where(),
                "the cluster may refuse the name \"" + desired.name() + "\": " + problem.get())
            .about(Subject.ofDatabase(desired.name().value()))
            .hint("choose another name"));
  }

  /** A template cannot be changed once the database is there. */
  static Optional<Diagnostic> otherTemplate(DesiredDatabase desired, Database live) {
    Optional<PartitionTemplate> wanted =
        desired.partitionTemplate().map(located -> located.value());
    if (wanted.isEmpty() || PartitionTemplate.areAlike(wanted, live.partitionTemplate())) {
      return Optional.empty();
    }
    return Optional.of(
        Diagnostic.warning(
                Code.PARTITION_TEMPLATE,
                desired.partitionTemplate().orElseThrow().where(),
                "the database \""
                    + desired.name()
                    + "\" is partitioned "
                    + live.partitionTemplate()
                        .map(template -> "by " + template)
                        .orElse("in the cluster's own way")
                    + ", and that cannot be changed")
            .about(Subject.ofDatabase(desired.name().value()))
            .hint("write the template that it has, or remove partitionTemplate"));
  }
}
