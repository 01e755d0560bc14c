package io.tokenform.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.InvalidPolicyException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a policy is told about texts that are probably not meant: placeholders, patterns, comments
 * that cut, and what only looks like a space or like another letter. In the texts, {@code ~n} is a
 * line break.
 */
class WordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "  b: {description: \"${TEAM}\"}                     | 8:21 ${TEAM}",
        "  b: {description: ${TEAM}}                         | 8:20 ${TEAM}",
        "  b:~n    description: The ${TEAM:-x} one           | 9:22 ${TEAM:-x}",
        "  b:~n    description: '$(X)'                       | 9:19 $(X)",
        "  b:~n    description: {{ .Values.db }}             | 9:18 {{ .Values.db }}",
        "  b:~n    description: {{ .Values.db }} dashboards  | 9:18 {{ .Values.db }}",
        "  b:~n    description: \"a {{x}}\"                  | 9:21 {{x}}",
        "  b:~n    description: ${{ vars.TEAM }}             | 9:18 ${{ vars.TEAM }}",
        "  b:~n    description: <%= x %>                     | 9:18 <%= x %>",
        "  b:~n    description: %TEAM%                       | 9:18 %TEAM%",
        "  b:~n    description: \"of %TEAM%\"                | 9:22 %TEAM%",
        "  b:~n    description: @TEAM@                       | 9:18 @TEAM@",
        "  b:~n    description: __TEAM__                     | 9:18 __TEAM__",
        "  b:~n    description: $TEAM                        | 9:18 $TEAM",
        "  b:~n    description: >~n      Text of~n      ${T} | 11:7 ${T}",
        "  b:~n    id: <your-id>                             | 9:9 <your-id>",
        "  b:~n    id: ${ID}                                 | 9:9 ${ID}",
        "  b:~n    id: {{ID}}                                | 9:9 {{ID}}",
        "  ${TEAM}:~n    description: x                      | 8:3 ${TEAM}",
        "  {{ TEAM }}:~n    description: x                   | 8:3 {{ TEAM }}",
        "  \"${TEAM}\":~n    description: x                  | 8:4 ${TEAM}",
        "  b: {description: b, permissions: {read: [${DB}]}} | 8:44 ${DB}",
        "  b: {description: b, permissions: {read: [{{x}}]}} | 8:44 {{x}}",
        "  b: {description: b, roles: [r, \"$(R)\"]}         | 8:35 $(R)",
        "  b: {description: b, expires: \"${DAYS}d\"}        | 8:33 ${DAYS}",
        "guardrails: {expiring: {days: ${DAYS}}}             | 8:31 ${DAYS}",
      })
  void aPlaceholderIsTheOneError(String written, String found) {
    List<Diagnostic> findings = Reading.findings(policy(written));

    assertThat(findings).hasSize(1);
    Diagnostic finding = findings.get(0);
    assertThat(finding.code()).hasToString("placeholder");
    assertThat(finding.where().line() + ":" + finding.where().column() + " ")
        .isEqualTo(found.substring(0, found.indexOf(' ') + 1));
    assertThat(finding.message())
        .isEqualTo(
            "a placeholder was left over from a template: "
                + found.substring(found.indexOf(' ') + 1));
    assertThat(finding.hint()).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "  b:~n    description: costs $5 or $USD, see {docs} and (x) of 100% | ",
        "  b:~n    description: a@b.example, @me, 5 < 6 > 4 <ms> %cpu% a__b__c | ",
        "  b:~n    description: \"\\x24{TEAM}, \\x7b{ x }}\"         | ",
        "  b:~n    description: b # ${TEAM}~n# {{ x }}               | ",
        "guardrails: {description: {level: deny, pattern: \"a${1}\"}} | ",
        "  b:~n    description: A, ticket #1234           | cut-text@9:28",
        "  b:~n    description: A, ticket # 1234          | cut-text@9:28",
        "  b:~n    description: b~n    owner: team #42    | cut-text@10:17",
        "  b:~n    description: b~n    permissions: {read: [m #1~n      ]} | cut-text@10:28",
        "  b:~n    description: b  # dashboards           | ",
        "  b:~n    description: b # dashboards            | ",
        "  b:~n    description: b  #dashboards            | ",
        "  b:~n    description: \"b\" #dashboards         | ",
        "  b:~n    description: \"b #1\"                  | ",
        "  b:~n    description: b # ssh://git@host/x, https://me@host/, https://me:<secret>@host | ",
        "guardrails: {wildcard-read: {except: [aa]}}      | unused-exception@8:39",
        "guardrails: {wildcard-read: {except: [a, \"*\"]}} | ",
        "guardrails: {unmanaged-token: {except: [aa]}}    | ",
      })
  void thisIsAPolicyWith(String written, String warnings) throws InvalidPolicyException {
    assertThat(
            Reading.policy(policy(written)).warnings().stream()
                .map(
                    finding ->
                        finding.code()
                            + "@"
                            + finding.where().line()
                            + ":"
                            + finding.where().column()))
        .containsExactlyElementsOf(warnings == null ? List.of() : List.of(warnings));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "  b: {description: b, permissions: {read: [\"m_*\"]}} | bad-database-name@8:44",
        "  b: {description: b, permissions: {read: [\"**\"]}}  | bad-database-name@8:44",
        "  b: {description: b, permissions: [{action: read, resource: \"*m\"}]}"
            + " | bad-database-name@8:62",
        "  b:~n    description: b # https://me:word@host       | secret-in-policy@9:30",
        "  b:~n    description: #1234                          | missing-value@9:17",
        "guardrails: {max-changes: {changes: 3, least: 2}}      | contradiction@8:14",
        "  b:~n    description:\u00a0b                         | syntax@9:17",
        "  b:~n    description: b~n    \u00a0owner: x          | syntax@10:5",
        "  b:~n\u00a0\u00a0\u00a0\u00a0description: b~n    owner: x | syntax@9:1",
        "  b:~n    description: b~n\u200b    owner: x          | syntax@10:1",
        "  b:~n    description: b~n    roles:~n      -\u3000r   | syntax@11:8",
        "  b:~n    description: b~n    permissions: {read:\u00a0[a], write: [b]} | syntax@10:24",
      })
  void thisIsTheOneError(String written, String found) {
    assertThat(Reading.findings(policy(written)))
        .extracting(
            finding ->
                finding.code() + "@" + finding.where().line() + ":" + finding.where().column())
        .containsExactly(found);
  }

  private static String policy(String written) {
    return "version: 1\nroles:\n  r: {read: [x]}\ntokens:\n  a:\n    description: A\n    roles: [r]\n"
        // The table has no blanks at the start of a cell.
        + (written.startsWith("guardrails") ? "" : "  ")
        + written.replace("~n", "\n")
        + "\n";
  }
}
