package io.tokenform.sandbox.api;

import io.tokenform.access.database.Database;
import io.tokenform.access.database.PartitionPart;
import io.tokenform.access.database.PartitionTemplate;
import io.tokenform.access.database.Retention;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A database as the sandbox keeps it, deleted ones too.
 *
 * @param id from 1; the listing does not show it
 * @param retention in nanoseconds, 0 for infinite
 * @param formerNames those that it had before it was renamed, the oldest first
 * @param deletedAt absent for one that is there
 */
public record StoredDatabase(
    long id,
    String name,
    int maxTables,
    int maxColumnsPerTable,
    long retention,
    Optional<List<TemplatePart>> template,
    List<String> formerNames,
    Optional<Instant> deletedAt) {
  /** What the Management API's description has for the default; its prose has 250 columns. */
  public static final int DEFAULT_MAX_TABLES = 500;

  public static final int DEFAULT_MAX_COLUMNS_PER_TABLE = 200;

  public StoredDatabase {
    template = template.map(List::copyOf);
    formerNames = List.copyOf(formerNames);
  }

  /** One of which nothing but the name was said. */
  public static StoredDatabase of(long id, String name) {
    return new StoredDatabase(
        id,
        name,
        DEFAULT_MAX_TABLES,
        DEFAULT_MAX_COLUMNS_PER_TABLE,
        0,
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  /** One that a POST makes. */
  static StoredDatabase created(long id, DatabaseBody body) {
    return new StoredDatabase(
        id,
        body.name().orElseThrow(),
        body.maxTables().orElse(DEFAULT_MAX_TABLES),
        body.maxColumnsPerTable().orElse(DEFAULT_MAX_COLUMNS_PER_TABLE),
        body.retention().orElse(0),
        body.template(),
        List.of(),
        Optional.empty());
  }

  public boolean isDeleted() {
    return deletedAt.isPresent();
  }

  /** This database after a PATCH: what the body leaves out stays. */
  StoredDatabase patched(DatabaseBody body) {
    return new StoredDatabase(
        id,
        name,
        body.maxTables().orElse(maxTables),
        body.maxColumnsPerTable().orElse(maxColumnsPerTable),
        body.retention().orElse(retention),
        template,
        formerNames,
        deletedAt);
  }

  StoredDatabase renamed(String to) {
    List<String> former = new ArrayList<>(formerNames);
    former.add(name);
    return withName(to, former);
  }

  /** The same with another name, as if it always had that. */
  public StoredDatabase withName(String other) {
    return withName(other, formerNames);
  }

  private StoredDatabase withName(String other, List<String> former) {
    return new StoredDatabase(
        id, other, maxTables, maxColumnsPerTable, retention, template, former, deletedAt);
  }

  public StoredDatabase withRetention(long other) {
    return new StoredDatabase(
        id, name, maxTables, maxColumnsPerTable, other, template, formerNames, deletedAt);
  }

  StoredDatabase withDeletion(Optional<Instant> instant) {
    return new StoredDatabase(
        id, name, maxTables, maxColumnsPerTable, retention, template, formerNames, instant);
  }

  public Database database() {
    return new Database(
        new io.tokenform.access.database.DatabaseName(name),
        Retention.ofNanoseconds(retention),
        maxTables,
        maxColumnsPerTable,
        template.map(
            parts -> new PartitionTemplate(parts.stream().map(StoredDatabase::part).toList())));
  }

  private static PartitionPart part(TemplatePart part) {
    return switch (part.type()) {
      case "tag" -> new PartitionPart.Tag(part.text());
      case "time" -> new PartitionPart.Time(part.text());
      default -> new PartitionPart.Bucket(part.text(), part.buckets());
    };
  }
}
