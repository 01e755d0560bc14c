package io.tokenform.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.finding.SourceText;
import io.tokenform.fleet.FleetDifference.Side;
import io.tokenform.fleet.FleetDifference.TokenDifference;
import io.tokenform.policy.Policy;
import io.tokenform.policy.PolicyFile;
import io.tokenform.policy.placement.ClusterName;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FleetDifferenceTest {
  private static final Fleet FLEET =
      FleetTexts.fleet(
          """
          version: 1
          clusters:
            dev: {product: clustered, url: "https://a.example.com", files: [dev]}
            prod: {product: clustered, url: "https://b.example.com", files: [prod]}
          """);

  private static FleetDifference difference(String dev, String prod) {
    FleetPolicies policies =
        FleetPolicies.of(
            FLEET,
            FLEET.clusters(),
            cluster ->
                new ClusterFiles(
                    List.of(
                        PolicyFile.parse(
                            new SourceText(
                                cluster.name().value(),
                                "{version: 1, tokens: {"
                                    + (cluster.name().value().equals("dev") ? dev : prod)
                                    + "}}"))),
                    List.of()));
    assertThat(policies.areValid()).as(FleetTexts.shown(policies.findings())).isTrue();
    return FleetDifference.of(
        new ClusterName("dev"), policy(policies, 0), new ClusterName("prod"), policy(policies, 1));
  }

  private static Policy policy(FleetPolicies policies, int index) {
    return policies.all().get(index).policy().orElseThrow();
  }

  private static TokenDifference only(String dev, String prod) {
    FleetDifference difference = difference(dev, prod);
    assertThat(difference.tokens()).hasSize(1);
    return difference.tokens().get(0);
  }

  @Test
  void theSameDoesNotDiffer() {
    FleetDifference none =
        difference(
            "a: {description: a, permissions: {read: [x, y]}}, b: {id: 55555555-5555-4555-8555-555555555555}",
            "a: {description: a, permissions: {read: [y, x]}}, b: {id: 66666666-6666-4666-8666-666666666666}");
    assertThat(none.isEmpty()).isTrue();
    assertThat(none.same()).isEqualTo(2);
    assertThat(none.byDatabase()).isEmpty();
  }

  @Test
  void aTokenThatOneAloneHasIsThereWithAllThatItMay() {
    FleetDifference difference =
        difference(
            "a: {description: a, permissions: {write: [x]}}",
            "b: {description: b, permissions: {read: ['*', y]}}");
    assertThat(difference.tokens())
        .extracting(TokenDifference::side)
        .containsExactly(Side.FIRST, Side.SECOND);
    assertThat(difference.tokens().get(0).onlyFirst()).hasToString("[write x]");
    assertThat(difference.tokens().get(1).onlySecond()).hasToString("[read *]");
    assertThat(difference.count(Side.FIRST)).isOne();
    assertThat(difference.byDatabase().toString()).startsWith("{*=[").doesNotContain("y=");
  }

  @Test
  void accessIsComparedAndNotPairs() {
    String all = "a: {description: a, permissions: {read: ['*']}}";
    String more = "a: {description: a, permissions: {read: ['*', x]}}";
    String one = "a: {description: a, permissions: {read: [x]}}";
    assertThat(difference(all, more).isEmpty()).isTrue();
    TokenDifference token = only(one, all);
    assertThat(token.onlyFirst()).isEmpty();
    assertThat(token.onlySecond()).hasToString("[read *]");
    FleetDifference difference = difference(one, all);
    assertThat(difference.byDatabase().get("*").get(0).elsewhere()).containsExactly("x");
    assertThat(difference.byDatabase()).containsOnlyKeys("*");
  }

  @Test
  void aRevokedTokenMayNothing() {
    TokenDifference token =
        only(
            "a: {description: a, state: revoked, reason: INC-1}",
            "a: {description: a, permissions: {read: [x]}}");
    assertThat(token.onlySecond()).hasToString("[read x]");
    assertThat(token.fields())
        .extracting(field -> field.name() + field.first() + field.second())
        .containsExactly(
            "stateOptional[revoked]Optional.empty", "reasonOptional[INC-1]Optional.empty");
  }

  @Test
  void permissionsThatAPolicyLeavesAloneAreNotTheSameAsNone() {
    TokenDifference token = only("a: {description: a}", "a: {description: a, permissions: {}}");
    assertThat(token.fields())
        .extracting(field -> field.name() + field.first() + field.second())
        .containsExactly("permissionsOptional[left as they are]Optional.empty");
  }

  @Test
  void theOtherFieldsAreComparedInTheOrderOfAPolicy() {
    TokenDifference token =
        only(
            "a: {description: a, owner: x, permissions: {read: [x]}, mode: additive}",
            "a: {description: b, was: [a], permissions: {read: [x]}, deliver: vault, expires: 120d,"
                + " rotate: {every: 90d, overlap: 8d}}");
    assertThat(token.onlyFirst()).isEmpty();
    assertThat(token.fields())
        .extracting(
            field ->
                field.name() + " " + field.first().orElse("-") + " " + field.second().orElse("-"))
        .containsExactly(
            "description a b",
            "was - a",
            "owner x -",
            "mode additive -",
            "deliver - vault",
            "expires - 120d",
            "rotate.every - 90d",
            "rotate.overlap - 8d",
            "rotate.park - 1d",
            "rotate.settle - 0s");
  }

  private static FleetDifference ofDatabases(String dev, String prod) {
    return difference("}, databases: {" + dev, "}, databases: {" + prod);
  }

  private static String shown(DatabaseDifference.All databases) {
    return databases.differing().stream()
        .map(
            database ->
                database.database()
                    + " "
                    + database.side()
                    + database.fields().stream()
                        .map(
                            field ->
                                " "
                                    + field.name()
                                    + " "
                                    + field.first().orElse("-")
                                    + " "
                                    + field.second().orElse("-"))
                        .collect(Collectors.joining())
                    + "\n")
        .collect(Collectors.joining());
  }

  @Test
  void policiesWithoutDatabasesSayNothingOfThem() {
    FleetDifference difference = difference("a: {description: a}", "");
    assertThat(difference.databases().isNone()).isTrue();
    assertThat(difference.isEmpty()).isFalse();
  }

  @Test
  void equalDatabasesDoNotDiffer() {
    FleetDifference none = ofDatabases("a: {}, b: {retention: 24h}", "b: {retention: 1d}, a: {}");
    assertThat(none.isEmpty()).isTrue();
    assertThat(none.databases().same()).isEqualTo(2);
    assertThat(none.databases().isNone()).isFalse();
  }

  @Test
  void databasesAreComparedByTheirNames() {
    FleetDifference difference =
        ofDatabases(
            "gone: {state: deleted}, b: {retention: 30d, maxTables: 7}, same: {}, dev: {}",
            "gone: {}, b: {retention: 90d, maxColumnsPerTable: 9, partitionTemplate: [{type: time,"
                + " value: '%Y'}]}, same: {}, prod: {renamed: old}");

    assertThat(difference.isEmpty()).isFalse();
    assertThat(difference.tokens()).isEmpty();
    assertThat(shown(difference.databases()))
        .isEqualTo(
            """
            b both retention 30d 90d maxTables 7 - maxColumnsPerTable - 9 partitionTemplate - time %Y
            dev first
            gone both state deleted -
            prod second renamed - old
            """);
    assertThat(difference.databases().same()).isOne();
    assertThat(difference.databases().count(Side.FIRST)).isOne();
    assertThat(difference.databases().count(Side.SECOND)).isOne();
    assertThat(difference.databases().count(Side.BOTH)).isEqualTo(2);
  }
}
