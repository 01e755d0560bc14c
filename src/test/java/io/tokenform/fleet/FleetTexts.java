package io.tokenform.fleet;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.SourceText;
import io.tokenform.report.DiagnosticText;
import io.tokenform.report.text.Style;
import java.util.List;
import java.util.stream.Collectors;

/** Reads fleet files as the command line does, save that a text may begin in any way. */
final class FleetTexts {
  private FleetTexts() {}

  static Fleet fleet(String text) {
    try {
      return FleetParser.parse(new SourceText("fleet.yaml", text));
    } catch (InvalidPolicyException e) {
      throw new AssertionError(shown(e.findings()), e);
    }
  }

  /** Everything that is wrong with a fleet file; fails where nothing is. */
  static List<Diagnostic> findings(String text) {
    InvalidPolicyException invalid =
        catchThrowableOfType(
            InvalidPolicyException.class,
            () -> FleetParser.parse(new SourceText("fleet.yaml", text)));
    if (invalid == null) {
      throw new AssertionError("the fleet file is valid");
    }
    return invalid.findings();
  }

  /** The same as people see it. */
  static String shown(String text) {
    return shown(findings(text));
  }

  static String shown(List<Diagnostic> findings) {
    DiagnosticText text = new DiagnosticText(Style.PLAIN);
    return findings.stream().map(text::render).collect(Collectors.joining());
  }
}
