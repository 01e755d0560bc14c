package io.tokenform.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.Located;
import io.tokenform.policy.placement.ClusterSelector;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a fleet file says; the fixtures in tests-fixtures/diagnostics show whole messages. */
class FleetParserTest {
  private static final String FLEET =
      """
      version: 1
      clusters:
        prod-eu: {product: clustered, url: "https://p.example.com", files: [shared, prod], labels: {env: prod}}
        dev-eu: {product: sandbox, seed: seed.json, files: [shared], labels: {env: dev, region: eu}}
        lab: {product: cloud-dedicated, accountId: 11111111-1111-4111-8111-111111111111,
          clusterId: 33333333-3333-4333-8333-333333333333, files: [lab.yaml]}
      """;

  private static List<String> names(List<FleetCluster> clusters) {
    return clusters.stream().map(cluster -> cluster.name().value()).toList();
  }

  @Test
  void clustersKeepTheOrderOfTheFile() {
    Fleet fleet = FleetTexts.fleet(FLEET);
    assertThat(names(fleet.clusters())).containsExactly("prod-eu", "dev-eu", "lab");
    FleetCluster dev = fleet.clusters().get(1);
    assertThat(dev.place().labels()).hasToString("{env=dev, region=eu}");
    assertThat(dev.files()).extracting(Located::value).containsExactly("shared");
    assertThat(dev.where()).hasToString("fleet.yaml:4:3");
    assertThat(dev.cluster().seed()).map(Located::value).contains("seed.json");
  }

  @Test
  void withoutWavesThereIsOne() {
    Fleet fleet = FleetTexts.fleet(FLEET);
    assertThat(fleet.waves()).hasSize(1);
    assertThat(fleet.clusters()).allMatch(cluster -> fleet.waveOf(cluster) == 1);
  }

  @Test
  void aClusterIsInTheFirstWaveThatMeansIt() {
    Fleet fleet = FleetTexts.fleet(FLEET + "waves: [{env: dev}, [\"*-eu\", lab], ]\n");
    assertThat(fleet.waves()).extracting(FleetWave::number).containsExactly(1, 2);
    assertThat(fleet.waves())
        .extracting(wave -> names(wave.clusters()))
        .containsExactly(List.of("dev-eu"), List.of("prod-eu", "lab"));
    assertThat(fleet.clusters()).extracting(fleet::waveOf).containsExactly(2, 1, 2);
  }

