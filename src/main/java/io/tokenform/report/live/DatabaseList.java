package io.tokenform.report.live;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenform.access.SecretShapes;
import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.access.database.PartitionPart;
import io.tokenform.access.database.PartitionTemplate;
import io.tokenform.live.JsonDocument;
import io.tokenform.report.text.Csv;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import io.tokenform.report.text.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Live databases by their names, as a table for people, as JSON, or as comma-separated values.
 * Those of which only the name is known, because they cannot be read or because an older snapshot
 * has them like that, are there without settings: they are there.
 */
public final class DatabaseList {
  private final TreeMap<String, Optional<Database>> databases = new TreeMap<>();

  public DatabaseList(DatabaseListing listing) {
    for (String name : listing.names()) {
      databases.put(name, Optional.empty());
    }
    for (Database database : listing.databases()) {
      databases.put(database.name().value(), Optional.of(database));
    }
  }

  /**
   * A line for each database, as lines that each end in a line break.
   *
   * @param width how wide a line may be
   */
  public String table(Style style, OptionalInt width) {
    Table table =
        new Table()
            .column("NAME", Table.Fit.TEXT)
            .column("RETENTION", Table.Fit.WHOLE)
            .column("MAX TABLES", Table.Fit.WHOLE)
            .column("MAX COLUMNS", Table.Fit.WHOLE)
            .column("PARTITION TEMPLATE", Table.Fit.LIST);
    databases.forEach(
        (name, known) ->
            table.row(
                Printable.name(name),
                known.map(database -> database.retention().forPeople()).orElse(""),
                known.map(database -> Integer.toString(database.maxTables())).orElse(""),
                known.map(database -> Integer.toString(database.maxColumnsPerTable())).orElse(""),
                known.flatMap(Database::partitionTemplate).map(DatabaseList::cell).orElse("")));
    return table.render(style, width);
  }

  private static String cell(PartitionTemplate template) {
    List<String> parts = new ArrayList<>();
    for (PartitionPart part : template.parts()) {
      part.accept(
          new PartitionPart.Visitor<RuntimeException>() {
            @Override
            public void visit(PartitionPart.Tag tag) {
              parts.add("tag " + Printable.name(tag.value()));
            }

            @Override
            public void visit(PartitionPart.Time time) {
              parts.add("time " + Printable.name(time.value()));
            }

            @Override
            public void visit(PartitionPart.Bucket bucket) {
              parts.add(
                  "bucket " + Printable.name(bucket.tagName()) + "," + bucket.numberOfBuckets());
            }
          });
    }
    return String.join(", ", parts);
  }

  /** Comma-separated values with a heading; a retention is as in a policy. */
  public String csv() {
    Csv csv = new Csv();
    csv.row("name", "retention", "maxTables", "maxColumnsPerTable", "partitionTemplate");
    databases.forEach(
        (name, known) ->
            csv.row(
                Printable.line(name),
                known.map(database -> database.retention().text()).orElse(""),
                known.map(database -> Integer.toString(database.maxTables())).orElse(""),
                known.map(database -> Integer.toString(database.maxColumnsPerTable())).orElse(""),
                known.flatMap(Database::partitionTemplate).map(DatabaseList::cell).orElse("")));
    return csv.toString();
  }

  /** An array of databases in the form of the Management API, each with its retention as text. */
  public String json() {
    return JsonDocument.of(
        out -> {
          out.writeStartArray();
          for (String name : databases.keySet()) {
            out.writeStartObject();
            out.writeStringField("name", SecretShapes.mask(name));
            Optional<Database> known = databases.get(name);
            if (known.isPresent()) {
              writeSettings(known.get(), out);
            }
            out.writeEndObject();
          }
          out.writeEndArray();
        });
  }

  private static void writeSettings(Database database, JsonGenerator out) throws IOException {
    out.writeNumberField("maxTables", database.maxTables());
    out.writeNumberField("maxColumnsPerTable", database.maxColumnsPerTable());
    out.writeNumberField("retentionPeriod", database.retention().nanoseconds());
    out.writeStringField("retention", database.retention().text());
    if (database.partitionTemplate().isPresent()) {
      out.writeArrayFieldStart("partitionTemplate");
      for (PartitionPart part : database.partitionTemplate().get().parts()) {
        out.writeStartObject();
        out.writeStringField("type", part.type());
        part.accept(new JsonParts(out));
        out.writeEndObject();
      }
      out.writeEndArray();
    }
  }

  /** Writes the values of parts. */
  private record JsonParts(JsonGenerator out) implements PartitionPart.Visitor<IOException> {
    @Override
    public void visit(PartitionPart.Tag tag) throws IOException {
      out.writeStringField("value", SecretShapes.mask(tag.value()));
    }

    @Override
    public void visit(PartitionPart.Time time) throws IOException {
      out.writeStringField("value", SecretShapes.mask(time.value()));
    }

    @Override
    public void visit(PartitionPart.Bucket bucket) throws IOException {
      out.writeObjectFieldStart("value");
      out.writeStringField("tagName", SecretShapes.mask(bucket.tagName()));
      out.writeNumberField("numberOfBuckets", bucket.numberOfBuckets());
      out.writeEndObject();
    }
  }
}
