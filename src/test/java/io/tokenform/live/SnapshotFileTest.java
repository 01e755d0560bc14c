package io.tokenform.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenform.access.Action;
import io.tokenform.access.Checksum;
import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Product;
import io.tokenform.access.Sha256;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenListing;
import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.access.database.PartitionPart;
import io.tokenform.access.database.PartitionTemplate;
import io.tokenform.access.database.Retention;
import io.tokenform.access.database.UnreadableDatabase;
import io.tokenform.testing.Worlds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Give -Dworlds.seed to repeat a run of the random worlds. */
class SnapshotFileTest {
  private static final long SEED = Long.getLong("worlds.seed", System.nanoTime());
  private static final int WORLDS = Integer.getInteger("worlds.count", 800);

  private static final Instant TAKEN = Instant.parse("2026-11-26T05:00:00Z");

  private static final ClusterAddress CLUSTERED =
      new ClusterAddress(
          Product.CLUSTERED,
          ClusterUrl.parse("https://influxdb.example.com"),
          Optional.empty(),
          Optional.empty());

  private static final Token GRAFANA =
      new Token(
          TokenId.parse("11111111-0000-4000-8000-000000000001"),
          "Grafana \u202e\u001b[31m ## é",
          Permissions.of(
              Permission.read("metrics"),
              Permission.read("logs"),
              new Permission(Action.of("delete"), "*")),
          Optional.of(Instant.parse("2025-03-01T00:00:00Z")),
          Optional.of(Instant.parse("2027-03-01T00:00:00.123456789Z")),
          Optional.empty());

  private static final Token PROBE =
      new Token(
          TokenId.parse("22222222-0000-4000-8000-000000000002"),
          "",
          Permissions.NONE,
          Optional.empty(),
          Optional.of(Instant.parse("2026-01-01T00:00:00Z")));

  private static Snapshot snapshot(Token... tokens) {
    return new Snapshot(
        "1.2.3", TAKEN, new Live(CLUSTERED, List.of(tokens), List.of("metrics", "logs")));
  }

