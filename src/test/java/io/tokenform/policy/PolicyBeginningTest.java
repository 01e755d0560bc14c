package io.tokenform.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.report.DiagnosticText;
import io.tokenform.report.text.Style;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyBeginningTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n\r\n",
        "version: 1\n",
        "version: 1",
        "version:\n",
        "version:1\n",
        "verison: 1\n",
        "tokens: {}\n",
        "databases: {}\n",
        "{\"databases\": {}}",
        "roles :\n",
        "cluster:\r\n  product: sandbox\r\n",
        "cluster:\r  product: sandbox\r",
        "# a comment: hunter2\n\n  # another\nguardrails: {}\n",
        "# yaml-language-server: $schema=x\n%YAML 1.2\n--- # here\nversion: 1\n",
        "---\nversion: 1\n",
        "\tversion: 1\n",
        "\"version\": 1\n",
        "'tokens': {}\n",
        "{\"version\": 1}",
        "{\"version\":1}",
        "\n{\n  \"tokens\" : {}}",
        "{ # why\n version: 1}",
        "{}",
        "{ }",
      })
  void aPolicyBeginsSo(String text) {
    assertThat(PolicyBeginning.isThatOf(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hunter2",
        "hunter2: version",
        "{\"databases\": [\"metrics\"], \"tokens\": []}",
        "databases:\n  [metrics]\n",
        "apiv1_x\nversion: 1\n",
        "root:x:0:0:root:/root:/bin/bash\nversion: 1\n",
        "PATH=/bin\0version: 1\0",
        "-----BEGIN OPENSSH PRIVATE KEY-----\nversion: 1\n",
        "---hunter2\nversion: 1\n",
        "--- hunter2\nversion: 1\n",
        "- version: 1\n",
        "[version]\n",
        "version = 1\n",
        "version\n",
        "tokens:hunter2\n",
        "roles:x:1:2\n",
        "version:hunter2\n",
        "token: hunter2\n",
        "token: 1\n",
        "versions: hunter2\n",
        "Version: 1.2\n",
        "apiVersion: v1\nkind: Secret\ndata: {a: hunter2}\n",
        "{\"auths\": {\"hunter2\": {}}, \"version\": 1}",
        "{\"token\": \"hunter2\"}",
        "{hunter2}",
        "{\"version\", \"hunter2\"}",
        "{",
        "? version\n: hunter2\n",
        "!hunter2 {version: 1}\n",
        "&hunter2 {version: 1}\n",
        "<?xml version=\"1.0\"?>\n",
        "# hunter2\n",
        "```yaml\nhunter2\n",
        "<<<<<<< hunter2\nversion: 1\n",
        "// hunter2\nversion: 1\n",
        "{ /* hunter2 */ \"version\": 1}",
        "\u0001version: 1\n",
      })
  void ofAnotherTextNothingIsShown(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    InvalidPolicyException refused =
        catchThrowableOfType(
            InvalidPolicyException.class, () -> PolicySource.of("link.yaml", bytes));

    assertThat(refused).isNotNull();
    assertThat(shown(refused.findings())).doesNotContain("hunter2", "apiv1", "root", "BEGIN");
    assertThat(refused.findings()).hasSize(1).allMatch(Diagnostic::isError);
    assertThat(PolicyFile.parse("link.yaml", bytes).findings()).hasSize(1);
    assertThat(PolicyFile.parse("link.yaml", bytes).tokenNames()).isEmpty();
  }

  @Test
  void whatIsNotUtf8IsShownOnlyWhereItBeginsLikeAPolicy() {
    assertThat(shownOf("hunter2 \u00fc")).contains("not-utf8").doesNotContain("hunter2");
    assertThat(shownOf("version: 1 # \u00fc")).contains("not-utf8", "1 | version: 1 #");
  }

  private static String shownOf(String latin) {
    byte[] bytes = latin.getBytes(StandardCharsets.ISO_8859_1);
    return shown(PolicyFile.parse("a.yaml", bytes).findings());
  }

  private static String shown(List<Diagnostic> findings) {
    DiagnosticText text = new DiagnosticText(Style.PLAIN);
    return findings.stream().map(text::render).collect(Collectors.joining());
  }

  @Test
  void aLongTextIsLookedAtInLittleTime() {
    assertThat(PolicyBeginning.isThatOf(" \n#\n".repeat(2_000_000) + "x")).isFalse();
    assertThat(PolicyBeginning.isThatOf("x".repeat(20_000_000))).isFalse();
    assertThat(PolicyBeginning.isThatOf("\"" + "x".repeat(20_000_000))).isFalse();
    assertThat(PolicyBeginning.isThatOf("#".repeat(20_000_000))).isFalse();
  }
}
