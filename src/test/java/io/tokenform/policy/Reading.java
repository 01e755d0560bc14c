package io.tokenform.policy;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.report.DiagnosticText;
import io.tokenform.report.text.Style;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads policies as the command line does, save that a text may begin in any way: so short texts
 * show what is wrong with them.
 */
public final class Reading {
  private Reading() {}

  static Policy policy(String text) throws InvalidPolicyException {
    return policy(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Policy policy(byte[] bytes) throws InvalidPolicyException {
    return PolicyParser.merge(List.of(PolicyFile.parse(PolicySource.decode("p.yaml", bytes))));
  }

  /** The only token of a policy. */
  static DesiredToken token(String text) throws InvalidPolicyException {
    List<DesiredToken> tokens = policy(text).tokens();
    if (tokens.size() != 1) {
      throw new IllegalArgumentException("not one token: " + tokens);
    }
    return tokens.get(0);
  }

  /** Everything that is wrong with a policy; fails where nothing is. */
  public static List<Diagnostic> findings(String text) {
    return findings(text.getBytes(StandardCharsets.UTF_8));
  }

  public static List<Diagnostic> findings(byte[] bytes) {
    InvalidPolicyException invalid =
        catchThrowableOfType(InvalidPolicyException.class, () -> policy(bytes));
    if (invalid == null) {
      throw new AssertionError("the policy is valid");
    }
    return invalid.findings();
  }

  /** The same as people see it; the carets say where each place is and how long. */
  public static String shown(String text) {
    return shown(findings(text));
  }

  public static String shown(List<Diagnostic> findings) {
    DiagnosticText text = new DiagnosticText(Style.PLAIN);
    return findings.stream().map(text::render).collect(Collectors.joining());
  }
}
