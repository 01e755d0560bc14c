package io.tokenform.report.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.access.database.PartitionPart;
import io.tokenform.access.database.PartitionTemplate;
import io.tokenform.access.database.Retention;
import io.tokenform.access.database.UnreadableDatabase;
import io.tokenform.report.text.Style;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Live databases in each form. */
class DatabaseListTest {
  private static final Database ORDERS =
      new Database(
          new DatabaseName("orders"),
          Retention.parse("90d"),
          100,
          50,
          Optional.of(
              new PartitionTemplate(
                  List.of(
                      new PartitionPart.Time("%Y-%m"),
                      new PartitionPart.Tag("a, b"),
                      new PartitionPart.Bucket("room", 10)))));
  private static final Database FORMULA =
      new Database(new DatabaseName("=1+1\u202e"), Retention.INFINITE, 500, 200, Optional.empty());

  private static final DatabaseList LIST =
      new DatabaseList(
          new DatabaseListing(
              List.of("orders", "broken", "=1+1\u202e", "old"),
              List.of(ORDERS, FORMULA),
              List.of(
                  new UnreadableDatabase(2, Optional.of("broken"), "it has no maxTables"),
                  new UnreadableDatabase(5, Optional.empty(), "it has no name"))));

  @Test
  void theTableIsByNameAndForPeople() {
    assertThat(LIST.table(Style.PLAIN, OptionalInt.empty()))
        .isEqualTo(
            """
            NAME          RETENTION  MAX TABLES  MAX COLUMNS  PARTITION TEMPLATE
            "=1+1\\u202e"  infinite   500         200
            broken
            old
            orders        90 days    100         50           time "%Y-%m", tag "a, b", bucket room,10
            """);
  }

  @Test
  void aTableKeepsTheWidth() {
    assertThat(LIST.table(Style.PLAIN, OptionalInt.of(70)).lines())
        .allMatch(line -> line.length() <= 70)
        .anyMatch(line -> line.contains("orders") && line.endsWith("..."));
  }

  @Test
  void csvIsHarmlessInASpreadsheet() {
    assertThat(LIST.csv())
        .isEqualTo(
            """
            name,retention,maxTables,maxColumnsPerTable,partitionTemplate
            '=1+1\\u202e,infinite,500,200,
            broken,,,,
            old,,,,
            orders,90d,100,50,"time ""%Y-%m"", tag ""a, b"", bucket room,10"
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void jsonIsInTheFormOfTheManagementApi() throws Exception {
    JsonNode json = new ObjectMapper().readTree(LIST.json());

    assertThat(json)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    [
                      {"name": "=1+1\\u202e", "maxTables": 500, "maxColumnsPerTable": 200,
                       "retentionPeriod": 0, "retention": "infinite"},
                      {"name": "broken"},
                      {"name": "old"},
                      {"name": "orders", "maxTables": 100, "maxColumnsPerTable": 50,
                       "retentionPeriod": 7776000000000000, "retention": "90d",
                       "partitionTemplate": [
                         {"type": "time", "value": "%Y-%m"},
                         {"type": "tag", "value": "a, b"},
                         {"type": "bucket", "value": {"tagName": "room", "numberOfBuckets": 10}}]}
                    ]
                    """));
  }

  @Test
  void whatLooksLikeASecretIsMaskedEverywhere() {
    String secret = "apiv1_" + "A1b2C3d4".repeat(8);
    Database database =
        new Database(
            new DatabaseName("d"),
            Retention.INFINITE,
            1,
            1,
            Optional.of(
                new PartitionTemplate(
                    List.of(
                        new PartitionPart.Tag(secret),
                        new PartitionPart.Time(secret),
                        new PartitionPart.Bucket(secret, 1)))));
    DatabaseList list =
        new DatabaseList(new DatabaseListing(List.of("d", secret), List.of(database), List.of()));

    assertThat(list.table(Style.PLAIN, OptionalInt.empty()) + list.csv() + list.json())
        .doesNotContain(secret, "A1b2C3d4A1b2C3d4");
  }

  @Test
  void noDatabasesAreAHeadingAndAnEmptyArray() {
    DatabaseList none = new DatabaseList(DatabaseListing.of(List.of()));

    assertThat(none.json().strip()).isEqualTo("[ ]");
    assertThat(none.csv().lines()).hasSize(1);
  }
}
