package io.tokenform.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.access.database.PartitionPart;
import io.tokenform.access.database.PartitionTemplate;
import io.tokenform.access.database.Retention;
import io.tokenform.access.database.UnreadableDatabase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads one database to its end, whatever is wrong with it, so that those after it can be read, and
 * so that it can be named.
 *
 * <p>Nothing is guessed of how long a database keeps its data, or of its limits: one that has no
 * value that can be understood cannot be read. No retention at all is infinite, as the API has it.
 */
final class DatabaseReader {
  private final HarmlessTexts texts;
  private boolean hasName;
  private boolean hasTables;
  private boolean hasColumns;
  private boolean hasRetention;
  private boolean hasTemplate;

  private Optional<String> name = Optional.empty();
  private Optional<DatabaseName> key = Optional.empty();
  private int maxTables;
  private int maxColumnsPerTable;
  private Retention retention = Retention.INFINITE;
  private Optional<PartitionTemplate> template = Optional.empty();

  private Optional<String> unnamed = Optional.of("it has no name");
  private Optional<String> wrong = Optional.empty();

  private DatabaseReader(HarmlessTexts texts) {
    this.texts = texts;
  }

  /**
   * Reads the value at which the parser stands, to its end.
   *
   * @param texts takes its texts in
   * @throws IOException if it cannot be read on: the JSON is not well-formed, or ends
   */
  static DatabaseReader read(JsonParser json, HarmlessTexts texts) throws IOException {
    DatabaseReader reader = new DatabaseReader(texts);
    reader.read(json);
    return reader;
  }

  /** What makes it unreadable, as part of a sentence; absent for one that can be read. */
  Optional<String> problem() {
    return unnamed.isPresent() ? unnamed : wrong;
  }

  /** The name as the cluster has it, where there is one. */
  Optional<String> name() {
    return name;
  }

  /**
   * The database.
   *
   * @throws java.util.NoSuchElementException if there is a {@link #problem}
   */
  Database database() {
    return new Database(key.orElseThrow(), retention, maxTables, maxColumnsPerTable, template);
  }

  /**
   * The database as one that cannot be read.
   *
   * @param number which one of the listing it is
   */
  UnreadableDatabase unreadable(int number, String why) {
    return new UnreadableDatabase(number, name, why);
  }

  private void read(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      unnamed = Optional.of("it is not an object");
      json.skipChildren();
      return;
    }
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      json.nextToken();
      switch (field) {
        case "name" -> {
          if (isFirst(field, hasName)) {
            hasName = true;
            readName(json);
          }
        }
        case "maxTables" -> {
          if (isFirst(field, hasTables)) {
            hasTables = true;
            maxTables = readLimit(json, field);
          }
        }
        case "maxColumnsPerTable" -> {
          if (isFirst(field, hasColumns)) {
            hasColumns = true;
            maxColumnsPerTable = readLimit(json, field);
          }
        }
        case "retentionPeriod" -> {
          if (isFirst(field, hasRetention)) {
            hasRetention = true;
            readRetention(json);
          }
        }
        case "partitionTemplate" -> {
          if (isFirst(field, hasTemplate)) {
            hasTemplate = true;
            readTemplate(json);
          }
        }
        default -> {}
      }
      json.skipChildren();
    }
    if (!hasTables) {
      wrong("it has no maxTables");
    }
    if (!hasColumns) {
      wrong("it has no maxColumnsPerTable");
    }
  }

  /** Whether the field appears for the first time: another one would contradict the first. */
  private boolean isFirst(String field, boolean wasThere) {
    if (wasThere) {
      wrong("it has two of " + field);
    }
    return !wasThere;
  }

  private void readName(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING || json.getText().isEmpty()) {
      return;
    }
    String text = json.getText();
    String harmless = texts.name(text);
    name = Optional.of(harmless);
    unnamed = Optional.empty();
    if (!harmless.equals(text)) {
      // No call could name it.
      wrong("its name holds a secret");
      return;
    }
    try {
      key = Optional.of(new DatabaseName(text));
    } catch (IllegalArgumentException e) {
      wrong(e.getMessage());
    }
  }

  private int readLimit(JsonParser json, String field) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT
        && json.getNumberType() == JsonParser.NumberType.INT
        && json.getIntValue() >= 1) {
      return json.getIntValue();
    }
    wrong("its " + field + " is not a whole number from 1 to " + Integer.MAX_VALUE);
    return 1;
  }

  private void readRetention(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT
        && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER
        && json.getLongValue() >= 0) {
      retention = Retention.ofNanoseconds(json.getLongValue());
    } else {
      wrong("its retentionPeriod is not a whole number of nanoseconds from 0");
    }
  }

  private void readTemplate(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      wrong("its partitionTemplate is not a list");
      return;
    }
    List<PartitionPart> parts = new ArrayList<>();
    boolean isWhole = true;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      Optional<PartitionPart> part = readPart(json);
      if (part.isPresent()) {
        parts.add(part.get());
      }
      isWhole &= part.isPresent();
    }
    // How some servers write that there is none.
    if (!isWhole || parts.isEmpty()) {
      return;
    }
    try {
      template = Optional.of(new PartitionTemplate(parts));
    } catch (IllegalArgumentException e) {
      wrong(e.getMessage());
    }
  }

  private Optional<PartitionPart> readPart(JsonParser json) throws IOException {
    String type = "";
    Optional<String> text = Optional.empty();
    Optional<PartitionPart> bucket = Optional.empty();
    if (json.currentToken() == JsonToken.START_OBJECT) {
      for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
        json.nextToken();
        boolean isText = json.currentToken() == JsonToken.VALUE_STRING;
        if (field.equals("type") && isText) {
          type = json.getText();
        } else if (field.equals("value") && isText) {
          text = Optional.of(texts.text(json.getText()));
        } else if (field.equals("value") && json.currentToken() == JsonToken.START_OBJECT) {
          bucket = readBucket(json);
        }
        json.skipChildren();
      }
    }
    json.skipChildren();
    Optional<PartitionPart> part =
        switch (type) {
          case "tag" -> text.filter(value -> !value.isEmpty()).map(PartitionPart.Tag::new);
          case "time" -> text.filter(value -> !value.isEmpty()).map(PartitionPart.Time::new);
          case "bucket" -> bucket;
          default -> Optional.empty();
        };
    if (part.isEmpty()) {
      wrong("its partitionTemplate has a part that is no tag, time or bucket");
    }
    return part;
  }

  private Optional<PartitionPart> readBucket(JsonParser json) throws IOException {
    Optional<String> tag = Optional.empty();
    int buckets = 0;
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      json.nextToken();
      if (field.equals("tagName") && json.currentToken() == JsonToken.VALUE_STRING) {
        tag = Optional.of(texts.text(json.getText()));
      } else if (field.equals("numberOfBuckets")
          && json.currentToken() == JsonToken.VALUE_NUMBER_INT
          && json.getNumberType() == JsonParser.NumberType.INT) {
        buckets = json.getIntValue();
      }
      json.skipChildren();
    }
    return tag.isPresent()
            && !tag.get().isEmpty()
            && buckets >= 1
            && buckets <= PartitionPart.MAX_BUCKETS
        ? Optional.of(new PartitionPart.Bucket(tag.get(), buckets))
        : Optional.empty();
  }

  private void wrong(String why) {
    if (wrong.isEmpty()) {
      wrong = Optional.of(why);
    }
  }
}