  private static Snapshot read(String text) throws InvalidSnapshotException {
    return SnapshotFile.read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void eachTokenHasALine() {
    assertThat(SnapshotFile.write(snapshot(PROBE, GRAFANA)))
        .startsWith(
            """
            {"version":1,
            "toolVersion":"1.2.3",
            "takenAt":"2026-11-26T05:00:00Z",
            """)
        .contains(
            """
            "cluster":{"product":"clustered","url":"https://influxdb.example.com"},
            "databases":[
            "logs",
            "metrics"
            ],
            "tokens":[
            {"id":"11111111-0000-4000-8000-000000000001",\
            "description":"Grafana \\u202E\\u001B[31m \\u0023\\u0023 \\u00E9",\
            "createdAt":"2025-03-01T00:00:00Z","expiresAt":"2027-03-01T00:00:00.123456789Z",\
            "permissions":{"delete":["*"],"read":["logs","metrics"]}},
            {"id":"22222222-0000-4000-8000-000000000002","description":"",\
            "revokedAt":"2026-01-01T00:00:00Z","permissions":{}}
            ],
            "checksum":"sha256:\
            """)
        .endsWith("\"}\n");
  }

  private static Database database(String name, Retention retention, PartitionPart... parts) {
    return new Database(
        new DatabaseName(name),
        retention,
        500,
        200,
        parts.length == 0 ? Optional.empty() : Optional.of(new PartitionTemplate(List.of(parts))));
  }

  private static Snapshot withDatabases(DatabaseListing databases) {
    return new Snapshot("1.2.3", TAKEN, new Live(CLUSTERED, TokenListing.of(List.of()), databases));
  }

  private static final Database METRICS =
      database(
          "metrics",
          Retention.of(Duration.ofDays(90)),
          new PartitionPart.Tag("region"),
          new PartitionPart.Time("%Y-%m"),
          new PartitionPart.Bucket("customer", 100));

  @Test
  void eachDatabaseHasALineWithItsSettings() throws InvalidSnapshotException {
    Snapshot snapshot =
        withDatabases(DatabaseListing.of(List.of(METRICS, database("logs", Retention.INFINITE))));
    String text = SnapshotFile.write(snapshot);
    assertThat(text)
        .contains(
            """
            "databases":[
            "logs",
            "metrics"
            ],
            "databaseSettings":[
            {"name":"logs","retention":"infinite","maxTables":500,"maxColumnsPerTable":200},
            {"name":"metrics","retention":"90d","maxTables":500,"maxColumnsPerTable":200,\
            "partitionTemplate":[{"type":"tag","value":"region"},{"type":"time","value":"%Y-%m"},\
            {"type":"bucket","value":{"tagName":"customer","numberOfBuckets":100}}]}
            ],
            "tokens":[\
            """);
    assertThat(read(text)).isEqualTo(snapshot);
  }

  @Test
  void aRetentionOfNoWholeSecondIsKeptExactly() throws InvalidSnapshotException {
    for (long nanoseconds : new long[] {1, 1_500_000_000L, Long.MAX_VALUE}) {
      Snapshot snapshot =
          withDatabases(
              DatabaseListing.of(
                  List.of(database("metrics", Retention.ofNanoseconds(nanoseconds)))));
      assertThat(read(SnapshotFile.write(snapshot))).isEqualTo(snapshot);
    }
  }

  /** As tokenforms wrote it that did not know of settings; its digest is theirs. */
  @Test
  void aSnapshotWithNamesAloneIsReadAsItWasWritten() throws InvalidSnapshotException {
    Snapshot snapshot = snapshot(PROBE, GRAFANA);
    String text = SnapshotFile.write(snapshot);
    assertThat(text).doesNotContain("databaseSettings");
    assertThat(snapshot.digest())
        .isEqualTo("sha256:d6620b04ea2e910824adce24ac4fc3ca5b50475cbb17534a0419f2a798620f16");
    Snapshot read = read(text);
    assertThat(read.live().databases()).containsExactly("logs", "metrics");
    assertThat(read.live().databaseListing().databases()).isEmpty();
    assertThat(read.live().databaseListing().unreadable()).isEmpty();
  }

  @Test
  void theDigestIsAboutEverySetting() {
    Set<String> digests = new HashSet<>();
    DatabaseName name = new DatabaseName("metrics");
    Retention ninety = Retention.of(Duration.ofDays(90));
    for (Database database :
        List.of(
            METRICS,
            database("metrics", ninety),
            database("metrics", Retention.INFINITE),
            database("metrics", ninety, new PartitionPart.Tag("a")),
            database("metrics", ninety, new PartitionPart.Time("a")),
            database("metrics", ninety, new PartitionPart.Tag("a"), new PartitionPart.Tag("b")),
            database("metrics", ninety, new PartitionPart.Tag("b"), new PartitionPart.Tag("a")),
            new Database(name, ninety, 499, 200, Optional.empty()),
            new Database(name, ninety, 500, 199, Optional.empty()),
            new Database(name, ninety, 200, 500, Optional.empty()))) {
      digests.add(withDatabases(DatabaseListing.of(List.of(database))).digest());
    }
    assertThat(digests).hasSize(10);
  }

  @Test
  void aDatabaseThatCannotBeReadIsThereByItsNameAlone() throws InvalidSnapshotException {
    Snapshot snapshot =
        withDatabases(
            new DatabaseListing(
                List.of("broken", "metrics"),
                List.of(METRICS),
                List.of(new UnreadableDatabase(1, Optional.of("broken"), "it has no limits"))));
    assertThat(read(SnapshotFile.write(snapshot))).isEqualTo(snapshot);
    assertThat(snapshot.live().databases()).containsExactly("broken", "metrics");
    assertThat(snapshot.live().databaseListing().databases()).containsExactly(METRICS);
  }

  @Test
  void whatIsShapedLikeASecretIsInNoSetting() {
    String secret = "apiv1_" + "s3cr3t".repeat(14);
    Database tagged = database("tagged", Retention.INFINITE, new PartitionPart.Tag(secret));
    String text = SnapshotFile.write(withDatabases(DatabaseListing.of(List.of(METRICS, tagged))));
    assertThat(text).doesNotContain("s3cr3t").contains("\"tagged\"");
  }

  @Test
  void aSettingThatIsNotAsItIsWrittenIsRefused() {
    String text = SnapshotFile.write(withDatabases(DatabaseListing.of(List.of(METRICS))));
    for (String[] change :
        new String[][] {
          {"\"90d\"", "\"2160h\""},
          {"\"maxTables\":500", "\"maxTables\":500.0"},
          {"\"maxTables\":500", "\"maxTables\":0"},
          {"\"type\":\"tag\"", "\"type\":\"tags\""},
          {"\"name\":\"metrics\"", "\"name\":\"metrics\",\"more\":1"},
        }) {
      String changed = text.replace(change[0], change[1]);
      assertThat(changed).isNotEqualTo(text);
      String sealed = new Checksum("\"checksum\":\"").sealed(unsealed(changed));
      assertThatThrownBy(() -> read(sealed))
          .isInstanceOf(InvalidSnapshotException.class)
          .hasMessageContaining("it is not exactly what tokenform writes");
    }
  }

  private static String unsealed(String text) {
    return text.replaceFirst("\"checksum\":\"sha256:[0-9a-f]+", "\"checksum\":\"" + Sha256.ZERO);
  }

  @Test
  void itsLastLineBreakIsAPartOfIt() {
    String text = SnapshotFile.write(snapshot(PROBE));
    for (String other : List.of(text.stripTrailing(), text + "\n", text.stripTrailing() + "\r\n")) {
      assertThatThrownBy(() -> read(other))
          .isInstanceOf(InvalidSnapshotException.class)
          .hasMessageContaining("has been changed since it was written");
    }
  }

  @Test
  void whatIsNoSnapshotIsNotTakenForOneOfAnotherForm() {
    for (int version : new int[] {1, 2, 99}) {
      assertThatThrownBy(
              () -> read("{\"version\":" + version + ",\"changes\":[{}],\"summary\":{}}"))
          .hasMessage("it is a saved plan, and not a snapshot");
      assertThatThrownBy(() -> read("{\"version\":" + version + ",\"error\":{\"takenAt\":\"x\"}}"))
          .hasMessage("it is JSON, but not a snapshot");
    }
    assertThatThrownBy(
            () -> read("{\"version\":7,\"new\":{\"a\":[1]},\"takenAt\":\"2030\",\"changes\":1}"))
        .hasMessageContaining("it has the form 7 of a snapshot");
  }

  @Test
  void whatWasWrittenIsRead() throws InvalidSnapshotException {
    Worlds worlds = new Worlds(SEED);
    for (int i = 0; i < WORLDS; i++) {
      Snapshot snapshot = new Snapshot("1.2.3", TAKEN, worlds.next().live());
      assertThat(read(SnapshotFile.write(snapshot)))
          .as("world " + i + " of -Dworlds.seed=" + SEED)
          .isEqualTo(snapshot);
    }
    assertThat(read(SnapshotFile.write(snapshot(GRAFANA, PROBE))))
        .isEqualTo(snapshot(PROBE, GRAFANA));
  }

  @Test
  void equalFactsGiveEqualBytesAndDigests() {
    Worlds worlds = new Worlds(SEED);
    for (int i = 0; i < WORLDS; i++) {
      Live live = worlds.next().live();
      List<Token> tokens = new ArrayList<>(live.tokens());
      List<String> databases = new ArrayList<>(live.databases());
      Collections.shuffle(tokens, new Random(SEED + i));
      Collections.shuffle(databases, new Random(SEED + i));
      Snapshot one = new Snapshot("1.2.3", TAKEN, live);
      Snapshot other = new Snapshot("1.2.3", TAKEN, new Live(live.cluster(), tokens, databases));
      String what = "world " + i + " of -Dworlds.seed=" + SEED;
      assertThat(SnapshotFile.write(other)).as(what).isEqualTo(SnapshotFile.write(one));
      assertThat(new Snapshot("2.0.0", TAKEN.plusSeconds(1), live).digest())
          .as(what)
          .isEqualTo(one.digest());
    }
  }

  @Test
  void eachFactHasItsPartInTheDigest() {
    Token renamed = with(GRAFANA, "Grafana", GRAFANA.permissions(), GRAFANA.expiresAt());
    Token wider =
        with(
            GRAFANA,
            GRAFANA.description(),
            GRAFANA.permissions().union(Permissions.of(Permission.write("logs"))),
            GRAFANA.expiresAt());
    Token lasting = with(GRAFANA, GRAFANA.description(), GRAFANA.permissions(), Optional.empty());
    List<Snapshot> different =
        List.of(
            snapshot(GRAFANA),
            snapshot(GRAFANA, PROBE),
            snapshot(renamed),
            snapshot(wider),
            snapshot(lasting),
            new Snapshot("1.2.3", TAKEN, new Live(CLUSTERED, List.of(GRAFANA), List.of("logs"))),
            new Snapshot(
                "1.2.3",
                TAKEN,
                new Live(
                    new ClusterAddress(
                        Product.CLUSTERED,
                        ClusterUrl.parse("https://other.example.com"),
                        Optional.empty(),
                        Optional.empty()),
                    List.of(GRAFANA),
                    List.of("metrics", "logs"))));
    assertThat(different.stream().map(Snapshot::digest)).doesNotHaveDuplicates();
  }

  private static Token with(
      Token token, String description, Permissions permissions, Optional<Instant> expiresAt) {
    return new Token(
        token.id(), description, permissions, token.createdAt(), expiresAt, token.revokedAt());
  }

  @Test
  void anyOtherByteIsRefused() {
    byte[] written =
        SnapshotFile.write(snapshot(GRAFANA, PROBE)).getBytes(StandardCharsets.US_ASCII);
    for (int at = 0; at < written.length; at++) {
      byte[] changed = written.clone();
      changed[at] ^= 1;
      assertThatThrownBy(() -> SnapshotFile.read(changed))
          .as("byte " + at)
          .isInstanceOf(InvalidSnapshotException.class);
    }
  }

  @Test
  void anyCutIsRefused() {
    byte[] written =
        SnapshotFile.write(snapshot(GRAFANA, PROBE)).getBytes(StandardCharsets.US_ASCII);
    for (int length = 0; length < written.length; length++) {
      byte[] cut = Arrays.copyOf(written, length);
      assertThatThrownBy(() -> SnapshotFile.read(cut))
          .as("the first " + length + " bytes")
          .isInstanceOf(InvalidSnapshotException.class);
    }
  }

  @Test
  void somethingMoreIsRefused() {
    String written = SnapshotFile.write(snapshot(GRAFANA));
    for (String more : List.of(" ", "\n", "{}", "x", "\0")) {
      assertThatThrownBy(() -> read(written + more)).isInstanceOf(InvalidSnapshotException.class);
      assertThatThrownBy(() -> read(more + written)).isInstanceOf(InvalidSnapshotException.class);
    }
  }

  @Test
  void aNewerFormIsRefusedWhateverElseItHas() {
    assertThatThrownBy(
            () -> read("{\"version\": 2, \"tokens\": 17, \"takenAt\": {}, \"changes\": []}"))
        .hasMessage("it has the form 2 of a snapshot, and this tokenform reads the form 1");
  }

  @Test
  void whatIsNoSnapshotIsToldFromOneThatWasChanged() {
    assertThatThrownBy(() -> read(" \n")).hasMessage("it is empty");
    assertThatThrownBy(() -> read("version: 1"))
        .hasMessage("it is not JSON, or was cut, so it is not a whole snapshot");
    assertThatThrownBy(() -> read("[]")).hasMessage("it is JSON, but not a snapshot");
    assertThatThrownBy(() -> read("{\"version\": 1}")).hasMessage("it is JSON, but not a snapshot");
    assertThatThrownBy(
            () -> read(SnapshotFile.write(snapshot(GRAFANA)).replace("Grafana", "Grafama")))
        .hasMessage("it has been changed since it was written");
  }

  /** Who changes it can make a checksum, too; what it says then must still be possible. */
  @Test
  void whatNoClusterReportsIsRefusedWithARightChecksum() {
    String written = SnapshotFile.write(snapshot(GRAFANA, PROBE));
    String twice = written.replace("22222222-0000-4000-8000-000000000002", GRAFANA.id().toString());
    String more = written.replace("\"description\":\"\"", "\"description\":\"\",\"secret\":\"x\"");
    String unsorted = written.replace("\"logs\",\n\"metrics\"", "\"metrics\",\n\"logs\"");
    String apart = written.replace("\"description\":\"\"", "\"description\": \"\"");
    for (String forged : List.of(twice, more, unsorted, apart)) {
      String sealed = new Checksum("\"checksum\":\"").sealed(forged);
      assertThat(forged).isNotEqualTo(written);
      assertThatThrownBy(() -> read(sealed))
          .hasMessage("it is not exactly what tokenform writes for a snapshot");
    }
  }

  @Test
  void whatIsShapedLikeASecretIsMasked() {
    String secret = "apiv1_" + "x1".repeat(30);
    Token careless =
        new Token(
            GRAFANA.id(),
            "Grafana " + secret,
            Permissions.of(Permission.read(secret)),
            Optional.empty(),
            Optional.empty());
    Snapshot snapshot = snapshot(careless, PROBE);
    assertThat(SnapshotFile.write(snapshot))
        .doesNotContain(secret)
        .contains("\"description\":\"Grafana [secret]\"", "\"read\":[\"[secret]\"]");
    assertThat(snapshot.masked()).isEqualTo(1);
  }
}
