package io.tokenform.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.finding.InvalidPolicyException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What looks odd and is right: each with what it means. */
class PolicyCornerCasesTest {
  /** How a database is written in a list, and the name that is meant. */
  static List<Arguments> databases() {
    return List.of(
        // Booleans and the like in YAML 1.1; in 1.2, whose core schema is read here, words.
        Arguments.of("no", "no"),
        Arguments.of("yes", "yes"),
        Arguments.of("on", "on"),
        Arguments.of("off", "off"),
        Arguments.of("y", "y"),
        Arguments.of("2024-01-01", "2024-01-01"),
        Arguments.of("1_000", "1_000"),
        Arguments.of("12:30:45", "12:30:45"),
        Arguments.of("0b11", "0b11"),
        Arguments.of("=", "="),
        // What quotes or a tag make a string.
        Arguments.of("\"*\"", "*"),
        Arguments.of("'*'", "*"),
        Arguments.of("\"012\"", "012"),
        Arguments.of("'null'", "null"),
        Arguments.of("!!str 5", "5"),
        Arguments.of("! 5", "5"),
        // Characters that start something elsewhere.
        Arguments.of("a b", "a b"),
        Arguments.of("a:b", "a:b"),
        Arguments.of("a#b", "a#b"),
        Arguments.of("a@b", "a@b"),
        Arguments.of("-a", "-a"),
        Arguments.of("?a", "?a"),
        Arguments.of("~a", "~a"),
        Arguments.of("<", "<"),
        Arguments.of("\"\\u006d\"", "m"),
        Arguments.of("'it''s'", "it's"),
        Arguments.of("&here metrics", "metrics"),
        // Part of the name to YAML, whatever the writer's keyboard meant.
        Arguments.of("\u201cmetrics\u201d", "\u201cmetrics\u201d"));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void aDatabaseIsNamedAsItIsWritten(String written, String name) throws InvalidPolicyException {
    String policy =
        """
        version: 1
        tokens:
          grafana:
            description: Grafana
            permissions:
              read: [%s]
        """
            .formatted(written);

    assertThat(Reading.token(policy).permissions()).contains(Permissions.of(Permission.read(name)));
  }

  /** How permissions are written that let metrics be read. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{read: [metrics]}",
        "{\"read\":[\"metrics\"]}",
        "{read: [metrics,]}",
        "{read: [metrics,],}",
        "{read: [metrics, metrics], write: []}",
        "{read:\t[metrics]}",
        "{read: [metrics]} # all of them",
        "{read: [metrics]} #all of them",
        "\n      read:\n      - metrics",
        "\n      read:\n        -   metrics",
        "\n      read:\n        [\n        metrics\n        ]",
        "\n      ? read\n      : - metrics",
        "\n      - action: read\n        resource: metrics",
        "\n      - {resource: metrics, action: read}",
        "!!map {read: !!seq [metrics]}",
        "&some {read: [metrics]}",
      })
  void theseAllPermitToReadMetrics(String written) throws InvalidPolicyException {
    String policy =
        """
        version: 1
        tokens:
          grafana:
            description: Grafana
            permissions: %s
        """
            .formatted(written);

    assertThat(Reading.token(policy).permissions())
        .contains(Permissions.of(Permission.read("metrics")));
  }

  /** How the descriptions are written that are {@code Grafana}. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Grafana",
        "\"Grafana\"",
        "'Grafana'",
        "  Grafana  ",
        "\tGrafana",
        "Grafana # the dashboards",
        "|-\n      Grafana",
        ">-\n      Grafana\n",
        "\n      Grafana",
        "!!str Grafana",
        "\"Gra\\\n      fana\"",
      })
  void theseAllDescribeGrafana(String written) throws InvalidPolicyException {
    String policy = "version: 1\ntokens:\n  grafana:\n    description: " + written + "\n";

    assertThat(Reading.token(policy).description().orElseThrow().value()).isEqualTo("Grafana");
  }

  /** The same policy in other dress. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\ufeffversion: 1\ntokens: {grafana: {description: Grafana}}\n",
        "version: 1\r\ntokens:\r\n  grafana:\r\n    description: Grafana\r\n",
        "version: 1\ntokens: {grafana: {description: Grafana}}",
        "---\nversion: 1\ntokens: {grafana: {description: Grafana}}\n...\n",
        "%YAML 1.2\n---\nversion: 1\ntokens: {grafana: {description: Grafana}}\n",
        "{\"version\": 1, \"tokens\": {\"grafana\": {\"description\": \"Grafana\",},},}",
        "{\n\t\"version\": 1,\n\t\"tokens\": {\"grafana\": {\"description\": \"Grafana\"}}\n}\n",
        "\n\n# yaml-language-server: $schema=x\n\nversion: 1\ntokens: {grafana: {description: Grafana}}",
        "version: 1.0\ntokens: {grafana: {description: Grafana}}\n",
        "version: !!int 1\ntokens: {grafana: {description: Grafana}}\n",
        "tokens: {grafana: {description: Grafana}}\nversion: 1\n",
        "  version: 1\n  tokens: {grafana: {description: Grafana}}\n",
      })
  void theseAllAreAPolicyOfOneToken(String text) throws InvalidPolicyException {
    assertThat(Reading.token(text).name()).hasToString("grafana");
  }

  /** Names that YAML 1.1 took for something else, or that look like syntax. */
  @ParameterizedTest
  @ValueSource(
      strings = {"no", "on", "2024-01-01", "team/sensors", "a b", "id", "\u6e29\u5ea6", "\"2024\""})
  void aTokenMayHaveThisName(String name) throws InvalidPolicyException {
    String policy = "version: 1\ntokens:\n  " + name + ":\n    description: Grafana\n";

    assertThat(Reading.token(policy).name()).hasToString(name.replace("\"", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "{read: []}", "{read: [], write: []}"})
  void anEmptySetOfPermissionsTakesAllAccessAway(String written) throws InvalidPolicyException {
    String policy = "version: 1\ntokens: {a: {description: d, permissions: " + written + "}}";

    assertThat(Reading.token(policy).permissions()).contains(Permissions.NONE);
  }

  @Test
  void anIdInCapitalsIsTheSameId() throws InvalidPolicyException {
    String policy = "version: 1\ntokens: {a: {id: AAAAAAAA-5555-4555-8555-555555555555}}";

    assertThat(Reading.token(policy).id().orElseThrow().value())
        .hasToString("aaaaaaaa-5555-4555-8555-555555555555");
  }

  @Test
  void permissionsThatTokensShareMayBeAnAlias() throws InvalidPolicyException {
    Policy policy =
        Reading.policy(
            """
            version: 1
            tokens:
              grafana:
                description: Grafana
                permissions: &readers {read: [metrics]}
              kibana:
                description: Kibana
                permissions: *readers
            """);

    assertThat(policy.tokens())
        .extracting(token -> token.permissions().orElseThrow())
        .containsOnly(Permissions.of(Permission.read("metrics")));
  }
}
