package io.tokenform.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenform.access.Product;
import io.tokenform.access.TokenId;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.policy.placement.Place;
import io.tokenform.policy.placement.Places;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The policy of one cluster of a fleet. */
class FleetMergeTest {
  private static final TokenId ONE = TokenId.parse("11111111-0000-4000-8000-000000000001");
  private static final TokenId TWO = TokenId.parse("22222222-0000-4000-8000-000000000002");

  private static final Place DEV = place("dev", "dev");
  private static final Place PROD = place("prod", "prod");
  private static final Places FLEET = new Places(List.of(DEV, PROD));

  private static Place place(String name, String env) {
    return new Place(new ClusterName(name), new TreeMap<>(Map.of("env", env)));
  }

  private static final Location PLACE = new Location(new SourceText("fleet.yaml", ""), 1, 1, 1);

  private static FleetMember member(Place place) {
    return new FleetMember(
        place,
        new ClusterSection(
            new Located<>(Product.SANDBOX, PLACE),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        new PlacementCheck(FLEET));
  }

  private static Policy on(Place place, String... texts) {
    try {
      return PolicyParser.merge(files(texts), member(place));
    } catch (InvalidPolicyException e) {
      throw new AssertionError(Reading.shown(e.findings()), e);
    }
  }

  private static List<PolicyFile> files(String... texts) {
    return List.of(texts).stream()
        .map(text -> PolicyFile.parse(new SourceText("p.yaml", "version: 1\n" + text)))
        .toList();
  }

  private static List<Code> codes(Place place, String... texts) {
    InvalidPolicyException invalid =
        catchThrowableOfType(
            InvalidPolicyException.class, () -> PolicyParser.merge(files(texts), member(place)));
    return invalid.findings().stream().map(Diagnostic::code).toList();
  }

  private static List<String> names(Policy policy) {
    return policy.tokens().stream().map(token -> token.name().value()).toList();
  }

  private static List<String> databases(Policy policy) {
    return policy.databases().stream().map(database -> database.name().value()).toList();
  }

  @Test
  void aDatabaseIsOnEveryClusterUnlessItSaysOtherwise() {
    String text =
        """
        databases:
          everywhere: {retention: 90d}
          named: {clusters: [prod]}
          labelled: {clusters: {env: dev}}
        """;
    assertThat(databases(on(DEV, text))).containsExactly("everywhere", "labelled");
    assertThat(databases(on(PROD, text))).containsExactly("everywhere", "named");
    assertThat(on(PROD, text).databases()).allMatch(database -> database.placement().isEmpty());
  }

  @Test
  void aDatabaseOnNoClusterOfTheFleetIsAnError() {
    assertThat(codes(DEV, "databases: {orders: {clusters: [staging]}}"))
        .containsExactly(Code.UNKNOWN_CLUSTER);
  }

  @Test
  void aDatabaseHasNoIds() {
    assertThat(codes(DEV, "databases: {orders: {ids: {dev: " + ONE + "}}}"))
        .containsExactly(Code.UNKNOWN_KEY);
  }

  @Test
  void aFormerNameMayBeThatOfADatabaseOnAnotherCluster() {
    String text =
        """
        databases:
          new: {renamed: old, clusters: [dev]}
          old: {clusters: [prod]}
        """;
    assertThat(databases(on(DEV, text))).containsExactly("new");
    assertThat(databases(on(PROD, text))).containsExactly("old");
  }

  @Test
  void aTokenIsOnEveryClusterUnlessItSaysOtherwise() {
    String tokens =
        """
        tokens:
          all: {description: a}
          named: {description: b, clusters: [prod]}
          pattern: {description: c, clusters: ["d*"]}
          labels: {description: d, clusters: {env: prod}}
          either: {description: e, clusters: [dev, {env: prod}]}
          other: {description: f, clusters: [env!=prod]}
        """;
    assertThat(names(on(DEV, tokens))).containsExactly("all", "either", "other", "pattern");
    assertThat(names(on(PROD, tokens))).containsExactly("all", "either", "labels", "named");
  }

  @Test
  void aTokenHasTheIdOfItsClusterAndIsFoundByItsDescriptionElsewhere() {
    String tokens =
        "tokens: {a: {description: d, was: [old], ids: {prod: " + ONE + "}}, b: {id: " + TWO + "}}";
    assertThat(on(PROD, tokens).tokens())
        .extracting(token -> token.id().map(Located::value))
        .containsExactly(Optional.of(ONE), Optional.of(TWO));
    assertThat(on(PROD, tokens).tokens().get(0).was()).isEmpty();
    assertThat(on(DEV, tokens).tokens())
        .extracting(token -> token.id().map(Located::value))
        .containsExactly(Optional.empty(), Optional.of(TWO));
    assertThat(on(DEV, tokens).tokens().get(0).was()).hasSize(1);
    assertThat(on(DEV, tokens).tokens()).allMatch(token -> token.placement().isEmpty());
  }

  @Test
  void theClusterIsTheFleetFiles() {
    assertThat(on(DEV, "tokens: {}").cluster()).contains(member(DEV).cluster());
    assertThat(codes(DEV, "cluster: {product: sandbox}")).containsExactly(Code.DUPLICATE_CLUSTER);
  }

  @Test
  void anIdStandsForOneTokenOfEachCluster() {
    String tokens =
        """
        tokens:
          a: {description: a, ids: {dev: %1$s, prod: %2$s}}
          b: {description: b, ids: {dev: %2$s, prod: %1$s}}
          c: {description: c, ids: {prod: %2$s}, clusters: [prod]}
        """
            .formatted(ONE, TWO);
    assertThat(names(on(DEV, tokens))).containsExactly("a", "b");
    assertThat(codes(PROD, tokens)).containsExactly(Code.DUPLICATE_ID);
  }

  @Test
  void tokensOfDifferentClustersMayHaveOneDescription() {
    String apart =
        "tokens: {a: {description: d, clusters: [dev]}, b: {description: d, clusters: [prod]}}";
    assertThat(names(on(DEV, apart))).containsExactly("a");
    assertThat(names(on(PROD, apart))).containsExactly("b");
    String together = "tokens: {a: {description: d}, b: {description: d, clusters: [prod]}}";
    assertThat(names(on(DEV, together))).containsExactly("a");
    assertThat(codes(PROD, together)).containsExactly(Code.TOKEN_MATCHED_TWICE);
  }

  @Test
  void aTokenWithoutDescriptionNeedsAnIdWhereItIs() {
    String tokens = "tokens: {a: {ids: {prod: " + ONE + "}}}";
    assertThat(names(on(PROD, tokens))).containsExactly("a");
    assertThat(codes(DEV, tokens)).containsExactly(Code.UNIDENTIFIED_TOKEN);
    String blank = "tokens: {a: {description: ' ', ids: {prod: " + ONE + "}}}";
    assertThat(codes(DEV, blank)).containsExactly(Code.UNIDENTIFIED_TOKEN);
    String placed = "tokens: {a: {clusters: [prod], ids: {prod: " + ONE + "}}}";
    assertThat(names(on(DEV, placed))).isEmpty();
  }

  @Test
  void whatTheFleetDoesNotHaveIsFoundOnEveryCluster() {
    String tokens =
        """
        tokens:
          a: {description: a, clusters: [prdo]}
          b: {description: b, clusters: {evn: prod}}
          c: {description: c, ids: {pord: %s}}
          d: {description: d, clusters: [dev], ids: {prod: %s}}
        """
            .formatted(ONE, TWO);
    List<Code> all =
        List.of(
            Code.UNKNOWN_CLUSTER, Code.UNKNOWN_CLUSTER, Code.UNKNOWN_CLUSTER, Code.CONTRADICTION);
    assertThat(codes(DEV, tokens)).isEqualTo(all);
    assertThat(codes(PROD, tokens)).isEqualTo(all);
  }

  @Test
  void whatOneClusterDoesNotUseIsNoWarning() {
    String text =
        """
        roles: {reader: {read: [metrics]}}
        tokens: {a: {description: a, roles: [reader], clusters: [prod]}}
        guardrails: {lockout: {except: [a]}}
        """;
    assertThat(on(DEV, text).warnings()).isEmpty();
    assertThat(on(DEV, "roles: {reader: {read: [metrics]}}").warnings()).isEmpty();
  }

  @Test
  void withoutAFleetSuchTokensAreToldOnce() {
    String text =
        """
        version: 1
        tokens:
          a: {description: a}
          b: {description: b, clusters: [prod]}
          c: {description: c, ids: {prod: %s}}
        """
            .formatted(ONE);
    assertThat(Reading.shown(text))
        .isEqualTo(
            """
            p.yaml:4:23: error[no-fleet]: the token "b" is for a fleet, and none is given
              4 |   b: {description: b, clusters: [prod]}
                |                       ^^^^^^^^
              hint: name the fleet file with --fleet FILE, instead of -f; a command without --fleet needs no policy
            """);
  }
}
