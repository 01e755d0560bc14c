package io.tokenform.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.finding.SourceText;
import io.tokenform.policy.PolicyFile;
import io.tokenform.policy.placement.ClusterSelector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the manual's page shows is as it says. */
class FleetsPageTest {
  private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");
  private static final Pattern SELECTOR = Pattern.compile("(?m)^\\| `([^`{]+)` \\|");

  private static List<String> found(Pattern pattern) throws IOException {
    return pattern
        .matcher(Files.readString(Path.of("src/site/markdown/fleets.md")))
        .results()
        .map(result -> result.group(1))
        .toList();
  }

  @Test
  void theFleetAndThePolicyAreValidTogether() throws IOException {
    Fleet fleet = FleetTexts.fleet(found(YAML).get(0));
    PolicyFile policy = PolicyFile.parse(new SourceText("tokens.yaml", found(YAML).get(1)));
    assertThat(fleet.waves()).hasSize(2);
    FleetPolicies policies =
        FleetPolicies.of(
            fleet, fleet.clusters(), cluster -> new ClusterFiles(List.of(policy), List.of()));
    assertThat(FleetTexts.shown(policies.findings())).isEmpty();
  }

  @Test
  void theSelectorsAreSome() throws IOException {
    List<String> selectors = found(SELECTOR);
    assertThat(selectors).hasSize(6);
    assertThat(selectors).allMatch(text -> !ClusterSelector.parse(text).terms().isEmpty());
  }
}
