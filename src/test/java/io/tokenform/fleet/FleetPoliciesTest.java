package io.tokenform.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.SourceText;
import io.tokenform.policy.Platform;
import io.tokenform.policy.Policy;
import io.tokenform.policy.PolicyFile;
import io.tokenform.policy.PolicyParser;
import io.tokenform.policy.placement.ClusterSelector;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FleetPoliciesTest {
  private static final Fleet FLEET =
      FleetTexts.fleet(
          """
          version: 1
          clusters:
            dev: {product: sandbox, files: [shared, dev], labels: {env: dev}}
            prod: {product: clustered, url: "https://a.example.com", files: [shared, prod]}
          waves: [{env: dev}, "*"]
          """);

  private static final String NOTHING = "version: 1";

  private static final String ID = "66666666-6666-4666-8666-666666666666";

  /** The policies of clusters whose files say this; each file is read once. */
  private static FleetPolicies policies(
      List<FleetCluster> chosen, String shared, String dev, String prod) {
    Map<String, PolicyFile> files =
        Map.of("shared", shared, "dev", dev, "prod", prod).entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    file -> PolicyFile.parse(new SourceText(file.getKey(), file.getValue()))));
    return FleetPolicies.of(
        FLEET,
        chosen,
        cluster ->
            new ClusterFiles(
                cluster.files().stream().map(path -> files.get(path.value())).toList(), List.of()));
  }

  private static FleetPolicies policies(String shared, String dev, String prod) {
    return policies(FLEET.clusters(), shared, dev, prod);
  }

  @Test
  void eachClusterHasThePolicyOfItsFiles() {
    FleetPolicies policies =
        policies(
            "{version: 1, tokens: {a: {description: a}, b: {description: b, clusters: [prod]}}}",
            "{version: 1, tokens: {c: {description: c}}}",
            NOTHING);
    assertThat(policies.areValid()).isTrue();
    assertThat(policies.findings()).isEmpty();
    assertThat(policies.all())
        .extracting(
            one ->
                one.name()
                    + one.policy().orElseThrow().tokens().stream()
                        .map(token -> token.name().value())
                        .toList()
                        .toString())
        .containsExactly("dev[a, c]", "prod[a, b]");
    assertThat(policies.all().get(1).policy().orElseThrow().cluster())
        .contains(FLEET.clusters().get(1).cluster());
  }

  @Test
  void clustersWithTheSameFilesShareWhatIsMadeOfThemUnlessTheseTellThemApart() {
    for (String placement : List.of("", ", ids: {dev: 66666666-6666-4666-8666-666666666666}")) {
      PolicyFile shared =
          PolicyFile.parse(
              new SourceText(
                  "shared", "{version: 1, tokens: {a: {description: a" + placement + "}}}"));
      List<Policy> policies =
          FleetPolicies.of(
                  FLEET, FLEET.clusters(), cluster -> new ClusterFiles(List.of(shared), List.of()))
              .all()
              .stream()
              .map(one -> one.policy().orElseThrow())
              .toList();
      assertThat(policies)
          .extracting(policy -> policy.cluster().orElseThrow())
          .containsExactlyElementsOf(FLEET.clusters().stream().map(FleetCluster::cluster).toList());
      assertThat(policies.get(0).tokens() == policies.get(1).tokens())
          .isEqualTo(placement.isEmpty());
      assertThat(policies)
          .extracting(policy -> policy.tokens().get(0).id().isPresent())
          .containsExactly(!placement.isEmpty(), false);
    }
  }

  @Test
  void aProblemOfASharedFileIsToldOnceAndOneOfAnotherHidesNoCluster() {
    FleetPolicies shared = policies("{version: 1, tokns: {}}", NOTHING, NOTHING);
    assertThat(shared.findings()).extracting(Diagnostic::code).containsExactly(Code.UNKNOWN_KEY);
    assertThat(shared.all()).allMatch(one -> one.policy().isEmpty());

    FleetPolicies one = policies(NOTHING, "{version: 1, tokns: {}}", NOTHING);
    assertThat(one.all()).extracting(all -> all.policy().isPresent()).containsExactly(false, true);
    assertThat(one.areValid()).isFalse();
  }

  @Test
  void aRoleIsUnusedOnlyWhereNoClusterUsesIt() {
    String roles = "{version: 1, roles: {r: {read: [x]}, s: {read: [x]}}}";
    String user = "{version: 1, tokens: {a: {description: a, roles: [r]}}}";
    assertThat(policies(roles, NOTHING, user).findings())
        .extracting(Diagnostic::message)
        .containsExactly("no token of the fleet has the role \"s\"");
    // With some of the clusters alone, nobody knows.
    assertThat(
            policies(FLEET.select(List.of(ClusterSelector.parse("dev"))), roles, NOTHING, user)
                .findings())
        .isEmpty();
  }

  @Test
  void anExceptionIsUnusedOnlyWhereNoClusterHasTheToken() {
    String rules = "{version: 1, guardrails: {lockout: {except: [a, b]}}}";
    assertThat(policies(rules, NOTHING, "{version: 1, tokens: {a: {description: a}}}").findings())
        .extracting(Diagnostic::message)
        .containsExactly(
            "\"b\" excepts no token from lockout: no token of the policy has this name");
  }

  @Test
  void anExceptionForADatabaseIsUnusedOnlyWhereNoClusterHasIt() throws Exception {
    String rules = "{version: 1, guardrails: {data-loss: {except: [orders, ordres]}}}";
    assertThat(
            policies(rules, NOTHING, "{version: 1, tokens: {}, databases: {orders: {}}}")
                .findings())
        .extracting(Diagnostic::message)
        .containsExactly(
            "\"ordres\" excepts no database from data-loss: no database of the policy has this"
                + " name");
  }

  private static final Platform PLATFORM =
      platform(
          """
          version: 1
          sinks:
            one: {directory: /run}
            each: {directory: "/run/{cluster}"}
            script: {command: [sh, -c, 'put "$TOKENFORM_TOKEN_CLUSTER"']}
            words: {command: [put, "{cluster}/{name}"]}
            names: {command: [put, "{name}"], check: [look, "{cluster}"]}
          """);

  private static Platform platform(String text) {
    try {
      return PolicyParser.platform(PolicyFile.parse(new SourceText("platform.yaml", text)));
    } catch (InvalidPolicyException e) {
      throw new AssertionError(FleetTexts.shown(e.findings()), e);
    }
  }

  private static String delivering(String sink, String more) {
    return "{version: 1, tokens: {a: {description: a, permissions: {read: [x]}, deliver: "
        + sink
        + more
        + "}}}";
  }

  @ParameterizedTest
  @CsvSource({"one,directory", "names,command"})
  void whatSeveralClustersDeliverToOnePlaceIsAnError(String sink, String kind) {
    FleetPolicies checked =
        policies(delivering(sink, ""), NOTHING, NOTHING)
            .within(PLATFORM, FleetPoliciesTest::nobody);
    assertThat(checked.areValid()).isFalse();
    assertThat(checked.all()).allMatch(one -> one.policy().isEmpty());
    assertThat(checked.findings())
        .extracting(finding -> finding.code() + ": " + finding.message() + finding.hint())
        .containsExactly(
            "shared-sink: 2 clusters of the fleet deliver \"a\" to the sink \""
                + sink
                + "\", which has one place for all of them: the secrets would replace each other"
                + "Optional[write {cluster} into sinks."
                + sink
                + "."
                + kind
                + " in the platform file, or limit the token to one cluster with clusters]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"each", "script", "words", "unknown"})
  void aSinkThatTellsClustersApartIsNone(String sink) {
    FleetPolicies policies = policies(delivering(sink, ""), NOTHING, NOTHING);
    assertThat(policies.within(PLATFORM, FleetPoliciesTest::nobody)).isEqualTo(policies);
  }

  @Test
  void oneClusterMayDeliverToAnySink() {
    FleetPolicies one = policies(delivering("one", ", clusters: [prod]"), NOTHING, NOTHING);
    assertThat(one.within(PLATFORM, FleetPoliciesTest::nobody)).isEqualTo(one);
    FleetPolicies others =
        policies(NOTHING, delivering("one", ""), delivering("one", "").replace("a:", "b:"));
    assertThat(others.within(PLATFORM, FleetPoliciesTest::nobody)).isEqualTo(others);
  }

  @Test
  void aClusterThatIsNotChosenDeliversTooSomeDay() {
    List<FleetCluster> dev = FLEET.select(List.of(ClusterSelector.parse("dev")));
    String same = delivering("names", "");
    FleetPolicies whole = policies(NOTHING, same, same);
    assertThat(policies(dev, NOTHING, same, same).within(PLATFORM, () -> whole).findings())
        .extracting(Diagnostic::code)
        .containsExactly(Code.SHARED_SINK);
    FleetPolicies quiet = policies(dev, NOTHING, NOTHING, same);
    assertThat(quiet.within(PLATFORM, FleetPoliciesTest::nobody)).isEqualTo(quiet);
  }

  @Test
  void aPolicyKnowsTheNamesOfOthersWhereSomethingIsExpectedOfThem() {
    String a = "{version: 1, tokens: {a: {description: a, clusters: [dev]}}}";
    String expecting = "{version: 1, expect: [{token: a, can: {read: [x]}}]}";
    List<FleetCluster> dev = FLEET.select(List.of(ClusterSelector.parse("dev")));
    List<FleetCluster> prod = FLEET.select(List.of(ClusterSelector.parse("prod")));
    FleetPolicies whole = policies(a, NOTHING, expecting);
    assertThat(policies(prod, a, NOTHING, expecting).within(Platform.NONE, () -> whole).all())
        .extracting(one -> one.policy().orElseThrow().fleet().toString())
        .containsExactly("[a]");
    for (FleetPolicies none :
        List.of(
            policies(dev, a, expecting, NOTHING),
            policies(a, expecting, NOTHING),
            policies(prod, a, NOTHING, expecting.replace("token: a", "token: " + ID)))) {
      assertThat(none.within(Platform.NONE, FleetPoliciesTest::nobody)).isEqualTo(none);
    }
  }

  private static FleetPolicies nobody() {
    throw new AssertionError("the other clusters matter to none of these");
  }

  @Test
  void aProblemWithAPathMakesThePolicyInvalid() {
    FleetPolicies policies =
        FleetPolicies.of(
            FLEET,
            FLEET.clusters(),
            cluster ->
                new ClusterFiles(
                    List.of(PolicyFile.parse(new SourceText("p", NOTHING))),
                    cluster.name().value().equals("dev")
                        ? List.of(
                            Diagnostic.error(Code.UNREADABLE_FILE, cluster.where(), "not there"))
                        : List.of()));
    assertThat(policies.all())
        .extracting(one -> one.policy().isPresent())
        .containsExactly(false, true);
  }
}
