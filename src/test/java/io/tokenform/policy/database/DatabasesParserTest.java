package io.tokenform.policy.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.database.DatabaseName;
import io.tokenform.access.database.PartitionPart;
import io.tokenform.access.database.PartitionTemplate;
import io.tokenform.access.database.Retention;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Located;
import io.tokenform.finding.SourceText;
import io.tokenform.policy.Policy;
import io.tokenform.policy.PolicyParser;
import io.tokenform.policy.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a policy says of databases, and what it cannot say. */
class DatabasesParserTest {
  private static final Retention NINETY_DAYS = Retention.of(Duration.ofDays(90));

  static Policy policy(String databases) throws Exception {
    return PolicyParser.parse(new SourceText("p.yaml", "version: 1\ndatabases:\n" + databases));
  }

  private static DesiredDatabase database(String keys) throws Exception {
    List<DesiredDatabase> databases = policy("  orders: {" + keys + "}\n").databases();
    assertThat(databases).hasSize(1);
    return databases.get(0);
  }

  private static Diagnostic finding(String keys) {
    return only("  orders: {" + keys + "}\n");
  }

  private static Diagnostic only(String databases) {
    List<Diagnostic> findings = Reading.findings("version: 1\ndatabases:\n" + databases);
    assertThat(findings).as(Reading.shown(findings)).hasSize(1);
    return findings.get(0);
  }

  private static <T> Optional<T> value(Optional<Located<T>> located) {
    return located.map(Located::value);
  }

  @Test
  void everyKeyIsRead() throws Exception {
    Policy policy =
        policy(
            """
              orders:
                retention: 90d
                maxTables: 500
                maxColumnsPerTable: 250
                partitionTemplate:
                  - {type: tag, value: region}
                  - {type: time, value: "%Y-%m"}
                  - {type: bucket, value: {tagName: customer, numberOfBuckets: 100}}
                renamed: sales
              logs: {}
              old: {state: deleted}
            """);

    assertThat(policy.databases())
        .extracting(database -> database.name().value())
        .containsExactly("logs", "old", "orders");
    DesiredDatabase logs = policy.databases().get(0);
    assertThat(logs).isEqualTo(DesiredDatabase.of(new DatabaseName("logs"), logs.where()));
    assertThat(policy.databases().get(1).isDeleted()).isTrue();
    DesiredDatabase orders = policy.databases().get(2);
    assertThat(value(orders.retention())).contains(NINETY_DAYS);
    assertThat(value(orders.maxTables())).contains(500);
    assertThat(value(orders.maxColumnsPerTable())).contains(250);
    assertThat(value(orders.partitionTemplate()))
        .contains(
            new PartitionTemplate(
                List.of(
                    new PartitionPart.Tag("region"),
                    new PartitionPart.Time("%Y-%m"),
                    new PartitionPart.Bucket("customer", 100))));
    assertThat(value(orders.renamed())).contains(new DatabaseName("sales"));
    assertThat(orders.isDeleted()).isFalse();
    assertThat(orders.where().line()).isEqualTo(3);
    assertThat(orders.retention().orElseThrow().where().line()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"90d, 90", "2160h, 90", "129600m, 90", "36500d, 36500", "0090d, 90"})
  void aRetentionIsANumberAndItsUnit(String text, int days) throws Exception {
    assertThat(value(database("retention: " + text).retention()))
        .contains(Retention.of(Duration.ofDays(days)));
  }

  @Test
  void dataMayBeKeptForGood() throws Exception {
    assertThat(value(database("retention: infinite").retention())).contains(Retention.INFINITE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "90| a number needs its unit; write 90d",
        "0| write infinite for data that is kept for good",
        "7776000000000000| a number needs its unit; write 90d",
        "0d| write retention: infinite",
        "0s| write retention: infinite",
        "forever| write retention: infinite",
        "Infinite| write retention: infinite",
        "never| write retention: infinite",
        "2w| write retention: 14d",
        "1y| write retention: 365d",
        "1mo| write retention: 30d",
        "90 days| write retention: 90d",
        "1d12h| write retention: 36h",
        "2.5d| write retention: 60h",
        "P90D| write retention: 90d",
        "7776000000000000ns| write retention: 90d",
      })
  void anotherFormOfARetentionIsExplained(String text, String hint) {
    Diagnostic found = finding("retention: " + text);
    assertThat(found.hint()).contains(hint);
    assertThat(found.where().column()).isEqualTo(23);
    assertThat(found.where().length()).isEqualTo(text.length());
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-5d", "ninety", "9999999999d", "[90d]", "true", "~"})
  void whatIsNoRetentionIsRefused(String text) {
    assertThat(finding("retention: " + text).hint()).isPresent();
  }

  @Test
  void aRetentionThatNoClusterCanHaveIsRefused() {
    Diagnostic found = finding("retention: 200000d");
    assertThat(found.message())
        .isEqualTo("\"200000d\" is longer than 292 years, the longest retention; write infinite");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "2147483648", "many", "\"5\"", "[5]"})
  void aLimitIsAWholeNumberFromOne(String number) {
    for (String key : List.of("maxTables", "maxColumnsPerTable")) {
      assertThat(finding(key + ": " + number).message())
          .startsWith(key + " must be a whole number from 1 to 2147483647");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "retentionPeriod, retention",
    "retension, retention",
    "retention-period, retention",
    "maxTable, maxTables",
    "maxColumns, maxColumnsPerTable",
    "template, partitionTemplate",
    "was, renamed",
    "rename, renamed",
    "status, state"
  })
  void aMisspeltKeyIsRecognized(String key, String right) {
    Diagnostic found = finding(key + ": x");
    assertThat(found.code().word()).isEqualTo("unknown-key");
    assertThat(found.hint()).contains("did you mean \"" + right + "\"?");
  }

