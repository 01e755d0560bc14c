package io.tokenform.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Product;
import io.tokenform.access.TokenId;
import io.tokenform.finding.InvalidPolicyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a valid policy means. */
class PolicyParserTest {
  private static final Permissions READ_METRICS_WRITE_LOGS =
      Permissions.of(Permission.read("metrics"), Permission.write("logs"));

  @Test
  void aPolicyIsReadWithThePlaceOfEachValue() throws InvalidPolicyException {
    Policy policy =
        Reading.policy(
            """
            # Our tokens
            version: 1

            cluster:
              product: cloud-dedicated
              accountId: 11111111-1111-4111-8111-111111111111
              clusterId: 33333333-3333-4333-8333-333333333333
              url: https://console.example.com/

            tokens:
              grafana:
                id: 55555555-5555-4555-8555-555555555555
                description: Grafana dashboards
                permissions:
                  read: [metrics, "*"]
                mode: additive
            """);
    ClusterSection cluster = policy.cluster().orElseThrow();
    assertThat(cluster.product().value()).isEqualTo(Product.CLOUD_DEDICATED);
    assertThat(cluster.product().where()).hasToString("p.yaml:5:12");
    assertThat(cluster.accountId().orElseThrow().where()).hasToString("p.yaml:6:14");
    assertThat(cluster.clusterId().orElseThrow().value())
        .hasToString("33333333-3333-4333-8333-333333333333");
    assertThat(cluster.url().orElseThrow().value()).hasToString("https://console.example.com");
    assertThat(cluster.seed()).isEmpty();

    DesiredToken token = policy.tokens().get(0);
    assertThat(token.name()).hasToString("grafana");
    assertThat(token.where()).hasToString("p.yaml:11:3");
    assertThat(token.where().length()).isEqualTo(7);
    assertThat(token.id().orElseThrow().value())
        .isEqualTo(TokenId.parse("55555555-5555-4555-8555-555555555555"));
    assertThat(token.description().orElseThrow().value()).isEqualTo("Grafana dashboards");
    assertThat(token.mode()).isEqualTo(Mode.ADDITIVE);
    assertThat(token.ownPermissions().orElseThrow().entries())
        .extracting(entry -> entry.value() + " " + entry.where())
        .containsExactly("read metrics p.yaml:15:14", "read * p.yaml:15:23");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{read: [metrics], write: [logs]}",
        "{write: [logs, logs], read: [metrics]}",
        "{read: ['metrics'], write: [\"logs\"]}",
        "{\"read\":[\"metrics\"],\"write\":[\"l\\u006fgs\"]}",
        "[{action: read, resource: metrics}, {resource: logs, action: write}]",
        "[{action: write, resource: logs}, {action: read, resource: metrics},"
            + " {action: write, resource: logs}]",
      })
  void bothFormsOfPermissionsAndAnyOrderMeanTheSame(String form) throws InvalidPolicyException {
    assertThat(permissions(form)).isEqualTo(READ_METRICS_WRITE_LOGS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "{read: []}", "{read: [], write: []}"})
  void emptyPermissionsTakeAllAccessAway(String form) throws InvalidPolicyException {
    assertThat(permissions(form).isEmpty()).isTrue();
  }

  @Test
  void anAbsentKeyLeavesItsFieldAlone() throws InvalidPolicyException {
    DesiredToken byId =
        Reading.token("version: 1\ntokens: {a: {id: 55555555-5555-4555-8555-555555555555}}");
    assertThat(byId.description()).isEmpty();
    assertThat(byId.permissions()).isEmpty();
    assertThat(byId.mode()).isEqualTo(Mode.AUTHORITATIVE);
    DesiredToken byDescription = Reading.token("version: 1\ntokens: {a: {description: d}}");
    assertThat(byDescription.id()).isEmpty();
    assertThat(byDescription.permissions()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version: 1",
        "version: 1\n",
        "---\nversion: 1\n...\n",
        "%YAML 1.2\n---\nversion: 1",
        "\ufeffversion: 1",
        "{version: 1}",
        "version: !!int \"1\"",
        "version: 1.0",
        "version: +01.00",
        "version: 1e0",
        "version: 1\ntokens: {}",
        "version: 1 # one\r\n\r\ntokens: {}\r\n",
        "version: 1\r",
      })
  void aPolicyNeedsAVersionAndNothingElse(String text) throws InvalidPolicyException {
    Policy policy = Reading.policy(text);
    assertThat(policy.cluster()).isEmpty();
    assertThat(policy.tokens()).isEmpty();
  }

  @Test
  void jsonIsReadAlsoWithTabsForItsIndentation() throws InvalidPolicyException {
    DesiredToken token =
        Reading.token(
            """
            {
            \t"version": 1,
            \t"tokens": {
            \t\t"grafana": {
            \t\t\t"description": "Grafana \\u00fc \\/ \\ud83d\\ude00",
            \t\t\t"permissions": [
            \t\t\t\t{"action": "read", "resource": "metrics"},
            \t\t\t\t{"action":"write","resource":"logs"}
            \t\t\t]
            \t\t}
            \t}
            }
            """);
    assertThat(token.description().orElseThrow().value())
        .isEqualTo("Grafana \u00fc / \ud83d\ude00");
    assertThat(token.description().orElseThrow().where()).hasToString("p.yaml:5:19");
    assertThat(token.permissions().orElseThrow()).isEqualTo(READ_METRICS_WRITE_LOGS);
  }

  @Test
  void tokensComeInTheOrderOfTheirNames() throws InvalidPolicyException {
    Policy policy =
        Reading.policy(
            """
            version: 1
            tokens:
              telegraf: {description: t}
              Zebra: {description: z}
              backup: {description: b}
            """);
    assertThat(policy.tokens())
        .extracting(token -> token.name().value())
        .containsExactly("Zebra", "backup", "telegraf");
  }

  @Test
  void anAliasStandsWhereItIsWritten() throws InvalidPolicyException {
    Policy policy =
        Reading.policy(
            """
            version: 1
            tokens:
              a:
                description: &name shared
                permissions: &all {read: &list [metrics, &db logs]}
              b:
                id: 55555555-5555-4555-8555-555555555555
                description: *name
                permissions: {write: *list, read: [*db]}
              c:
                description: c
                permissions: *all
            """);
    DesiredToken b = policy.tokens().get(1);
    assertThat(b.description().orElseThrow().value()).isEqualTo("shared");
    assertThat(b.description().orElseThrow().where()).hasToString("p.yaml:8:18");
    assertThat(b.description().orElseThrow().where().length()).isEqualTo(5);
    assertThat(b.ownPermissions().orElseThrow().entries())
        .extracting(entry -> entry.value() + " " + entry.where())
        .containsExactly(
            "write metrics p.yaml:5:37", "write logs p.yaml:5:46", "read logs p.yaml:9:40");
    assertThat(policy.tokens().get(2).permissions().orElseThrow())
        .isEqualTo(Permissions.of(Permission.read("metrics"), Permission.read("logs")));
  }

  @Test
  void anAnchorMayBeUsedAgainAndTheNearestAboveCounts() throws InvalidPolicyException {
    assertThat(permissions("{read: [&x metrics, &x traces, *x], write: [&x logs]}"))
        .isEqualTo(READ_METRICS_WRITE_LOGS.union(Permissions.of(Permission.read("traces"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no",
        "yes",
        "on",
        "2024-01-01",
        "0b1",
        "1_000",
        "'2024'",
        "\"true\"",
        "!!str 2024",
        "! 2024",
        "'~'",
        "'*'",
        "-a",
        "a:b",
        "a#b",
        "tRue",
        "<",
        "'<<'",
        "\u6f22\u5b57",
        "a b"
      })
  void whatYaml12CallsAStringIsAName(String name) throws InvalidPolicyException {
    assertThat(permissions("{read: [" + name + "]}").size()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "\ud83d\ude00", "\u6f22"})
  void aDatabaseNameHasUpTo64Characters(String character) throws InvalidPolicyException {
    assertThat(permissions("{read: [" + character.repeat(64) + "]}").size()).isEqualTo(1);
  }

  @Test
  void aTokenNameHasUpTo128Characters() throws InvalidPolicyException {
    String name = "\ud83d\ude00".repeat(128);
    assertThat(Reading.token("version: 1\ntokens: {? " + name + " : {description: d}}").name())
        .hasToString(name);
  }

  @Test
  void eachProductHasItsKeys() throws InvalidPolicyException {
    assertThat(cluster("product: clustered, url: 'http://localhost:8080'").url()).isPresent();
    assertThat(cluster("product: sandbox").seed()).isEmpty();
    assertThat(cluster("product: sandbox, seed: seed.json").seed().orElseThrow().value())
        .isEqualTo("seed.json");
  }

  private static ClusterSection cluster(String section) throws InvalidPolicyException {
    return Reading.policy("version: 1\ncluster: {" + section + "}").cluster().orElseThrow();
  }

  private static Permissions permissions(String form) throws InvalidPolicyException {
    String policy = "version: 1\ntokens: {a: {description: d, permissions: " + form + "}}";
    return Reading.token(policy).permissions().orElseThrow();
  }
}
