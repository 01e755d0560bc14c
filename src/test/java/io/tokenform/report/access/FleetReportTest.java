package io.tokenform.report.access;

import static io.tokenform.access.Permission.read;
import static io.tokenform.access.Permission.write;
import static io.tokenform.report.access.Reports.IMPRINT;
import static io.tokenform.report.access.Reports.fleet;
import static io.tokenform.report.access.Reports.member;
import static io.tokenform.report.access.Reports.token;
import static io.tokenform.report.access.Reports.unread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tokenform.report.HostileText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FleetReportTest {
  /** On dev there are no orders; the same id is on both. */
  private static final AccessReport REPORT =
      fleet(
          List.of(unread("prod-us", "nothing answers there")),
          member(
              "dev-eu",
              "dev",
              List.of("metrics"),
              token(1, "Checkout", write("orders")),
              token(2, "Backup", read("*"), write("*"))),
          member(
              "prod-eu",
              "prod",
              List.of("metrics", "orders"),
              token(1, "Checkout", write("orders")),
              token(3, "Grafana", read("metrics"))));

  @Test
  void theNumbersAreThoseOfAllClustersAndADatabaseCountsOnce() {
    Glance glance = REPORT.glance();

    assertThat(glance.tokens()).isEqualTo(4);
    assertThat(glance.allWriters()).isEqualTo(1);
    assertThat(glance.databases()).as("metrics, and orders on one cluster").isEqualTo(2);
    assertThat(glance.goneDatabases()).isZero();
    assertThat(glance.dangling()).as("orders on dev-eu").isEqualTo(1);
  }

  @Test
  void theRowsOfTheTablesBeginWithTheCluster() {
    assertThat(new TokensCsv().render(REPORT).replace("\r\n", "\n"))
        .isEqualTo(
            """
            cluster,id,name,description,owner,policy,managed,state,until,created,expires,read,write,other,beyond policy,below policy,dangling
            dev-eu,00000000-0000-4000-8000-000000000002,,Backup,,,,active,,2025-02-03T04:05:06Z,,*,*,,,,
            dev-eu,00000000-0000-4000-8000-000000000001,,Checkout,,,,active,,2025-02-03T04:05:06Z,,,orders,,,,orders
            prod-eu,00000000-0000-4000-8000-000000000001,,Checkout,,,,active,,2025-02-03T04:05:06Z,,,orders,,,,
            prod-eu,00000000-0000-4000-8000-000000000003,,Grafana,,,,active,,2025-02-03T04:05:06Z,,metrics,,,,,
            """);
    assertThat(new GrantsCsv().render(REPORT).lines())
        .contains(
            "dev-eu,00000000-0000-4000-8000-000000000001,,Checkout,,,,active,,2025-02-03T04:05:06Z,,write,orders,exact,,dangling",
            "prod-eu,00000000-0000-4000-8000-000000000001,,Checkout,,,,active,,2025-02-03T04:05:06Z,,write,orders,exact,,");
  }

  @Test
  void theJsonSaysOfWhichClusterEachTokenAndDatabaseIs() throws Exception {
    JsonNode json = json(REPORT);

    assertThat(json.has("cluster")).isFalse();
    assertThat(json.at("/fleet").toString()).isEqualTo("{\"file\":\"fleet.yaml\",\"clusters\":3}");
    assertThat(json.at("/unread").toString())
        .isEqualTo(
            "[{\"cluster\":\"prod-us\",\"reason\":\"nothing answers there\",\"hint\":\"try again\"}]");
    assertThat(json.at("/clusters/1/name").asText()).isEqualTo("prod-eu");
    assertThat(json.at("/clusters/1/labels/env").asText()).isEqualTo("prod");
    assertThat(json.at("/clusters/1/glance/tokens").asInt()).isEqualTo(2);
    assertThat(json.at("/clusters/0/allDatabases/write")).hasSize(1);
    assertThat(json.at("/tokens/3/cluster").asText()).isEqualTo("prod-eu");
    assertThat(json.at("/databases"))
        .extracting(
            one ->
                one.path("cluster").asText()
                    + " "
                    + one.path("name").asText()
                    + " "
                    + one.path("exists")
                    + " "
                    + one.path("write").size())
        .containsExactly(
            "dev-eu metrics true 0",
            "dev-eu orders false 1",
            "prod-eu metrics true 0",
            "prod-eu orders true 1");
  }

  @Test
  void aFleetOfWhichNothingCouldBeReadIsStillAReport() throws Exception {
    AccessReport report = fleet(List.of(unread("a", "no"), unread("b", "no")));

    assertThat(json(report).path("unread")).hasSize(2);
    assertThat(new TokensCsv().render(report)).startsWith("cluster,id,");
    assertThat(new AccessHtml().render(report))
        .contains("<h2 id=\"unread-title\">2 clusters could not be read</h2>", "0 of 2");
  }

  @Test
  void whyAClusterCouldNotBeReadIsAText() {
    UnreadCluster[] hostile =
        HostileText.ALL.stream()
            .map(text -> unread("c", text + " <script>alert(1)</script>"))
            .toArray(UnreadCluster[]::new);
    String page = new AccessHtml().render(fleet(List.of(hostile)));

    assertThat(Pattern.compile("(?i)<script|</script|<!--|<img").matcher(page).results().count())
        .isEqualTo(4);
    assertThat(page).doesNotContain("\u202e", "\u200b", "\u001b");
  }

  @Test
  void readersWithoutScriptsGetTheClustersAndTheHoldersWithTheirClusters() {
    String page = new AccessHtml().render(REPORT);

    assertThat(page)
        .contains(
            "<li><b>prod-us</b>: nothing answers there <span class=\"hint\">try again</span></li>",
            "Clusters: <b>2 of 3</b>",
            "<tr class=\"unread\"><th scope=\"row\">prod-us</th><td colspan=\"",
            "Backup (dev-eu)",
            "<td>Checkout (dev-eu, prod-eu)</td>");
  }

  @Test
  void aClusterHasANameIfAndOnlyIfThereIsAFleet() {
    ClusterAccess named = member("a", "dev", List.of());

    assertThatIllegalArgumentException().isThrownBy(() -> AccessReport.of(IMPRINT, named));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fleet(List.of(), Reports.everything().clusters().get(0)));
  }

  private static JsonNode json(AccessReport report) throws Exception {
    String text = new AccessJson().render(report);
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("schemas/report.schema.json")))
                .validate(text, InputFormat.JSON))
        .as(text)
        .isEmpty();
    return new ObjectMapper().readTree(text);
  }
}