  @Test
  void permissionsAreNotSaidOfDatabases() {
    assertThat(finding("read: [grafana]").hint())
        .contains("what may be done with a database is said with each token");
  }

  @Test
  void thePlacesAreShown() {
    assertThat(
            Reading.shown(
                """
                version: 1
                databases:
                  orders: {retention: 90 days, maxTables: 0}
                  old: {state: delete}
                  "*": {}
                  logs-*: {}
                  plain:
                  short: 30d
                  gone: {state: deleted, retention: 90d, renamed: former}
                """))
        .isEqualTo(
            """
            p.yaml:3:23: error[bad-duration]: "90 days" is not a retention such as 90d, 12h or infinite
              3 |   orders: {retention: 90 days, maxTables: 0}
                |                       ^^^^^^^
              hint: write retention: 90d
            p.yaml:3:43: error[wrong-type]: maxTables must be a whole number from 1 to 2147483647, but this is 0
              3 |   orders: {retention: 90 days, maxTables: 0}
                |                                           ^
              hint: write a number of that range, without quotes
            p.yaml:4:16: error[unknown-state]: there is no state "delete"
              4 |   old: {state: delete}
                |                ^^^^^^
              hint: did you mean "deleted"?
            p.yaml:5:3: error[bad-database-name]: "*" is no name of a database; it means all of them, in permissions
              5 |   "*": {}
                |   ^^^
              hint: make an entry for each database
            p.yaml:6:3: error[bad-database-name]: "logs-*" is no name of a database
              6 |   logs-*: {}
                |   ^^^^^^
              hint: make an entry for each database
            p.yaml:7:9: error[missing-value]: a database must be a map, but there is nothing here
              7 |   plain:
                |         ^
              hint: write {} for a database that only has to be there, or {retention: 90d}
            p.yaml:8:10: error[wrong-type]: a database must be a map, but this is a string
              8 |   short: 30d
                |          ^^^
              hint: write {retention: 30d}
            p.yaml:9:26: error[contradiction]: retention is for a database that is to be there, and this one is to be deleted
              9 |   gone: {state: deleted, retention: 90d, renamed: former}
                |                          ^^^^^^^^^
              see also p.yaml:9:17
              9 |   gone: {state: deleted, retention: 90d, renamed: former}
                |                 ^^^^^^^
              hint: remove retention, or remove state: deleted
            p.yaml:9:42: error[contradiction]: renamed is for a database that is to be there, and this one is to be deleted
              9 |   gone: {state: deleted, retention: 90d, renamed: former}
                |                                          ^^^^^^^
              see also p.yaml:9:17
              9 |   gone: {state: deleted, retention: 90d, renamed: former}
                |                 ^^^^^^^
              hint: remove renamed, or remove state: deleted
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {".", ".."})
  void aNameThatNoPathCanHaveIsRefusedAsAnOldOneToo(String name) {
    for (Diagnostic found :
        List.of(only("  \"" + name + "\": {}\n"), finding("renamed: \"" + name + "\""))) {
      assertThat(found.code().word()).isEqualTo("bad-database-name");
      assertThat(found.message())
          .isEqualTo(
              "a database must not be called \""
                  + name
                  + "\", which a path of the API cannot name");
    }
  }

  @Test
  void nothingIsSaidOfADatabaseThatIsToBeDeleted() {
    for (String key :
        List.of(
            "retention: 90d",
            "maxTables: 1",
            "maxColumnsPerTable: 1",
            "partitionTemplate: [{type: tag, value: a}]",
            "renamed: former")) {
      Diagnostic found = finding("state: deleted, " + key);
      assertThat(found.code().word()).isEqualTo("contradiction");
      assertThat(found.where().column()).isEqualTo(28);
      assertThat(found.other()).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"absent", "dropped", "removed", "revoked", "present"})
  void thereIsOneState(String state) {
    Diagnostic found = finding("state: " + state);
    assertThat(found.code().word()).isEqualTo("unknown-state");
    assertThat(found.hint())
        .contains(
            "the only state of a database is deleted; for one that is to live, remove the key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tag",
        "[]",
        "[tag]",
        "[{}]",
        "[{type: tag}]",
        "[{value: a}]",
        "[{type: table, value: a}]",
        "[{type: tag, value: \"\"}]",
        "[{type: time, value: 5}]",
        "[{type: bucket, value: a}]",
        "[{type: bucket, value: {tagName: a, numberOfBuckets: 0}}]",
        "[{type: bucket, value: {tagName: a, numberOfBuckets: 100001}}]",
        "[{type: tag, value: a}, {type: tag, value: a}]",
        "[{tag: a}]",
      })
  void aTemplateThatNoClusterTakesIsRefused(String template) {
    List<Diagnostic> found =
        Reading.findings(
            "version: 1\ndatabases:\n  orders: {partitionTemplate: " + template + "}\n");
    assertThat(found).isNotEmpty().allMatch(finding -> finding.hint().isPresent());
  }

  @Test
  void aTemplateHasAtMostEightParts() throws Exception {
    StringBuilder eight = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      eight.append("{type: tag, value: a").append(i).append("}, ");
    }
    assertThat(database("partitionTemplate: [" + eight + "]").partitionTemplate()).isPresent();
    assertThat(finding("partitionTemplate: [" + eight + "{type: tag, value: b}]").code().word())
        .isEqualTo("bad-template");
  }

  @Test
  void aFileMayHaveDatabasesAlone() throws Exception {
    Policy policy = policy("  orders: {retention: 90d}\n");
    assertThat(policy.tokens()).isEmpty();
    assertThat(policy.warnings()).isEmpty();
  }
}
