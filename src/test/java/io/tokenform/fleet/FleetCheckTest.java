package io.tokenform.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.finding.SourceText;
import io.tokenform.policy.Platform;
import io.tokenform.policy.PolicyFile;
import io.tokenform.policy.PolicyParser;
import io.tokenform.policy.placement.ClusterName;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetCheckTest {
  private static final Fleet FLEET =
      FleetTexts.fleet(
          """
          version: 1
          clusters:
            a: {product: clustered, url: "https://a.example.com", files: [shared]}
            b: {product: clustered, url: "https://b.example.com", files: [shared, own]}
            c: {product: clustered, url: "https://c.example.com", files: [shared, own]}
          """);

  private static FleetCheck check(String shared, String own) {
    return check(shared, own, Platform.NONE);
  }

  private static FleetCheck check(String shared, String own, Platform platform) {
    Map<String, PolicyFile> files =
        Map.of("shared", shared, "own", own).entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    file -> PolicyFile.parse(new SourceText(file.getKey(), file.getValue()))));
    return FleetCheck.of(
        FleetPolicies.of(
                FLEET,
                FLEET.clusters(),
                cluster ->
                    new ClusterFiles(
                        cluster.files().stream().map(path -> files.get(path.value())).toList(),
                        List.of()))
            .within(
                platform,
                () -> {
                  throw new AssertionError("all of them are here");
                }),
        platform.expectations());
  }

  private static List<ClusterName> names(String... names) {
    return List.of(names).stream().map(ClusterName::new).toList();
  }

  @Test
  void anExpectationOfASharedFileIsOneAndIsJudgedForEachCluster() {
    FleetCheck check =
        check(
            "{version: 1, tokens: {x: {description: x, permissions: {read: [m]}}},"
                + " expect: [{never: {write: [m]}}]}",
            "{version: 1, tokens: {y: {description: y, permissions: {write: [m]}}}}");
    assertThat(check.expectations()).isEqualTo(1);
    assertThat(check.tokens()).isEqualTo(5);
    assertThat(check.withErrors()).isEmpty();
    assertThat(check.denied()).isEqualTo(names("b", "c"));
    assertThat(check.findings().keySet()).containsExactlyElementsOf(names("a", "b", "c"));
    assertThat(check.findings().get(new ClusterName("a"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          {token: x, can: {write: [m]}}                                        ;
          {token: x, can: {write: any}, cannot: {read: any}}                   ;
          {database: m, writers: [x]}                                          ;
          {database: m, writers: ["x*"]}                                       ;
          {never: {write: [m]}, except: [x]}                                   ;
          {token: x, can: {read: [m]}}                                         ; b
          {database: m, writers: []}                                           ; b
          {never: {write: [m]}, except: [y]}                                   ; b
          {token: z, can: {read: [m]}}                                         ; a, b, c
          {database: m, writers: [x, z]}                                       ; a, b, c
          {database: m, writers: [x, "z*"]}                                    ; a, b, c
          {token: 66666666-6666-4666-8666-666666666666, cannot: {read: [m]}}   ;
          """)
  void aTokenOfOtherClustersAloneIsExpectedThere(String expectation, String denied)
      throws Exception {
    String limited =
        "{version: 1, tokens: {"
            + "x: {description: x, permissions: {write: [m]}, clusters: [b]},"
            + " y: {description: y, permissions: {}}}";
    List<ClusterName> clusters = denied == null ? List.of() : names(denied.split(", "));
    String expect = "expect: [" + expectation + "]}";
    FleetCheck own = check(limited + ", " + expect, "version: 1");
    assertThat(own.denied()).isEqualTo(clusters);
    Platform platform =
        PolicyParser.platform(
            PolicyFile.parse(new SourceText("platform.yaml", "{version: 1, " + expect)));
    FleetCheck platforms = check(limited + "}", "version: 1", platform);
    assertThat(platforms.denied()).isEqualTo(clusters);
    if (clusters.isEmpty()) {
      assertThat(platforms.findings().values()).allMatch(List::isEmpty);
    }
  }

  @Test
  void errorsOfOnePolicyHideNothingOfAnother() {
    FleetCheck check =
        check(
            "{version: 1, tokens: {x: {description: x, permissions: {write: [m]}}},"
                + " expect: [{never: {write: [m]}}]}",
            "{version: 1, tokns: {}}");
    assertThat(check.withErrors()).isEqualTo(names("b", "c"));
    assertThat(check.denied()).isEqualTo(names("a"));
    assertThat(check.tokens()).isEqualTo(1);
  }
}
