package io.tokenform.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.finding.SourceText;
import io.tokenform.policy.PolicyFile;
import io.tokenform.policy.placement.ClusterName;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

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
                    List.of())),
        List.of());
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