  @Test
  void clustersAreSelected() {
    Fleet fleet = FleetTexts.fleet(FLEET);
    assertThat(names(fleet.select(List.of()))).containsExactly("prod-eu", "dev-eu", "lab");
    assertThat(
            names(
                fleet.select(
                    List.of(ClusterSelector.parse("lab"), ClusterSelector.parse("env=prod")))))
        .containsExactly("prod-eu", "lab");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{version: 1, clusters: {a: {product: sandbox, files: [x]}, a: {product: sandbox, files:"
            + " [x]}}} | duplicate-cluster | the cluster \"a\" appears twice",
        "{version: 1, clusters: {a.b: {product: sandbox, files: [x]}, A-B: {product: clustered, url:"
            + " 'https://a.example.com', files: [x]}}} | duplicate-cluster | the names \"A-B\" and"
            + " \"a.b\" make the same variable, INFLUX_DB_MANAGEMENT_TOKEN_A_B",
        "{version: 1, clusters: {eu-File: {product: sandbox, files: [x]}}} | bad-name | a cluster cannot"
            + " be called \"eu-File\": other tools keep something else in its variable,"
            + " INFLUX_DB_MANAGEMENT_TOKEN_EU_FILE, than a token",
        "{version: 1, clusters: {file: {product: sandbox, files: [x]}}} | bad-name | a cluster cannot be"
            + " called \"file\": other tools keep something else in its variable,"
            + " INFLUX_DB_MANAGEMENT_TOKEN_FILE, than a token",
        "{version: 1, clusters: {Command: {product: sandbox, files: [x]}}} | bad-name | a cluster cannot"
            + " be called \"Command\": other tools keep something else in its variable,"
            + " INFLUX_DB_MANAGEMENT_TOKEN_COMMAND, than a token",
        "{version: 1, clusters: {a: {product: sandbox, files: [x]}, b: {product: sandbox, files:"
            + " [x]}}} | duplicate-cluster | \"b\" and \"a\" are both the embedded sandbox, of which"
            + " there is one",
        "{version: 1, clusters: {a: {product: sandbox, files: [/x]}}} | outside-folder | this path"
            + " leads outside the fleet file's folder",
        "{version: 1, clusters: {a: {product: sandbox, files: [x/../../y]}}} | outside-folder | this"
            + " path leads outside the fleet file's folder",
        "{version: 1, clusters: {a: {product: sandbox, files: ['-']}}} | unreadable-file | the files"
            + " of a fleet are not read from standard input",
        "{version: 1, clusters: {a: {product: sandbox, files: [x]}}, waves: [b]} | unknown-cluster |"
            + " the fleet has no cluster \"b\"",
        "{version: 1, clusters: {a: {product: sandbox, files: [x]}}, waves: [a, '*']} |"
            + " unknown-cluster | all clusters of this wave are in earlier waves",
        "{version: 1, clusters: {a: {product: sandbox, files: [x], labels: {e: p}}, b: {product:"
            + " clustered, url: 'https://b.example.com', files: [x]}}, waves: [{e: p}]} | no-wave |"
            + " the cluster \"b\" is in no wave",
        "{version: 1, clusters: {a: {product: sandbox, files: [x], labels: {a b: c}}}} | bad-selector"
            + " | \"a b\" cannot be a label",
        "{version: 1, clusters: {a: {product: sandbox, files: [x], labels: {a: b c}}}} |"
            + " bad-selector | \"b c\" cannot be a label's value",
        "{version: 1, clusters: {a: {product: sandbox, files: [x], labels: {a: b, a: c}}}} |"
            + " duplicate-key | the label \"a\" appears twice",
        "{version: 1, clusters: {a: {product: sandbox, files: []}}} | missing-value | files must be a"
            + " list, but this one is empty",
        "{version: 1, clusters: {}} | missing-value | the clusters section must be a map of clusters,"
            + " but this one is empty",
        "{version: 1, clusters: {a: {product: sandbox, files: [\"{{dir}}\"]}}} | placeholder | a"
            + " placeholder was left over from a template: {{dir}}",
        "{version: 3, clusters: {a: {product: sandbox, files: [x]}}} | unsupported-version | this is"
            + " version 3 of the fleet file language",
      })
  void eachMistakeIsTold(String text, String code, String message) {
    assertThat(FleetTexts.findings(text))
        .extracting(finding -> finding.code() + " " + finding.message())
        .containsExactly(code + " " + message);
    assertThat(FleetTexts.findings(text)).allMatch(finding -> finding.hint().isPresent());
  }

  @Test
  void theSameHostIsTheSameClusterHoweverItIsWritten() {
    assertThat(
            FleetTexts.findings(
                """
                version: 1
                clusters:
                  a: {product: clustered, url: "https://A.example.com:443/", files: [x]}
                  b: {product: clustered, url: "https://a.example.com", files: [x]}
                """))
        .extracting(Diagnostic::message)
        .containsExactly("\"b\" and \"a\" are the same cluster");
  }

  @Test
  void twoClustersOfOneAccountAreTwo() {
    String cluster =
        "{product: cloud-dedicated, accountId: 11111111-1111-4111-8111-111111111111, clusterId:"
            + " 33333333-3333-4333-8333-33333333333%s, files: [x]}";
    assertThat(
            FleetTexts.fleet(
                    "{version: 1, clusters: {a: "
                        + cluster.formatted(1)
                        + ", b: "
                        + cluster.formatted(2)
                        + "}}")
                .clusters())
        .hasSize(2);
    assertThat(
            FleetTexts.findings(
                "{version: 1, clusters: {a: "
                    + cluster.formatted(1)
                    + ", b: "
                    + cluster.formatted(1)
                    + "}}"))
        .hasSize(1);
  }

  @Test
  void nothingIsShownOfAFileThatDoesNotBeginLikeAFleetFile() {
    InvalidPolicyException invalid =
        catchThrowableOfType(
            InvalidPolicyException.class,
            () -> FleetParser.parse("fleet.yaml", "root:x:0:0\n".getBytes(StandardCharsets.UTF_8)));
    assertThat(FleetTexts.shown(invalid.findings()))
        .isEqualTo(
            """
            fleet.yaml:1:1: error[not-a-policy]: this does not begin like a fleet file, so none of it is shown
              hint: begin it with version: 1
            """);
  }

  @Test
  void aSecretIsToldAndNotShown() {
    String secret = "apiv1_EXAMPLE0EXAMPLE0EXAMPLE0";
    String shown = FleetTexts.shown(FLEET + "# " + secret + "\n");
    assertThat(shown)
        .contains("error[secret-in-policy]: this looks like a secret, and a fleet file must not")
        .doesNotContain(secret);
    assertThat(FleetTexts.shown(FLEET + "token: hunter2hunter2\n"))
        .contains("secret-in-policy")
        .doesNotContain("hunter2");
  }
}
