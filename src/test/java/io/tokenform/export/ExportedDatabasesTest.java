package io.tokenform.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.access.database.PartitionPart;
import io.tokenform.access.database.PartitionTemplate;
import io.tokenform.access.database.Retention;
import io.tokenform.access.database.UnreadableDatabase;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.Located;
import io.tokenform.finding.SourceText;
import io.tokenform.policy.PolicyParser;
import io.tokenform.policy.database.DesiredDatabase;
import io.tokenform.yaml.PolicyFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ExportedDatabasesTest {
  private static final Retention NINETY_DAYS = Retention.of(Duration.ofDays(90));
  private static final String SECRET = "apiv1_" + "s3cr3t".repeat(14);

  private static Database database(String name, Retention retention, PartitionPart... parts) {
    return new Database(
        new DatabaseName(name),
        retention,
        500,
        200,
        parts.length == 0 ? Optional.empty() : Optional.of(new PartitionTemplate(List.of(parts))));
  }

  private static ExportedDatabases export(Database... databases) {
    return ExportedDatabases.of(DatabaseListing.of(List.of(databases)), UnaryOperator.identity());
  }

  private static ExportedPolicy policy(ExportedDatabases databases) {
    return new ExportedPolicy(
        Optional.empty(),
        Optional.empty(),
        new Export(List.of(), List.of(), List.of()),
        Optional.of(databases));
  }

  private static String text(ExportedDatabases databases) {
    String whole = policy(databases).whole();
    return whole.substring(whole.indexOf("databases:"), whole.indexOf("tokens: {}"));
  }

  private static List<DesiredDatabase> read(ExportedDatabases databases) {
    try {
      return PolicyParser.parse(new SourceText("p.yaml", policy(databases).whole())).databases();
    } catch (InvalidPolicyException e) {
      throw new AssertionError(policy(databases).whole() + e.findings(), e);
    }
  }

  @Test
  void everySettingIsWrittenByName() {
    assertThat(
            text(
                export(
                    database(
                        "orders",
                        NINETY_DAYS,
                        new PartitionPart.Tag("region"),
                        new PartitionPart.Time("%Y-%m"),
                        new PartitionPart.Bucket("customer id", 100)),
                    database("logs", Retention.INFINITE))))
        .isEqualTo(
            """
            databases:
              logs:
                retention: infinite
                maxTables: 500
                maxColumnsPerTable: 200

              orders:
                retention: 90d
                maxTables: 500
                maxColumnsPerTable: 200
                partitionTemplate:
                  - {type: tag, value: region}
                  - {type: time, value: "%Y-%m"}
                  - {type: bucket, value: {tagName: "customer id", numberOfBuckets: 100}}

            """);
  }

  @Test
  void aClusterWithoutDatabasesHasAnEmptySection() {
    assertThat(text(export())).isEqualTo("databases: {}\n");
  }

  @Test
  void whatAPolicyCannotSayIsLeftOutAndTold() {
    ExportedDatabases exported =
        ExportedDatabases.of(
            new DatabaseListing(
                List.of("a*b", "bare", "broken", "fine", "odd", "tagged"),
                List.of(
                    database("a*b", NINETY_DAYS),
                    database("fine", NINETY_DAYS),
                    database("odd", Retention.ofNanoseconds(1_500_000_000L)),
                    database("tagged", NINETY_DAYS, new PartitionPart.Tag(SECRET))),
                List.of(new UnreadableDatabase(3, Optional.of("broken"), "it has no maxTables"))),
            UnaryOperator.identity());

    assertThat(policy(exported).omissions())
        .containsExactly(
            "\"a*b\" is no name that a policy can hold",
            "\"bare\" is left out: its settings are not known",
            "\"broken\" is left out: it has no maxTables",
            "the retention of \"odd\" is left out: it is 1500 milliseconds, and a policy has whole"
                + " seconds",
            "the partition template of \"tagged\" is left out: it has what looks like a secret");
    assertThat(policy(exported).whole())
        .contains("# \"broken\" is left out: it has no maxTables.\n");
    assertThat(read(exported))
        .extracting(database -> database.name().value())
        .containsExactly("fine", "odd", "tagged");
    assertThat(read(exported).get(1).retention()).isEmpty();
    assertThat(read(exported).get(2).partitionTemplate()).isEmpty();
    assertThat(policy(exported).whole()).doesNotContain(SECRET);
  }

  @Test
  void aNameThatNoPathCanHaveIsLeftOut() {
    ExportedDatabases exported =
        ExportedDatabases.of(
            new DatabaseListing(
                List.of("..", ".", "...", "logs"),
                List.of(database("...", NINETY_DAYS), database("logs", NINETY_DAYS)),
                List.of()),
            UnaryOperator.identity());

    assertThat(policy(exported).omissions())
        .containsExactly(
            "\".\" is no name that a policy can hold", "\"..\" is no name that a policy can hold");
    assertThat(read(exported))
        .extracting(database -> database.name().value())
        .containsExactly("...", "logs");
  }

  @Test
  void aSecretThatTheRunKnowsIsInNoName() {
    ExportedDatabases exported =
        ExportedDatabases.of(
            DatabaseListing.of(
                List.of(
                    database("hunter2-orders", NINETY_DAYS),
                    database("logs", NINETY_DAYS, new PartitionPart.Tag("hunter2")))),
            text -> text.replace("hunter2", "[secret]"));
    assertThat(policy(exported).whole() + policy(exported).omissions()).doesNotContain("hunter2");
    assertThat(exported.databases()).hasSize(1);
  }

  @Test
  void severalFilesHaveOneWithTheDatabases() {
    Map<String, String> files = policy(export(database("orders", NINETY_DAYS))).files();
    assertThat(files).containsOnlyKeys("cluster.yaml", "databases.yaml");
    assertThat(files.get("databases.yaml")).contains("databases:\n  orders:\n    retention: 90d\n");
    assertThat(policy(export()).files().get("cluster.yaml")).doesNotContain("databases");
  }

  /** What is read of the text is what was live, whatever the names and the order. */
  @Test
  void whatIsExportedIsReadAgain() throws InvalidPolicyException {
    long seed = Long.getLong("worlds.seed", System.nanoTime());
    Random random = new Random(seed);
    List<String> names =
        List.of(
            "orders", "1", "true", "a b", "caf\u00e9", "x: y", "#", "'", "\"", "{", "\u202e", "~");
    for (int i = 0; i < 300; i++) {
      List<Database> live = new ArrayList<>();
      for (String name : names) {
        if (random.nextBoolean()) {
          PartitionPart[] parts =
              random.nextBoolean()
                  ? new PartitionPart[0]
                  : new PartitionPart[] {
                    new PartitionPart.Tag(names.get(random.nextInt(names.size()))),
                    new PartitionPart.Time(names.get(random.nextInt(names.size()))),
                    new PartitionPart.Bucket(
                        names.get(random.nextInt(names.size())), 1 + random.nextInt(100_000))
                  };
          Retention retention =
              random.nextBoolean()
                  ? Retention.INFINITE
                  : Retention.of(Duration.ofSeconds(1 + random.nextInt(100_000_000)));
          live.add(database(name, retention, parts));
        }
      }
      Collections.shuffle(live, random);
      ExportedDatabases exported = export(live.toArray(Database[]::new));
      assertThat(exported.leftOut()).as("seed %d", seed).isEmpty();
      List<Database> again = new ArrayList<>();
      for (DesiredDatabase desired : read(exported)) {
        again.add(
            new Database(
                desired.name(),
                desired.retention().orElseThrow().value(),
                desired.maxTables().orElseThrow().value(),
                desired.maxColumnsPerTable().orElseThrow().value(),
                desired.partitionTemplate().map(Located::value)));
      }
      assertThat(again).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(live);
      String whole = policy(exported).whole();
      assertThat(PolicyFormat.format(new SourceText("p.yaml", whole))).isEqualTo(whole);
    }
  }
}
