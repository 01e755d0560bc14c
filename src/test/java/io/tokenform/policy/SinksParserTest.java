package io.tokenform.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenform.access.SinkName;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.SourceText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sinks of a platform file, and what is wrong with those that cannot be used. */
class SinksParserTest {
  private static Platform platform(String text) throws InvalidPolicyException {
    return PolicyParser.platform(PolicyFile.parse(new SourceText("platform.yaml", text)));
  }

  private static List<Diagnostic> findings(String text) {
    return catchThrowableOfType(InvalidPolicyException.class, () -> platform(text)).findings();
  }

  private static Diagnostic finding(String sink) {
    List<Diagnostic> findings = findings("version: 1\nsinks:\n  vault: {" + sink + "}\n");
    assertThat(findings).as(Reading.shown(findings)).hasSize(1);
    return findings.get(0);
  }

  @Test
  void commandsAndDirectoriesAreRead() throws Exception {
    Platform platform =
        platform(
            """
            version: 1
            sinks:
              vault:
                command: [vault, kv, put, "-mount=kv", "influx/{cluster}/{name}", "token=-"]
                check: [vault, token, lookup]
                timeout: 90s
              pass: {command: [pass, insert, "influx/{name}"]}
              files: {directory: /run/secrets/influx}
            """);

    assertThat(platform.sinks())
        .containsExactly(
            Map.entry(new SinkName("files"), new SinkDefinition.Directory("/run/secrets/influx")),
            Map.entry(
                new SinkName("pass"),
                new SinkDefinition.Command(
                    List.of("pass", "insert", "influx/{name}"),
                    List.of(),
                    SinkDefinition.Command.DEFAULT_TIMEOUT)),
            Map.entry(
                new SinkName("vault"),
                new SinkDefinition.Command(
                    List.of(
                        "vault", "kv", "put", "-mount=kv", "influx/{cluster}/{name}", "token=-"),
                    List.of("vault", "token", "lookup"),
                    Duration.ofSeconds(90))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "check: [cat]; missing-key; neither a command nor a directory",
        "command: [cat], directory: /run; contradiction; and not both",
        "directory: /run, timeout: 5s; contradiction; timeout is for a command",
        "directory: /run, check: [cat]; contradiction; check is for a command",
        "command: cat; wrong-type; write command: [cat]",
        "command: \"vault kv put 'my secret' token=-\"; wrong-type; [vault, kv, put, \"my secret\","
            + " \"token=-\"]",
        "command: \"cat > /tmp/x\"; wrong-type; write command: [sh, -c, \"cat > /tmp/x\"]",
        "command: [cat], check: vault token lookup; wrong-type; check: [vault, token, lookup]",
        "command: {a: b}; wrong-type; write command: [PROGRAM, WORD]",
        "command: ; missing-value; command must be a list of words",
        "command: []; missing-value; write command: [PROGRAM, WORD]",
        "command: [cat, 7]; wrong-type; quote it: \"7\"",
        "command: [\" \"]; bad-sink; must begin with a program",
        "command: [\"a\\0b\"]; bad-sink; U+0000",
        "command: [\"/opt/{cluster}/put\"]; bad-sink; may stand in the words behind it",
        "command: [put, \"{nmae}\"]; bad-sink; did you mean {name}? the placeholders are {name}"
            + " and {cluster}",
        "command: [put, \"{token}\"]; bad-sink; the placeholders are {name} and {cluster}",
        "command: [put, \"{id}\", \"{name}\"]; bad-sink; no placeholder \"{id}\"",
        "command: [put, \"{{ name }}\"]; bad-sink; did you mean {name}",
        "command: [put, \"a-${NAME}\"]; bad-sink; left over from a template",
        "command: [put, \"{name}-{user}\"]; bad-sink; no placeholder \"{user}\"",
        "command: [put], check: [get, \"{name}\"]; bad-sink; check is about the sink",
        "command: [put], timeout: 0s; bad-duration; longer than nothing",
        "command: [put], timeout: 11m; bad-duration; at most 10m",
        "command: [put], timeout: 60; wrong-type; write 1m",
        "command: [put], shell: true; unknown-key; command, check, timeout, directory",
        "cmd: [put]; unknown-key; did you mean \"command\"",
        "directory: \"\"; bad-sink; must not be blank",
        "directory: ~/secrets; bad-sink; write the whole path",
        "directory: \"/run/{name}\"; bad-sink; and this one has \"{name}\"",
        "directory: \"/run/{cluster}/{name}\"; bad-sink; this one has \"{name}\"",
        "directory: \"/run/{clustr}\"; bad-sink; no placeholder but {cluster}",
        "directory: \"/run/${USER}\"; bad-sink; no placeholder but {cluster}",
        "directory: [a]; wrong-type; must be a string",
      })
  void aSinkThatCannotBeUsedIsExplained(String sink, String code, String text) {
    Diagnostic finding = finding(sink);
    assertThat(finding.code().word()).isEqualTo(code);
    assertThat(finding.message() + "; " + finding.hint().orElse("")).contains(text);
  }

  @Test
  void theProgramIsTheFirstWordThatWasWritten() {
    List<Diagnostic> findings = findings("version: 1\nsinks: {a: {command: [1, '{name}']}}\n");
    assertThat(findings).extracting(Diagnostic::code).containsExactly(Code.WRONG_TYPE);
  }

  @Test
  void aSecretInACommandIsRefusedAndNotShown() {
    String secret = "apiv1_EXAMPLE0EXAMPLE0EXAMPLE0";
    List<Diagnostic> findings =
        findings("version: 1\nsinks:\n  a: {command: [put, " + secret + "]}\n");
    assertThat(findings).extracting(Diagnostic::code).containsExactly(Code.SECRET_IN_POLICY);
    assertThat(Reading.shown(findings)).doesNotContain(secret);
  }

  @Test
  void twoSinksHaveTwoNames() {
    assertThat(
            findings("{version: 1, sinks: {a: {directory: /a}, a: {directory: /b}}}").get(0).code())
        .isEqualTo(Code.DUPLICATE_KEY);
    assertThat(
            findings("{version: 1, sinks: {vault: {directory: /a}, v\u0430ult: {directory: /b}}}")
                .get(0)
                .code())
        .isEqualTo(Code.CONFUSABLE_NAME);
  }

  @Test
  void aPolicyCannotDefineSinks() {
    String text = "version: 1\nsinks: {files: {directory: /run}}\n";
    Diagnostic finding = Reading.findings(text).get(0);
    assertThat(finding.code()).isEqualTo(Code.MISPLACED_KEY);
    assertThat(finding.where().line()).isEqualTo(2);
    assertThat(finding.hint().orElseThrow()).contains("--platform");
  }

  @Test
  void aPolicyIsNotToldOfSinksAsOneOfItsKeys() {
    assertThat(Reading.findings("version: 1\nfrobnicate: 2\n").get(0).hint().orElseThrow())
        .isEqualTo("the keys are version, cluster, guardrails, expect, roles, tokens, databases");
  }

  @Test
  void aPlatformFileMayBeginWithItsSinks() {
    assertThat(PolicyBeginning.isThatOf("sinks:\n  a: {directory: /run}\nversion: 1\n")).isTrue();
  }
}
