package io.tokenform.plan.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Product;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.finding.Allowance;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.SourceText;
import io.tokenform.finding.Subject;
import io.tokenform.live.Live;
import io.tokenform.plan.GuardrailVerdict;
import io.tokenform.plan.Plan;
import io.tokenform.plan.PlanOptions;
import io.tokenform.plan.PlanWorld;
import io.tokenform.plan.Selection;
import io.tokenform.plan.WaveOrder;
import io.tokenform.policy.Guardrails;
import io.tokenform.policy.PolicyFile;
import io.tokenform.policy.PolicyParser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardrailCheckTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final TokenName GRAFANA = new TokenName("grafana");
  private static final String QUIET = "unmanaged-token: off, unknown-database: off, expiring: off";

  private final List<Token> live = new ArrayList<>();

  private static TokenId id(int number) {
    return TokenId.parse("00000000-0000-4000-8000-%012d".formatted(number));
  }

  private void live(int number, String description, Permission... permissions) {
    live.add(
        new Token(
            id(number),
            description,
            Permissions.of(permissions),
            Optional.empty(),
            Optional.empty()));
  }

  private Plan plan(String policy, Guardrails platform, String... allowed)
      throws InvalidPolicyException {
    Set<Allowance> allowances =
        Stream.of(allowed).map(Allowance::parse).collect(Collectors.toSet());
    ClusterAddress address =
        new ClusterAddress(
            Product.CLUSTERED,
            ClusterUrl.parse("https://cluster.example.com"),
            Optional.empty(),
            Optional.empty());
    return Planner.plan(
        PolicyParser.parse(new SourceText("tokens.yaml", "version: 1\n" + policy)),
        new Live(address, live, List.of("metrics", "logs")),
        new PlanOptions(WaveOrder.GRANT_FIRST, Selection.ALL, platform, allowances, NOW));
  }

  private static Guardrails platform(String rules) throws InvalidPolicyException {
    return PolicyParser.platform(
            PolicyFile.parse(
                new SourceText("platform.yaml", "version: 1\nguardrails: {" + rules + "}\n")))
        .guardrails();
  }

  private static Diagnostic only(Plan plan) {
    assertThat(plan.findings()).hasSize(1);
    return plan.findings().get(0);
  }

  @Test
  void aFindingCarriesItsRuleItsTokenAndItsAllowance() throws InvalidPolicyException {
    live(1, "Grafana", Permission.read("logs"));
    String policy =
        "guardrails: {"
            + QUIET
            + "}\ntokens: {grafana: {description: Grafana, permissions: {write: ['*']}}}\n";

    Diagnostic denied = only(plan(policy, Guardrails.NONE));
    assertThat(denied.isDenied()).isTrue();
    assertThat(denied.isAllowed()).isFalse();
    assertThat(denied.rule()).contains(Guardrail.WILDCARD_WRITE);
    assertThat(denied.subjects()).containsExactly(Subject.of(GRAFANA, id(1)));

    Diagnostic allowed = only(plan(policy, Guardrails.NONE, "wildcard-write:grafana"));
    assertThat(allowed.isDenied()).isFalse();
    assertThat(allowed.allowance()).contains(Allowance.of(Guardrail.WILDCARD_WRITE, GRAFANA));
  }

  @Test
  void whatIsAboutDatabasesNamesThemAndTheirTokens() throws InvalidPolicyException {
    live(1, "Grafana", Permission.read("logs"));
    Plan plan =
        plan(
            """
            guardrails: {unknown-database: deny}
            tokens: {grafana: {description: Grafana, permissions: {read: [logz]}}}
            """,
            Guardrails.NONE);
    assertThat(plan.findings())
        .filteredOn(finding -> finding.code() == Guardrail.UNKNOWN_DATABASE.code())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.isDenied()).isTrue();
              assertThat(finding.subjects())
                  .containsExactly(Subject.ofDatabase("logz"), Subject.of(GRAFANA));
            });
  }

  @Test
  void twoPatternsThatADescriptionDoesNotMatchAreTwoFindings() throws InvalidPolicyException {
    live(1, "Grafana");
    Plan plan =
        plan(
            "guardrails: {"
                + QUIET
                + ", description: {pattern: 'a.*'}}\n"
                + "tokens: {grafana: {description: Grafana}}\n",
            platform("description: {pattern: 'b.*'}"),
            "description:grafana");
    assertThat(plan.findings()).hasSize(2);
    assertThat(plan.findings().stream().filter(Diagnostic::isDenied)).hasSize(1);
    assertThat(plan.findings().stream().filter(Diagnostic::isAllowed)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lockout: deny", "lockout: warn", "lockout: off"})
  void aNameAllowsNothingAgainstThePlatformFile(String own) throws InvalidPolicyException {
    live(1, "Grafana", Permission.read("logs"));
    String policy =
        "guardrails: {"
            + QUIET
            + ", "
            + own
            + "}\ntokens: {grafana: {description: Grafana, permissions: {}}}\n";
    Guardrails platform = platform("lockout: deny");

    Diagnostic denied = only(plan(policy, platform, "lockout:grafana"));
    assertThat(denied.isDenied()).isTrue();
    assertThat(denied.hint().orElseThrow())
        .contains("--allow lockout:grafana does not count", "--allow lockout:" + id(1));

    assertThat(only(plan(policy, platform, "lockout:" + id(1))).isAllowed()).isTrue();
    assertThat(only(plan(policy, platform, "lockout:" + id(2))).isDenied()).isTrue();
    assertThat(only(plan(policy, platform, "lockout")).isAllowed()).isTrue();
  }

  @Test
  void requireIdFindsTokensThatTheirDescriptionFound() throws InvalidPolicyException {
    live(1, "Grafana");
    live(2, "Telegraf");
    live(3, "Legacy");
    String tokens =
        """
        tokens:
          grafana: {description: Grafana}
          telegraf: {id: %s, description: Telegraf}
          legacy: {description: Legacy}
        """
            .formatted(id(2));
    Diagnostic finding =
        only(
            plan(
                "guardrails: {" + QUIET + ", require-id: {except: [leg*]}}\n" + tokens,
                Guardrails.NONE));
    assertThat(finding.isDenied()).isTrue();
    assertThat(finding.subjects()).containsExactly(Subject.of(GRAFANA, id(1)));

    // By default nobody asks; and the platform excepts by ids alone.
    assertThat(plan("guardrails: {" + QUIET + "}\n" + tokens, Guardrails.NONE).findings())
        .isEmpty();
    Guardrails platform = platform("require-id: {level: deny, except: ['" + id(3) + "']}");
    assertThat(only(plan("guardrails: {" + QUIET + "}\n" + tokens, platform)).subjects())
        .containsExactly(Subject.of(GRAFANA, id(1)));
  }

  /** One change of a token, and one more entry: does that make room for it? */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          permissions: {read: [logs]}                 ; true
          permissions: {read: [logs], write: [logs]}  ; true
          description: Other                          ; false
          mode: additive                              ; false
          permissions: {read: [logs]}, mode: additive ; false
          permissions: {}, mode: additive             ; false
          """)
  void entriesThatSayNothingDoNotDiluteAPercentage(String entry, boolean counts)
      throws InvalidPolicyException {
    live(1, "Grafana", Permission.read("logs"));
    live(2, "Other", Permission.read("logs"));
    String policy =
        """
        guardrails: {%s, max-changes: {percent: 50, least: 0}}
        tokens:
          grafana: {id: %s, permissions: {read: [metrics]}}
          other: {id: %s, %s}
        """;
    Plan plan = plan(policy.formatted(QUIET, id(1), id(2), entry), Guardrails.NONE);
    boolean twoChanges = plan.changes().size() == 2;
    assertThat(plan.isDenied()).isEqualTo(!counts || twoChanges);
  }

  @Test
  void aTokenWithoutAccessThatGetsNoneDoesNotDilute() throws InvalidPolicyException {
    live(1, "Grafana", Permission.read("logs"));
    live(2, "Empty");
    assertThat(
            plan(
                    """
                    guardrails: {%s, max-changes: {percent: 50, least: 0}}
                    tokens:
                      grafana: {id: %s, permissions: {read: [metrics]}}
                      empty: {id: %s, permissions: {}}
                    """
                        .formatted(QUIET, id(1), id(2)),
                    Guardrails.NONE)
                .isDenied())
        .isTrue();
  }

  /** All tokens by their ids, so that a plan may find anything of them. */
  private static String policy(String guardrails, String tokens) {
    return "guardrails: {" + guardrails + "}\ntokens:\n" + tokens.indent(2);
  }

  private static List<Subject> subjects(Plan plan, Guardrail rule) {
    return plan.findings().stream()
        .filter(finding -> finding.rule().equals(Optional.of(rule)))
        .flatMap(finding -> finding.subjects().stream())
        .toList();
  }

  @Test
  void onlyANewPermissionOnAllDatabasesIsAWildcard() throws InvalidPolicyException {
    live(1, "Has", Permission.write("*"), Permission.read("logs"));
    live(2, "Reads", Permission.read("logs"));
    live(3, "Writes", Permission.read("logs"));
    live(4, "Ordinary", Permission.read("logs"));
    Plan plan =
        plan(
            policy(
                QUIET,
                """
                has: {description: Has, permissions: {write: ['*']}}
                reads: {description: Reads, permissions: {read: ['*']}}
                writes: {description: Writes, permissions: {write: ['*']}}
                ordinary: {description: Ordinary, permissions: {write: [logs]}}
                """),
            Guardrails.NONE);

    assertThat(plan.changes()).hasSize(4);
    assertThat(plan.findings()).hasSize(2);
    assertThat(subjects(plan, Guardrail.WILDCARD_READ))
        .containsExactly(Subject.of(new TokenName("reads"), id(2)));
    assertThat(subjects(plan, Guardrail.WILDCARD_WRITE))
        .containsExactly(Subject.of(new TokenName("writes"), id(3)));
    assertThat(plan.findings())
        .extracting(Diagnostic::code, Diagnostic::isDenied)
        .containsExactly(
            tuple(Guardrail.WILDCARD_READ.code(), false),
            tuple(Guardrail.WILDCARD_WRITE.code(), true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          permissions: {}                              ; true
          permissions: {read: [nowhere]}               ; true
          permissions: {read: [logs]}                  ; false
          permissions: {read: [nowhere], write: [logs]}; false
          permissions: {write: ['*']}                  ; false
          """)
  void aLockoutLeavesATokenWithNothingThatIsThere(String entry, boolean isLockout)
      throws InvalidPolicyException {
    live(1, "Grafana", Permission.read("metrics"));
    Plan plan =
        plan(
            policy(
                QUIET + ", wildcard-write: off", "grafana: {description: Grafana, " + entry + "}"),
            Guardrails.NONE);

    assertThat(subjects(plan, Guardrail.LOCKOUT))
        .isEqualTo(isLockout ? List.of(Subject.of(GRAFANA, id(1))) : List.of());
  }

  @Test
  void whoHadNothingThatIsThereIsNotLockedOut() throws InvalidPolicyException {
    live(1, "Grafana", Permission.read("gone"));
    String policy =
        policy(QUIET, "grafana: {description: Grafana, permissions: {read: [nowhere]}}");

    assertThat(plan(policy, Guardrails.NONE).findings()).isEmpty();
  }

  @Test
  void withoutAListOfDatabasesEachMayBeThere() throws InvalidPolicyException {
    Plan plan =
        new PlanWorld()
            .databases()
            .with(PlanWorld.token(1, "Grafana", Permission.read("metrics")))
            .plan(policy(QUIET, "grafana: {description: Grafana, permissions: {read: [nowhere]}}"));

    assertThat(plan.changes()).hasSize(1);
    assertThat(plan.findings()).isEmpty();
  }

  @Test
  void wideningNamesWhatIsGained() throws InvalidPolicyException {
    live(1, "Grafana", Permission.read("logs"));
    live(2, "Telegraf", Permission.read("logs"), Permission.read("metrics"));
    Plan plan =
        plan(
            policy(
                QUIET + ", widening: deny",
                """
                grafana: {description: Grafana, permissions: {read: [metrics, logs], write: [logs]}}
                telegraf: {description: Telegraf, permissions: {read: [logs]}}
                """),
            Guardrails.NONE);

    assertThat(only(plan).isDenied()).isTrue();
    assertThat(only(plan).subjects()).containsExactly(Subject.of(GRAFANA, id(1)));
    assertThat(only(plan).message()).endsWith(": read metrics, write logs");
  }

  @Test
  void unmanagedTokensAreOneFindingThatNamesTheFirstFew() throws InvalidPolicyException {
    live(1, "Grafana");
    live(2, "T2");
    String policy =
        policy(
            "unknown-database: off, expiring: off, unmanaged-token: deny",
            "grafana: {description: Grafana}");

    Diagnostic one = only(plan(policy, Guardrails.NONE));
    assertThat(one.code()).isEqualTo(Guardrail.UNMANAGED_TOKEN.code());
    assertThat(one.isDenied()).isTrue();
    assertThat(one.subjects()).containsExactly(Subject.of(id(2)));
    assertThat(one.message()).startsWith("an active token").contains("\"T2\" (" + id(2) + ")");
    assertThat(one.where().line()).isEqualTo(2);

    for (int number = 3; number <= 6; number++) {
      live(number, "T" + number);
    }
    assertThat(only(plan(policy, Guardrails.NONE)).message())
        .startsWith("5 active tokens")
        .endsWith("\"T6\" (" + id(6) + ")");

    live(7, "T7");
    live(8, "T8");
    Diagnostic seven = only(plan(policy, Guardrails.NONE));
    assertThat(seven.message()).startsWith("7 active tokens").endsWith(" and 2 more");
    assertThat(seven.subjects()).hasSize(7);
  }

  @Test
  void anUnmanagedTokenWithALabelIsNotToBeExported() throws InvalidPolicyException {
    live(1, "Grafana");
    live(2, "T2 (tokenform: retiring until 2027-01-01T00:00:00Z)");
    String policy = policy("unknown-database: off, expiring: off", "grafana: {id: " + id(1) + "}");

    assertThat(only(plan(policy, Guardrails.NONE)).hint())
        .contains(
            "a policy does not name a token with a label; when nobody uses it any more: tokenform"
                + " token revoke "
                + id(2)
                + "; else add its id to the rule's except list");

    live(3, "T3");
    assertThat(only(plan(policy, Guardrails.NONE)).hint())
        .contains(
            "add "
                + id(3)
                + " to the policy, as this prints it: tokenform export --select id:"
                + id(3)
                + "; or to the rule's except list");

    live(4, "T4");
    assertThat(only(plan(policy, Guardrails.NONE)).hint())
        .contains(
            "add them to the policy, as this prints all: tokenform export; or to the rule's except"
                + " list");
  }

  @Test
  void unmanagedTokensAreExceptedByTheirIdsAndDescriptions() throws InvalidPolicyException {
    live(1, "Grafana");
    live(2, "CI runner");
    live(3, "Else");
    String policy =
        """
        guardrails: {unknown-database: off, expiring: off, unmanaged-token: {except: [%s]}}
        tokens: {grafana: {description: Grafana}}
        """;

    assertThat(only(plan(policy.formatted("'CI *'"), Guardrails.NONE)).subjects())
        .containsExactly(Subject.of(id(3)));
    assertThat(only(plan(policy.formatted("'" + id(3) + "'"), Guardrails.NONE)).subjects())
        .containsExactly(Subject.of(id(2)));
    assertThat(plan(policy.formatted("'CI *', '" + id(3) + "'"), Guardrails.NONE).findings())
        .isEmpty();
  }

  @Test
  void aDefaultHasThePolicysBeginningForItsPlace() throws InvalidPolicyException {
    live(1, "Grafana");
    live(2, "Else");

    Diagnostic finding = only(plan("tokens: {grafana: {description: Grafana}}\n", Guardrails.NONE));

    assertThat(finding.code()).isEqualTo(Guardrail.UNMANAGED_TOKEN.code());
    assertThat(finding.where()).hasToString("tokens.yaml:1:1");
    assertThat(finding.other()).isEmpty();
  }

  @Test
  void aDescriptionIsTheOneThatATokenShallHave() throws InvalidPolicyException {
    live(1, "grafana: panels");
    live(2, "Telegraf");
    live(3, "Other");
    Plan plan =
        plan(
            policy(
                QUIET + ", description: {pattern: '[a-z]+: .*', except: [oth*]}",
                """
                grafana: {id: %s, description: Grafana}
                telegraf: {id: %s}
                other: {id: %s}
                """
                    .formatted(id(1), id(2), id(3))),
            Guardrails.NONE);

    assertThat(subjects(plan, Guardrail.DESCRIPTION))
        .containsExactly(Subject.of(GRAFANA, id(1)), Subject.of(new TokenName("telegraf"), id(2)));
    assertThat(plan.findings()).allMatch(Diagnostic::isDenied);
    // At the description where the policy has one, and else at the name; and at the rule.
    assertThat(plan.findings())
        .extracting(finding -> finding.where().column())
        .containsExactly(68, 3);
    assertThat(plan.findings()).allMatch(finding -> finding.other().orElseThrow().line() == 2);
  }

  @Test
  void aDescriptionThatFitsIsNoFinding() throws InvalidPolicyException {
    live(1, "grafana: panels");

    assertThat(
            plan(
                    policy(
                        QUIET + ", description: {pattern: '[a-z]+: .*'}",
                        "grafana: {id: " + id(1) + "}"),
                    Guardrails.NONE)
                .findings())
        .isEmpty();
  }

  @Test
  void aPatternThatTakesTooLongIsNotTakenForAMatch() throws InvalidPolicyException {
    live(1, "a".repeat(200));

    Diagnostic finding =
        only(
            plan(
                policy(
                    QUIET + ", description: {pattern: '(a+)(a+)(a+)(a+)(a+)\\1b'}",
                    "grafana: {id: " + id(1) + "}"),
                Guardrails.NONE));

    assertThat(finding.isDenied()).isTrue();
    assertThat(finding.message()).contains("takes too long");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "-",
      textBlock =
          """
          changes: 2              ; -
          changes: 1              ; at most 1
          changes: 0              ; at most 0
          percent: 50             ; -
          percent: 49             ; at most 49 % of the 4 tokens
          changes: 2, percent: 49 ; at most 49 % of the 4 tokens
          changes: 1, percent: 50 ; at most 1
          changes: 2, percent: 50 ; -
          percent: 1, least: 2    ; -
          percent: 1, least: 1    ; at most 1 % of the 4 tokens
          changes: 1, percent: 1, least: 2 ; at most 1
          """)
  void moreChangesThanThereShouldBeAreTold(String limit, String told)
      throws InvalidPolicyException {
    for (int number = 1; number <= 4; number++) {
      live(number, "T" + number, Permission.read("logs"));
    }
    Plan plan =
        plan(
            policy(
                QUIET + ", max-changes: {" + limit + "}",
                """
                a: {description: T1, permissions: {read: [metrics]}}
                b: {description: T2, permissions: {read: [metrics]}}
                c: {description: T3, permissions: {read: [logs]}}
                d: {description: T4, permissions: {read: [logs]}}
                """),
            Guardrails.NONE);

    if (told == null) {
      assertThat(plan.findings()).isEmpty();
    } else {
      assertThat(only(plan).isDenied()).isTrue();
      assertThat(only(plan).message()).contains("2 changes", told);
      assertThat(only(plan).hint()).isPresent();
    }
  }

  @Test
  void oneChangeOfFewTokensIsNeverTooManyPercentByDefault() throws InvalidPolicyException {
    live(1, "A", Permission.read("logs"));
    live(2, "B", Permission.read("logs"));
    live(3, "C", Permission.read("logs"));
    String tokens =
        """
        a: {description: A, permissions: {read: [metrics]}}
        b: {description: B, permissions: {read: [logs]}}
        c: {description: C, permissions: {read: [logs]}}
        """;

    assertThat(
            plan(policy(QUIET + ", max-changes: {percent: 25}", tokens), Guardrails.NONE)
                .findings())
        .isEmpty();
    assertThat(
            only(plan(policy(QUIET + ", max-changes: {percent: 0}", tokens), Guardrails.NONE))
                .isDenied())
        .isTrue();
  }

  @Test
  void oneChangeAndOneTokenAreSaidSo() throws InvalidPolicyException {
    live(1, "Grafana", Permission.read("logs"));
    String grafana = "grafana: {description: Grafana, permissions: {read: [metrics]}}";

    assertThat(
            only(plan(
                    policy(QUIET + ", max-changes: {percent: 99, least: 0}", grafana),
                    Guardrails.NONE))
                .message())
        .contains("1 change,", "99 % of the 1 token ");
  }

  @ParameterizedTest
  @CsvSource({
    // The default is two weeks; what has expired already is told otherwise.
    "expiring: warn, P13D, true",
    "expiring: warn, P14D, true",
    "expiring: warn, PT336H1S, false",
    "expiring: {days: 3}, P3D, true",
    "expiring: {days: 3}, PT72H1S, false",
    "expiring: warn, PT0S, false",
    "expiring: warn, -PT1S, false",
    "expiring: warn, PT1S, true",
  })
  void aTokenThatExpiresSoonIsTold(String rule, Duration in, boolean isTold)
      throws InvalidPolicyException {
    live.add(PlanWorld.expiring(1, "Grafana", NOW.plus(in)));
    Plan plan =
        plan(
            policy("unmanaged-token: off, " + rule, "grafana: {id: " + id(1) + "}"),
            Guardrails.NONE);

    assertThat(subjects(plan, Guardrail.EXPIRING))
        .isEqualTo(isTold ? List.of(Subject.of(GRAFANA, id(1))) : List.of());
  }

  @Test
  void aTokenThatIsExceptedMayExpire() throws InvalidPolicyException {
    live.add(PlanWorld.expiring(1, "Grafana", NOW.plusSeconds(60)));
    live.add(PlanWorld.expiring(2, "Telegraf", NOW.plusSeconds(60)));
    String tokens = "grafana: {id: " + id(1) + "}\ntelegraf: {id: " + id(2) + "}";

    Plan plan = plan(policy("expiring: {level: deny, except: [graf*]}", tokens), Guardrails.NONE);
    assertThat(only(plan).subjects()).containsExactly(Subject.of(new TokenName("telegraf"), id(2)));
    assertThat(only(plan).isDenied()).isTrue();
    assertThat(only(plan).message()).contains("2026-01-01T00:01:00Z");

    // The platform's exceptions are ids, whatever names the policy chooses.
    Plan held =
        plan(
            policy("expiring: off", tokens),
            platform("expiring: {level: deny, except: ['" + id(2) + "']}"));
    assertThat(only(held).subjects()).containsExactly(Subject.of(GRAFANA, id(1)));
  }

  @Test
  void changesAreExceptedByNamesInThePolicyAndByIdsOnThePlatform() throws InvalidPolicyException {
    live(1, "Grafana", Permission.read("logs"));
    live(2, "Telegraf", Permission.read("logs"));
    String tokens =
        """
        grafana: {description: Grafana, permissions: {}}
        telegraf: {description: Telegraf, permissions: {}}
        """;

    assertThat(
            only(plan(policy(QUIET + ", lockout: {except: [tele*]}", tokens), Guardrails.NONE))
                .subjects())
        .containsExactly(Subject.of(GRAFANA, id(1)));
    assertThat(
            only(plan(
                    policy(QUIET + ", lockout: off", tokens),
                    platform("lockout: {except: ['" + id(1) + "']}")))
                .subjects())
        .containsExactly(Subject.of(new TokenName("telegraf"), id(2)));
  }

  @Test
  void ofTwoSettingsThatFindTheSameTheStricterOneCounts() throws InvalidPolicyException {
    live(1, "Grafana", Permission.read("logs"));
    String tokens = "grafana: {description: Grafana, permissions: {}}";

    Diagnostic own =
        only(plan(policy(QUIET + ", lockout: deny", tokens), platform("lockout: warn")));
    assertThat(own.isDenied()).isTrue();
    assertThat(own.other().orElseThrow().source().name()).isEqualTo("tokens.yaml");

    // Of two that deny, the platform's is the one that nobody can loosen.
    Diagnostic both =
        only(plan(policy(QUIET + ", lockout: deny", tokens), platform("lockout: deny")));
    assertThat(both.other().orElseThrow().source().name()).isEqualTo("platform.yaml");
  }

  @Test
  void aDefaultDoesNotHoldWhereThePlatformSaysSomething() throws InvalidPolicyException {
    live(1, "Grafana", Permission.read("logs"));
    Plan plan =
        plan(
            policy(QUIET, "grafana: {description: Grafana, permissions: {}}"),
            platform("lockout: warn"));

    assertThat(plan.isDenied()).isFalse();
    assertThat(plan.guardrails())
        .filteredOn(held -> held.rule() == Guardrail.LOCKOUT)
        .extracting(GuardrailVerdict::source, GuardrailVerdict::verdict)
        .containsExactly(tuple(GuardrailVerdict.Source.PLATFORM, GuardrailVerdict.Verdict.WARNED));
  }

  @Test
  void eachGuardrailHasTheWorstVerdictThatItLedTo() throws InvalidPolicyException {
    live(1, "Grafana", Permission.read("logs"));
    live(2, "Telegraf", Permission.read("logs"));
    Plan plan =
        plan(
            policy(
                "unmanaged-token: off, expiring: off, unknown-database: warn",
                """
                grafana: {description: Grafana, permissions: {}}
                telegraf: {description: Telegraf, permissions: {read: [nowhere], write: ['*']}}
                """),
            Guardrails.NONE,
            "lockout:grafana",
            "wildcard-write",
            "widening",
            "cut-comment");

    assertThat(plan.guardrails())
        .extracting(GuardrailVerdict::rule, GuardrailVerdict::source, GuardrailVerdict::verdict)
        .containsExactly(
            tuple(
                Guardrail.WILDCARD_WRITE,
                GuardrailVerdict.Source.DEFAULT,
                GuardrailVerdict.Verdict.ALLOWED),
            tuple(
                Guardrail.WILDCARD_READ,
                GuardrailVerdict.Source.DEFAULT,
                GuardrailVerdict.Verdict.PASSED),
            tuple(
                Guardrail.LOCKOUT,
                GuardrailVerdict.Source.DEFAULT,
                GuardrailVerdict.Verdict.ALLOWED),
            tuple(
                Guardrail.MISSING_TOKEN,
                GuardrailVerdict.Source.DEFAULT,
                GuardrailVerdict.Verdict.PASSED),
            tuple(
                Guardrail.REVOKE, GuardrailVerdict.Source.DEFAULT, GuardrailVerdict.Verdict.PASSED),
            tuple(
                Guardrail.PARKED_TOKEN,
                GuardrailVerdict.Source.DEFAULT,
                GuardrailVerdict.Verdict.PASSED),
            tuple(
                Guardrail.PENDING_TOKEN,
                GuardrailVerdict.Source.DEFAULT,
                GuardrailVerdict.Verdict.PASSED),
            tuple(
                Guardrail.NO_EXPIRY,
                GuardrailVerdict.Source.DEFAULT,
                GuardrailVerdict.Verdict.PASSED),
            tuple(
                Guardrail.UNKNOWN_DATABASE,
                GuardrailVerdict.Source.POLICY,
                GuardrailVerdict.Verdict.WARNED),
            tuple(
                Guardrail.CUT_COMMENT,
                GuardrailVerdict.Source.DEFAULT,
                GuardrailVerdict.Verdict.PASSED));
    // Those that were needed, and the one of which that is not known yet.
    assertThat(plan.allowed())
        .extracting(Allowance::toString)
        .containsExactly("wildcard-write", "lockout:grafana", "cut-comment");
  }

  @Test
  void aDenialIsNotMadeBetterByAnAllowanceForAnotherToken() throws InvalidPolicyException {
    live(1, "Grafana", Permission.read("logs"));
    live(2, "Telegraf", Permission.read("logs"));
    Plan plan =
        plan(
            policy(
                QUIET,
                """
                grafana: {description: Grafana, permissions: {}}
                telegraf: {description: Telegraf, permissions: {}}
                """),
            Guardrails.NONE,
            "lockout:telegraf");

    assertThat(plan.guardrails())
        .filteredOn(held -> held.rule() == Guardrail.LOCKOUT)
        .extracting(GuardrailVerdict::verdict)
        .containsExactly(GuardrailVerdict.Verdict.DENIED);
  }

  @Test
  void whoLosesTheLastPermissionIsLockedOutThoughItsDatabaseIsGone() throws InvalidPolicyException {
    live(1, "Grafana", Permission.read("gone"));

    Diagnostic finding =
        only(
            plan(
                policy(QUIET, "grafana: {description: Grafana, permissions: {}}"),
                Guardrails.NONE));

    assertThat(finding.code()).isEqualTo(Guardrail.LOCKOUT.code());
  }

  @Test
  void aFindingAtItsRuleHasNoSecondPlace() throws InvalidPolicyException {
    live(1, "Grafana", Permission.read("logs"));
    String tokens = "grafana: {description: Grafana, permissions: {}}";

    Diagnostic atRule =
        only(
            plan(
                policy(QUIET + ", lockout: off, max-changes: {changes: 0}", tokens),
                Guardrails.NONE));
    assertThat(atRule.where().line()).isEqualTo(2);
    assertThat(atRule.other()).isEmpty();

    Diagnostic atToken = only(plan(policy(QUIET + ", lockout: deny", tokens), Guardrails.NONE));
    assertThat(atToken.where().line()).isEqualTo(4);
    assertThat(atToken.other().orElseThrow().line()).isEqualTo(2);
  }

  @Test
  void aTokenThatIsOnlyRenamedIsPartOfItsPercentage() throws InvalidPolicyException {
    live(1, "Grafana", Permission.read("logs"));

    assertThat(
            plan(
                    policy(
                        QUIET + ", max-changes: {percent: 100}",
                        "grafana: {id: " + id(1) + ", description: Other}"),
                    Guardrails.NONE)
                .findings())
        .isEmpty();
  }
}
