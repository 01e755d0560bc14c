package io.tokenform.plan;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.tokenform.policy.Guardrails;
import io.tokenform.policy.PolicyFile;
import io.tokenform.policy.PolicyParser;
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
        guardrails: {%s, max-changes: {percent: 50}}
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
                    guardrails: {%s, max-changes: {percent: 50}}
                    tokens:
                      grafana: {id: %s, permissions: {read: [metrics]}}
                      empty: {id: %s, permissions: {}}
                    """
                        .formatted(QUIET, id(1), id(2)),
                    Guardrails.NONE)
                .isDenied())
        .isTrue();
  }
}
