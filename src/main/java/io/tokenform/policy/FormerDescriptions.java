package io.tokenform.policy;

import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Findings;
import io.tokenform.finding.Located;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds former descriptions ({@code was}) that do not mean one token alone: then the policy could
 * take one live token for another.
 */
final class FormerDescriptions {
  private final Findings findings;
  private final Map<String, Claim> claims = new HashMap<>();

  /** Which token has a description, or had it. */
  private record Claim(DesiredToken token, Located<String> text, boolean isFormer) {}

  FormerDescriptions(Findings findings) {
    this.findings = findings;
  }

  void check(List<DesiredToken> tokens) {
    if (tokens.stream().allMatch(token -> token.was().isEmpty())) {
      return;
    }
    for (DesiredToken token : tokens) {
      token
          .description()
          .ifPresent(text -> claims.putIfAbsent(text.value(), new Claim(token, text, false)));
    }
    for (DesiredToken token : tokens) {
      token.was().forEach(text -> check(token, text));
    }
  }

  private void check(DesiredToken token, Located<String> former) {
    Claim first = claims.putIfAbsent(former.value(), new Claim(token, former, true));
    if (first == null) {
      return;
    }
    String quoted = "\"" + former.value() + "\"";
    boolean isSame = first.token().name().equals(token.name());
    String whose = isSame ? "this token" : "\"" + first.token().name() + "\"";
    String message =
        first.isFormer()
            ? quoted + " is listed in was twice, the first time for " + whose
            : quoted + " is a former description here, and " + whose + " has it now";
    findings.add(
        Diagnostic.error(Code.FORMER_DESCRIPTION, former.where(), message)
            .alsoAt(first.text().where())
            .hint(isSame ? "remove it from was" : "remove it from was, or from the other token"));
  }
}
