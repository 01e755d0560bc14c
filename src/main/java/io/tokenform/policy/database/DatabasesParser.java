package io.tokenform.policy.database;

import io.tokenform.access.Permission;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.access.database.PartitionTemplate;
import io.tokenform.access.database.Retention;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Findings;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.policy.placement.Placement;
import io.tokenform.policy.placement.PlacementParser;
import io.tokenform.yaml.Fields;
import io.tokenform.yaml.Keys;
import io.tokenform.yaml.Values;
import io.tokenform.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the databases section: what is said of each database, by its name. */
public final class DatabasesParser {
  private static final String DELETED = "deleted";
  private static final String EXAMPLE = "NAME: {retention: 90d} for each database";
  private static final String OF_TOKENS =
      "what may be done with a database is said with each token";

  /** What cannot be said of a database that is to be deleted. */
  private static final List<String> OF_LIVING =
      List.of("retention", "maxTables", "maxColumnsPerTable", "partitionTemplate", "renamed");

  private static final List<String> USUAL =
      Stream.concat(OF_LIVING.stream(), Stream.of("state")).toList();

  private static final Keys KEYS =
      new Keys(
          Stream.concat(USUAL.stream(), Stream.of("clusters")).toList(),
          USUAL,
          Map.ofEntries(
              Map.entry("retentionPeriod", "retention"),
              Map.entry("retention-period", "retention"),
              Map.entry("keep", "retention"),
              Map.entry("tables", "maxTables"),
              Map.entry("max-tables", "maxTables"),
              Map.entry("columns", "maxColumnsPerTable"),
              Map.entry("maxColumns", "maxColumnsPerTable"),
              Map.entry("max-columns", "maxColumnsPerTable"),
              Map.entry("template", "partitionTemplate"),
              Map.entry("status", "state"),
              Map.entry("was", "renamed"),
              Map.entry("renamedFrom", "renamed")),
          Map.of(
              "name", "a database's name is its key in the databases section",
              "read", OF_TOKENS,
              "write", OF_TOKENS,
              "permissions", OF_TOKENS,
              "ids", "a database is known by its name alone"));

  private final Findings findings;
  private final Values values;
  private final RetentionParser retentions;

  public DatabasesParser(Findings findings) {
    this.findings = findings;
    this.values = new Values(findings);
    this.retentions = new RetentionParser(findings);
  }

  /** The databases in the order of the text; their names are unique. */
  public List<DatabaseEntry> parse(YamlNode node) {
    Optional<YamlNode.Mapping> section = values.mapping(node, "the databases section", EXAMPLE);
    List<DatabaseEntry> entries = new ArrayList<>();
    section.ifPresent(
        mapping ->
            Fields.byKey(
                    mapping,
                    Code.DUPLICATE_DATABASE,
                    "the database",
                    DatabaseMerge.KEEP_ONE,
                    findings)
                .forEach(
                    (name, entry) ->
                        entries.add(
                            entry(new Located<>(name, entry.key().where()), entry.value()))));
    return entries;
  }

  private DatabaseEntry entry(Located<String> key, YamlNode node) {
    Optional<DatabaseName> name = name(key);
    Optional<YamlNode.Mapping> mapping = mapping(node);
    if (mapping.isEmpty()) {
      return new DatabaseEntry(key, Optional.empty());
    }
    Fields fields = Fields.of(mapping.get(), "a database", KEYS, findings);
    Optional<Located<Retention>> retention = fields.value("retention").flatMap(retentions::parse);
    Optional<Located<Integer>> maxTables = limit(fields, "maxTables");
    Optional<Located<Integer>> maxColumns = limit(fields, "maxColumnsPerTable");
    Optional<Located<PartitionTemplate>> template =
        fields
            .value("partitionTemplate")
            .flatMap(value -> new PartitionTemplateParser(findings).parse(value));
    Optional<Location> deleted = fields.value("state").flatMap(this::deleted);
    deleted.ifPresent(where -> refuseLife(fields, where));
    Optional<Located<DatabaseName>> renamed = fields.value("renamed").flatMap(this::formerName);
    Optional<Placement> placement = placement(fields);
    return new DatabaseEntry(
        key,
        name.map(
            known ->
                new DesiredDatabase(
                    known,
                    key.where(),
                    retention,
                    maxTables,
                    maxColumns,
                    template,
                    deleted,
                    renamed,
                    placement)));
  }

