package io.tokenform.cluster;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tokenform.access.Masking;
import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.access.database.PartitionPart;
import io.tokenform.access.database.PartitionTemplate;
import io.tokenform.access.database.Retention;
import io.tokenform.access.database.UnreadableDatabase;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The Management API's JSON of databases, as a stream like that of tokens. {@link DatabaseReader}
 * says what is made of values that are not what the API promises.
 */
final class DatabaseJson {
  private DatabaseJson() {}

  /** The body of a POST: the name, and what else is present. */
  static String write(DatabaseCreation creation) {
    StringWriter body = new StringWriter();
    try (JsonGenerator json = TokenJson.FACTORY.createGenerator(body)) {
      json.writeStartObject();
      json.writeStringField("name", creation.name().value());
      writeSettings(
          json, creation.maxTables(), creation.maxColumnsPerTable(), creation.retention());
      if (creation.partitionTemplate().isPresent()) {
        write(json, creation.partitionTemplate().get());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to a string cannot fail", e);
    }
    return body.toString();
  }

  /** The body of a PATCH: the fields that change. */
  static String write(DatabaseUpdate update) {
    StringWriter body = new StringWriter();
    try (JsonGenerator json = TokenJson.FACTORY.createGenerator(body)) {
      json.writeStartObject();
      writeSettings(json, update.maxTables(), update.maxColumnsPerTable(), update.retention());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to a string cannot fail", e);
    }
    return body.toString();
  }

  /** The body of a PUT that renames. */
  static String writeName(DatabaseName name) {
    StringWriter body = new StringWriter();
    try (JsonGenerator json = TokenJson.FACTORY.createGenerator(body)) {
      json.writeStartObject();
      json.writeStringField("name", name.value());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to a string cannot fail", e);
    }
    return body.toString();
  }

  private static void writeSettings(
      JsonGenerator json,
      OptionalInt maxTables,
      OptionalInt maxColumnsPerTable,
      Optional<Retention> retention)
      throws IOException {
    if (maxTables.isPresent()) {
      json.writeNumberField("maxTables", maxTables.getAsInt());
    }
    if (maxColumnsPerTable.isPresent()) {
      json.writeNumberField("maxColumnsPerTable", maxColumnsPerTable.getAsInt());
    }
    if (retention.isPresent()) {
      json.writeNumberField("retentionPeriod", retention.get().nanoseconds());
    }
  }

  private static void write(JsonGenerator json, PartitionTemplate template) throws IOException {
    PartWriter writer = new PartWriter(json);
    json.writeArrayFieldStart("partitionTemplate");
    for (PartitionPart part : template.parts()) {
      json.writeStartObject();
      json.writeStringField("type", part.type());
      part.accept(writer);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Writes the values of parts. */
  private static final class PartWriter implements PartitionPart.Visitor<IOException> {
    private final JsonGenerator json;

    PartWriter(JsonGenerator json) {
      this.json = json;
    }

    @Override
    public void visit(PartitionPart.Tag tag) throws IOException {
      json.writeStringField("value", tag.value());
    }

    @Override
    public void visit(PartitionPart.Time time) throws IOException {
      json.writeStringField("value", time.value());
    }

    @Override
    public void visit(PartitionPart.Bucket bucket) throws IOException {
      json.writeObjectFieldStart("value");
      json.writeStringField("tagName", bucket.tagName());
      json.writeNumberField("numberOfBuckets", bucket.numberOfBuckets());
      json.writeEndObject();
    }
  }

  /**
   * Reads the array of databases that a listing is. A database that is listed several times and
   * always the same is there once. One that has no name, which no permission can be about, is set
   * aside with the others that cannot be read, unless all are like that.
   *
   * @param masking what no text of it may repeat
   * @throws UnexpectedAnswerException if it is anything else
   */
  static DatabaseListing readDatabases(JsonParser json, Masking masking) throws IOException {
    if (TokenJson.isNone(json)) {
      return new DatabaseListing(List.of(), List.of(), List.of());
    }
    Set<String> names = new LinkedHashSet<>();
    Map<String, Database> databases = new LinkedHashMap<>();
    List<UnreadableDatabase> unreadable = new ArrayList<>();
    HarmlessTexts texts = new HarmlessTexts(masking);
    for (int number = 1; json.nextToken() != JsonToken.END_ARRAY; number++) {
      DatabaseReader read = DatabaseReader.read(json, texts);
      Optional<String> name = read.name();
      Optional<String> problem = read.problem();
      if (name.isEmpty() || names.add(name.get())) {
        if (problem.isPresent()) {
          unreadable.add(read.unreadable(number, problem.get()));
        } else {
          databases.put(name.get(), read.database());
        }
        continue;
      }
      Database former = databases.get(name.get());
      if (former != null && (problem.isPresent() || !former.equals(read.database()))) {
        databases.remove(name.get());
        unreadable.add(read.unreadable(number, "it is listed several times, with differences"));
      }
    }
    TokenJson.expectEnd(json);
    if (names.isEmpty() && !unreadable.isEmpty()) {
      throw new UnexpectedAnswerException("no database of the listing has a name");
    }
    return new DatabaseListing(
        new ArrayList<>(names), new ArrayList<>(databases.values()), unreadable);
  }

  /**
   * Reads one database.
   *
   * @throws UnexpectedAnswerException if it cannot be read
   */
  static Database readDatabase(JsonParser json, Masking masking) throws IOException {
    TokenJson.start(json);
    DatabaseReader read = DatabaseReader.read(json, new HarmlessTexts(masking));
    if (read.problem().isPresent()) {
      throw new UnexpectedAnswerException(
          read.name().map(name -> "the database \"" + name + "\"").orElse("the database")
              + " cannot be read: "
              + read.problem().get());
    }
    TokenJson.expectEnd(json);
    return read.database();
  }
}
