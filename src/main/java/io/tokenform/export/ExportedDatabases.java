package io.tokenform.export;

import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.access.database.PartitionPart;
import io.tokenform.access.database.UnreadableDatabase;
import io.tokenform.policy.Expressible;
import io.tokenform.report.text.Excerpt;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Live databases as the databases section of a policy, which plans as nothing to change.
 *
 * @param databases those that a policy can name, by name
 * @param leftOut what a policy cannot say, a sentence without a full stop for each database and
 *     thing
 */
public record ExportedDatabases(List<Entry> databases, List<String> leftOut) {
  private static final String NO_RETENTION = "its retention is no whole number of seconds";
  private static final String NO_TEMPLATE = "its partition template has what looks like a secret";

  public ExportedDatabases {
    databases = List.copyOf(databases);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * A database.
   *
   * @param hasRetention whether a policy can say the retention that it has
   * @param hasTemplate whether it has a partition template that a policy can say
   */
  public record Entry(Database database, boolean hasRetention, boolean hasTemplate) {}

  /**
   * Exports the databases of a cluster.
   *
   * @param mask hides secrets that have no shape of their own, such as the management token
   */
  public static ExportedDatabases of(DatabaseListing live, UnaryOperator<String> mask) {
    SortedMap<DatabaseName, Entry> entries = new TreeMap<>();
    List<String> leftOut = new ArrayList<>();
    for (String name : new TreeSet<>(live.names())) {
      if (!Expressible.database(name) || !mask.apply(name).equals(name)) {
        leftOut.add(quoted(mask.apply(name)) + " is no name that a policy can hold");
        continue;
      }
      live.find(new DatabaseName(name))
          .ifPresentOrElse(
              database -> entries.put(database.name(), entry(database, mask, leftOut)),
              () -> leftOut.add(quoted(name) + " is left out: " + why(live, name)));
    }
    return new ExportedDatabases(List.copyOf(entries.values()), leftOut);
  }

  private static Entry entry(Database database, UnaryOperator<String> mask, List<String> leftOut) {
    boolean hasRetention = Expressible.retention(database.retention());
    if (!hasRetention) {
      leftOut.add(
          "the retention of "
              + quoted(database.name().value())
              + " is left out: it is "
              + database.retention().forPeople()
              + ", and a policy has whole seconds");
    }
    String template =
        database.partitionTemplate().isPresent()
            ? database.partitionTemplate().get().toString()
            : "";
    boolean hasTemplate = Expressible.text(template) && mask.apply(template).equals(template);
    if (!hasTemplate) {
      leftOut.add(
          "the partition template of "
              + quoted(database.name().value())
              + " is left out: it has what looks like a secret");
    }
    return new Entry(database, hasRetention, hasTemplate && !template.isEmpty());
  }

  private static String why(DatabaseListing live, String name) {
    for (UnreadableDatabase database : live.unreadable()) {
      if (database.name().isPresent() && database.name().get().equals(name)) {
        return database.why();
      }
    }
    return "its settings are not known";
  }

  private static String quoted(String name) {
    Excerpt excerpt = Excerpt.of(name, Excerpt.DESCRIPTION);
    return excerpt.withPlace(Printable.quoted(excerpt.text()));
  }

  /** Adds the section to a policy. */
  void addTo(StringBuilder out) {
    for (String sentence : leftOut) {
      out.append("# ").append(Printable.line(sentence)).append(".\n");
    }
    if (databases.isEmpty()) {
      out.append("databases: {}\n");
      return;
    }
    out.append("databases:\n");
    for (Entry entry : databases) {
      Database database = entry.database();
      out.append("  ").append(YamlText.name(database.name().value())).append(":\n");
      if (entry.hasRetention()) {
        out.append("    retention: ").append(database.retention().text()).append('\n');
      } else {
        out.append("    # The retention is left out: ").append(NO_RETENTION).append(".\n");
      }
      out.append("    maxTables: ").append(database.maxTables()).append('\n');
      out.append("    maxColumnsPerTable: ").append(database.maxColumnsPerTable()).append('\n');
      if (entry.hasTemplate()) {
        out.append("    partitionTemplate:\n");
        PartWriter writer = new PartWriter(out);
        for (PartitionPart part : database.partitionTemplate().orElseThrow().parts()) {
          out.append("      - {type: ").append(part.type()).append(", value: ");
          part.accept(writer);
          out.append("}\n");
        }
      } else if (database.partitionTemplate().isPresent()) {
        out.append("    # The partition template is left out: ").append(NO_TEMPLATE).append(".\n");
      }
    }
  }

  private record PartWriter(StringBuilder out) implements PartitionPart.Visitor<RuntimeException> {
    @Override
    public void visit(PartitionPart.Tag tag) {
      out.append(YamlText.name(tag.value()));
    }

    @Override
    public void visit(PartitionPart.Time time) {
      out.append(YamlText.name(time.value()));
    }

    @Override
    public void visit(PartitionPart.Bucket bucket) {
      out.append("{tagName: ")
          .append(YamlText.name(bucket.tagName()))
          .append(", numberOfBuckets: ")
          .append(bucket.numberOfBuckets())
          .append('}');
    }
  }
}
