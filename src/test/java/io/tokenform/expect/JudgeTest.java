package io.tokenform.expect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.access.UnreadableToken;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.SourceText;
import io.tokenform.finding.Subject;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Policy;
import io.tokenform.policy.PolicyParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases that people ask about; JudgeWorldsTest has all others. */
class JudgeTest {
  private static final String STRAY = "99999999-9999-4999-8999-999999999999";

  /** Who has what, beside the expectations: a role, a wildcard, an unmanaged one, an old one. */
  private static final String POLICY =
      """
      version: 1
      roles:
        loader: {write: [orders]}
      tokens:
        backup: {description: Backup, permissions: {read: ["*"], write: ["*"]}}
        checkout: {description: Checkout, roles: [loader]}
        grafana: {description: Grafana, permissions: {read: [metrics]}}
        gone: {description: Gone, state: revoked}
        missing: {description: Missing}
      expect:
      """;

  private static List<Verdict> judge(String... expectations) throws Exception {
    return judge(policy(expectations));
  }

  private static List<Verdict> judge(Policy policy, UnreadableToken... unreadable) {
    List<Holder> holders = new ArrayList<>();
    for (DesiredToken token : policy.tokens()) {
      token
          .permissions()
          .ifPresent(permissions -> holders.add(Holder.made(token, "d", permissions)));
      if (token.name().value().equals("grafana")) {
        holders.add(
            new Holder(
                Optional.of(token),
                Optional.of(TokenId.parse("11111111-1111-4111-8111-111111111111")),
                "Grafana (old)",
                Optional.of("retiring"),
                Permissions.of(Permission.write("logs")),
                true));
      }
    }
    holders.add(
        new Holder(
            Optional.empty(),
            Optional.of(TokenId.parse(STRAY)),
            "Stray",
            Optional.empty(),
            Permissions.of(Permission.write("logs")),
            true));
    return Judge.judge(
        policy.expectations(),
        World.of(
            holders,
            Optional.of(policy),
            Clusters.with(List.of("logs", "metrics", "orders"), unreadable)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          {never: {write: "*"}, except: [backup]}                                 ; true
          {database: orders, writers: [backup, checkout]}                         ; true
          {token: "*", cannot: {write: [nothing]}}                                ; true
          {token: 88888888-8888-4888-8888-888888888888, cannot: {write: any}}     ; true
          {token: checkout, cannot: {write: "*"}}                                 ; false
          {token: "c*", cannot: {write: "*"}}                                     ; false
          """)
  void whatATokenMayBreakThatNobodyCanReadIsNotSaidToHold(String expectation, boolean mayBreak)
      throws Exception {
    Policy policy = policy(expectation);
    boolean held = judge(policy).get(0).holds();

    assertThat(judge(policy, odd(true)).get(0).holds()).isEqualTo(held);
    Verdict verdict = judge(policy, odd(false)).get(0);
    assertThat(verdict.unreadable()).hasSize(mayBreak ? 1 : 0);
    if (mayBreak) {
      assertThat(verdict.holds()).isFalse();
      assertThat(ExpectationFindings.of(List.of(verdict)))
          .filteredOn(finding -> finding.message().startsWith("nobody knows"))
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.isDenied()).isTrue();
                assertThat(finding.message())
                    .isEqualTo(
                        "nobody knows whether this expectation holds: a live token cannot be read"
                            + " and is set aside: 88888888-8888-4888-8888-888888888888 (odd)");
              });
    } else {
      assertThat(verdict.holds()).isEqualTo(held);
    }
  }

  private static UnreadableToken odd(boolean isRevoked) {
    return new UnreadableToken(
        1,
        Optional.of(TokenId.parse("88888888-8888-4888-8888-888888888888")),
        Optional.empty(),
        isRevoked,
        "odd");
  }

  private static Policy policy(String... expectations) throws Exception {
    return PolicyParser.parse(
        new SourceText(
            "p.yaml",
            POLICY
                + List.of(expectations).stream()
                    .map(text -> "  - " + text + "\n")
                    .reduce("", String::concat)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          {token: backup, can: {read: [metrics], write: [orders, future]}}        ; true
          {token: backup, can: {write: "*"}}                                      ; true
          {token: checkout, can: {write: "*"}}                                    ; false
          {token: backup, cannot: {write: [orders]}}                              ; false
          {token: backup, cannot: {write: [future]}}                              ; false
          {token: checkout, cannot: {write: "*"}}                                 ; true
          {token: checkout, cannot: {write: any}}                                 ; false
          {token: checkout, cannot: {read: any}}                                  ; true
          {token: checkout, can: {write: any}}                                    ; true
          {token: checkout, can: {read: any}}                                     ; false
          {token: grafana, can: {read: ["m*"]}}                                   ; true
          {token: grafana, can: {read: ["*s"]}}                                   ; false
          {token: grafana, can: {write: [logs]}}                                  ; false
          {token: grafana, cannot: {write: [logs]}}                               ; false
          {token: missing, cannot: {write: any}}                                  ; true
          {token: missing, can: {write: any}}                                     ; false
          {token: nobody, can: {write: any}}                                      ; false
          {token: "nobody*", can: {write: any}}                                   ; true
          {token: gone, can: {write: any}}                                        ; false
          {token: "go*", can: {write: any}}                                       ; true
          {token: 99999999-9999-4999-8999-999999999999, cannot: {write: [logs]}}  ; false
          {token: 99999999-9999-4999-8999-999999999999, can: {write: [logs]}}     ; true
          {token: 88888888-8888-4888-8888-888888888888, can: {write: [logs]}}     ; false
          {token: "9*", cannot: {write: any}}                                     ; true
          {token: "*", cannot: {write: [logs]}}                                   ; false
          {database: orders, writers: [checkout, backup]}                         ; true
          {database: orders, writers: [backup]}                                   ; false
          {database: orders, writers: [checkout]}                                 ; false
          {database: orders, writers: [checkout, backup, grafana]}                ; false
          {database: orders, writers: ["*"]}                                      ; true
          {database: metrics, readers: [grafana, backup]}                         ; true
          {database: metrics, readers: []}                                        ; false
          {database: future, readers: [backup], writers: [backup]}                ; true
          {database: "l*", writers: [backup, grafana]}                            ; false
          {database: logs, writers: [backup, grafana, 99999999-9999-4999-8999-999999999999]} ; true
          {never: {write: "*"}}                                                   ; false
          {never: {write: "*"}, except: [backup]}                                 ; true
          {never: {write: "*"}, except: ["b*"]}                                   ; true
          {never: {write: any}, except: [backup, checkout]}                       ; false
          {never: {write: [future]}, except: [backup]}                            ; true
          {never: {read: [metrics]}, except: [backup, grafana]}                   ; true
          """)
  void itHolds(String expectation, boolean holds) throws Exception {
    Verdict verdict = judge(expectation).get(0);
    assertThat(verdict.holds()).as("%s", verdict).isEqualTo(holds);
  }

  @Test
  void aBreachSaysWhoWhatAndWhere() throws Exception {
    List<Diagnostic> findings =
        ExpectationFindings.of(
            judge(
                "{database: orders, writers: []}",
                "{token: \"*\", cannot: {write: [logs]}}",
                "{token: missing, can: {read: [metrics, orders]}}"));
    assertThat(findings)
        .allMatch(Diagnostic::isDenied)
        .extracting(Diagnostic::message)
        .containsExactly(
            "\"backup\" can write orders, through write *, and nobody may: its own permission"
                + " (p.yaml:5)",
            "\"checkout\" can write orders, and nobody may: from the role \"loader\" (p.yaml:3)",
            "\"backup\" can write *, and must not write logs: its own permission (p.yaml:5)",
            "\"grafana\" (retiring, 11111111-1111-4111-8111-111111111111) can write logs, and must"
                + " not write logs: live, and not from the policy",
            "the unmanaged token "
                + STRAY
                + " (\"Stray\") can write logs, and must not write logs:"
                + " live, and not in the policy",
            "no working token \"missing\" can read metrics, and must be able to",
            "no working token \"missing\" can read orders, and must be able to");
    assertThat(findings.get(1).where().toString()).isEqualTo("p.yaml:11:24");
    assertThat(findings.get(1).other().orElseThrow().toString()).isEqualTo("p.yaml:3:20");
    assertThat(findings.get(1).subjects())
        .containsExactly(
            Subject.ofDatabase("orders"),
            new Subject.OfToken(Optional.of(new TokenName("checkout")), Optional.empty()));
    assertThat(findings.get(4).subjects()).contains(Subject.of(TokenId.parse(STRAY)));
    assertThat(findings.get(4).hint().orElseThrow())
        .contains("tokenform token revoke " + STRAY, "add it to the policy");
    assertThat(findings).allMatch(finding -> finding.rule().isEmpty() && !finding.isAllowed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          {token: elsewhere, can: {write: [logs]}}                   ; true
          {token: "else*", can: {write: any}}                        ; true
          {database: metrics, writers: [backup, elsewhere]}          ; true
          {database: metrics, writers: [backup, "else*"]}            ; true
          {never: {write: "*"}, except: [backup, elsewhere]}         ; true
          {database: metrics, writers: [elsewhere]}                  ; false
          {token: gone, can: {write: [logs]}}                        ; false
          {token: missing, can: {write: [logs]}}                     ; false
          {database: metrics, writers: [backup, gone]}               ; false
          {database: metrics, writers: [backup, nowhere]}            ; false
          """)
  void nothingIsRequiredOfWhatOnlyOtherClustersHave(String expectation, boolean holds)
      throws Exception {
    Set<TokenName> fleet =
        Set.of(new TokenName("elsewhere"), new TokenName("gone"), new TokenName("missing"));
    List<Verdict> verdicts = judge(policy(expectation).in(fleet));
    assertThat(verdicts.get(0).holds()).isEqualTo(holds);
    if (holds) {
      assertThat(ExpectationFindings.of(verdicts)).isEmpty();
    }
  }

  @Test
  void whatFitsNothingIsAWarning() throws Exception {
    assertThat(
            ExpectationFindings.of(
                judge(
                    "{token: grafanna, cannot: {write: any}}",
                    "{token: \"grafanaa*\", cannot: {read: [metrcs, \"zz*\"]}}",
                    "{never: {write: \"*\"}, except: [backup, bakcup]}")))
        .noneMatch(Diagnostic::isDenied)
        .extracting(finding -> finding.message() + "; " + finding.hint().orElseThrow())
        .containsExactly(
            "there is no token \"grafanna\"; did you mean \"grafana\"?",
            "no token fits \"grafanaa*\"; did you mean \"grafana\"?",
            "there is no database \"metrcs\"; did you mean \"metrics\"?",
            "no database fits \"zz*\"; if it is not misspelled, it may come to be later",
            "there is no token \"bakcup\"; did you mean \"backup\"?");
  }

  @Test
  void aPolicyAloneKnowsWhatItSaysAndNoMore() throws Exception {
    Policy policy =
        PolicyParser.parse(
            new SourceText(
                "p.yaml",
                """
                version: 1
                tokens:
                  silent: {description: Silent}
                  adds: {description: Adds, mode: additive, permissions: {write: [orders]}}
                  says: {description: Says, permissions: {read: [metrics]}}
                expect:
                  - {token: silent, can: {read: [metrics]}}
                  - {token: adds, can: {write: [orders]}}
                  - {token: adds, cannot: {write: [orders]}}
                  - {token: adds, cannot: {read: any}}
                  - {database: orders, writers: [adds]}
                  - {database: orders, writers: [says]}
                  - {database: orders, writers: [adds, 99999999-9999-4999-8999-999999999999]}
                  - {token: says, can: {read: [metrics]}, cannot: {write: any}}
                """));
    List<Verdict> verdicts = Judge.judge(policy.expectations(), World.of(policy));
    assertThat(verdicts)
        .extracting(Verdict::holds)
        .containsExactly(true, true, false, true, true, false, true, true);
    assertThat(verdicts)
        .extracting(verdict -> verdict.unknown().stream().map(one -> one.name().get()).toList())
        .extracting(Object::toString)
        .containsExactly(
            "[silent]", "[]", "[]", "[adds]", "[silent]", "[silent]", "[silent]", "[]");
    assertThat(ExpectationFindings.of(verdicts))
        .filteredOn(finding -> !finding.isDenied())
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.message())
                    .startsWith("the policy does not say all that \"adds\" and \"silent\" may do"));
  }

  @Test
  void manyBreachesAreCounted() throws Exception {
    StringBuilder text = new StringBuilder("version: 1\ntokens:\n");
    for (int i = 0; i < 150; i++) {
      text.append("  t").append(i).append(": {description: d").append(i);
      text.append(", permissions: {write: [a, b, c, d, e, f, g]}}\n");
    }
    text.append("expect: [{never: {write: any}}]\n");
    Policy policy = PolicyParser.parse(new SourceText("p.yaml", text.toString()));
    List<Diagnostic> findings =
        ExpectationFindings.of(Judge.judge(policy.expectations(), World.of(policy)));
    assertThat(findings)
        .hasSize(ExpectationFindings.MOST_BREACHES + 1)
        .allMatch(Diagnostic::isDenied);
    assertThat(findings.get(0).message())
        .startsWith("\"t0\" can write a, b, c, d, e and 2 more, and nobody may write any database");
    assertThat(findings.get(100).message()).isEqualTo("this expectation fails in 50 more ways");
  }
}
