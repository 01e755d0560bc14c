package io.tokenform.report.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Masking;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.report.text.Style;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FleetDiagnosticsTest {
  private static Diagnostic warning(String file, int line) {
    return Diagnostic.warning(
        Code.UNUSED_ROLE, new Location(new SourceText(file, ""), line, 1, 1), "no token has it");
  }

  private static FleetDiagnostics diagnostics(
      List<Diagnostic> a, List<Diagnostic> b, List<Diagnostic> ofFleet) {
    Map<ClusterName, List<Diagnostic>> findings = new LinkedHashMap<>();
    findings.put(new ClusterName("a"), a);
    findings.put(new ClusterName("b"), b);
    return FleetDiagnostics.of(findings, ofFleet);
  }

  private static String text(FleetDiagnostics diagnostics, boolean isWhole) {
    return diagnostics.text(Style.PLAIN, new Masking(), OptionalInt.empty(), isWhole);
  }

  @Test
  void whatIsInEachClusterNamesNoneAndTheRestDoes() {
    FleetDiagnostics diagnostics =
        diagnostics(
            List.of(warning("shared.yaml", 1)),
            List.of(warning("own.yaml", 1), warning("shared.yaml", 1)),
            List.of(warning("fleet.yaml", 1)));
    assertThat(text(diagnostics, false))
        .isEqualTo(
            """
            fleet.yaml:1:1: warning[unused-role]: no token has it

            own.yaml:1:1: warning[unused-role]: no token has it
              cluster: b

            shared.yaml:1:1: warning[unused-role]: no token has it

            """);
    assertThat(diagnostics.annotations("x", UnaryOperator.identity()).lines())
        .hasSize(3)
        .filteredOn(line -> line.contains("%0Acluster: b"))
        .hasSize(1);
  }

  @Test
  void ofManyTheMostImportantOnesAreShownAndTheOthersCounted() {
    List<Diagnostic> many =
        IntStream.rangeClosed(1, 150).mapToObj(line -> warning("a.yaml", line)).toList();
    Diagnostic error = warning("z.yaml", 1).asError();
    FleetDiagnostics diagnostics = diagnostics(many, List.of(error), List.of());
    assertThat(text(diagnostics, false))
        .startsWith("z.yaml:1:1: error[unused-role]")
        .endsWith("\nand 51 more; --verbose shows all\n\n");
    assertThat(text(diagnostics, true).lines().filter(line -> line.contains("[unused-role]")))
        .hasSize(151);
  }
}