  private Optional<DatabaseName> name(Located<String> key) {
    String text = key.value();
    if (text.equals(Permission.ALL_DATABASES) || Permission.isPattern(text)) {
      findings.add(
          Diagnostic.error(
                  Code.BAD_DATABASE_NAME,
                  key.where(),
                  "\""
                      + text
                      + "\" is no name of a database"
                      + (text.equals(Permission.ALL_DATABASES)
                          ? "; it means all of them, in permissions"
                          : ""))
              .hint("make an entry for each database"));
      return Optional.empty();
    }
    if (!values.hasLengthOfDatabase(key, "give it a name that the cluster can have")) {
      return Optional.empty();
    }
    if (DatabaseName.isPathStep(text)) {
      findings.add(
          Diagnostic.error(
                  Code.BAD_DATABASE_NAME,
                  key.where(),
                  "a database must not be called \""
                      + text
                      + "\", which a path of the API cannot name")
              .hint("give it a name that the cluster can have"));
      return Optional.empty();
    }
    if (text.isBlank() || text.codePoints().anyMatch(Character::isISOControl)) {
      findings.add(
          Diagnostic.error(
                  Code.BAD_DATABASE_NAME,
                  key.where(),
                  "a database's name must "
                      + (text.isBlank() ? "not be blank" : "not contain control characters"))
              .hint("give it a name that people can read and type"));
      return Optional.empty();
    }
    if (!text.strip().equals(text)) {
      findings.add(
          Diagnostic.warning(
                  Code.BLANK_AT_EDGE,
                  key.where(),
                  "the name \"" + text + "\" begins or ends with a blank")
              .hint("leave the blank out, unless the database has it"));
    }
    return Optional.of(new DatabaseName(text));
  }

  private Optional<Located<DatabaseName>> formerName(YamlNode node) {
    if (node instanceof YamlNode.Sequence) {
      findings.add(
          Values.wrongType(node, "renamed must be one name")
              .hint("write the one name that the database has on the cluster: renamed: OLD"));
      return Optional.empty();
    }
    return values
        .words(node, "a database's name")
        .flatMap(text -> name(text).map(name -> new Located<>(name, text.where())));
  }

  /** A database of which nothing is said but its name needs no keys, and yet a value. */
  private Optional<YamlNode.Mapping> mapping(YamlNode node) {
    if (Values.isNull(node)) {
      findings.add(
          Values.missingValue(node, "a database must be a map")
              .hint("write {} for a database that only has to be there, or {retention: 90d}"));
      return Optional.empty();
    }
    return values.mapping(node, "a database", form(node));
  }

  /** Who writes one value alone means the retention, or the end. */
  private static String form(YamlNode node) {
    if (node instanceof YamlNode.Scalar scalar) {
      if (scalar.text().equals(DELETED)) {
        return "{state: " + DELETED + "}";
      }
      return "{retention: " + RetentionParser.meant(scalar.text()).orElse("90d") + "}";
    }
    return "{retention: 90d}";
  }

  private Optional<Located<Integer>> limit(Fields fields, String key) {
    return fields
        .value(key)
        .flatMap(
            node ->
                values
                    .wholeNumber(node, key, 1, Integer.MAX_VALUE)
                    .map(number -> new Located<>(number, node.where())));
  }

  private Optional<Location> deleted(YamlNode node) {
    return values.state(
        node,
        DELETED,
        "the only state of a database is " + DELETED + "; for one that is to live, remove the key");
  }

  /** What is said of a database that is to live, where it is to be deleted. */
  private void refuseLife(Fields fields, Location deleted) {
    for (String key : OF_LIVING) {
      fields
          .keyOf(key)
          .ifPresent(
              where ->
                  findings.add(
                      Diagnostic.error(
                              Code.CONTRADICTION,
                              where,
                              key
                                  + " is for a database that is to be there, and this one is to be"
                                  + " deleted")
                          .alsoAt(deleted)
                          .hint("remove " + key + ", or remove state: " + DELETED)));
    }
  }

  /** Most policies are for one cluster, and then these classes are not loaded. */
  private Optional<Placement> placement(Fields fields) {
    return fields.keyOf("clusters").isEmpty()
        ? Optional.empty()
        : new PlacementParser(findings).parse(fields);
  }
}
