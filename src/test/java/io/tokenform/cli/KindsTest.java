package io.tokenform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Token;
import io.tokenform.plan.Change;
import io.tokenform.plan.Kind;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each kind of change has its parts in every room: it is planned, saved, shown in each form,
 * applied, told by the journal and rolled back.
 */
class KindsTest extends CommandTest {
  /** A policy that asks for one change of each kind, and what undoes it. */
  private static final Map<Kind, String> POLICIES =
      Map.of(
          Kind.UPDATE,
          "tokens: {grafana: {id: %s, permissions: {read: [logs]}}}".formatted(GRAFANA));

  @Test
  void eachMemberOfTheFamilyHasItsKind() {
    assertThat(Arrays.stream(Kind.values()).<Class<?>>map(Kind::type))
        .containsExactlyInAnyOrder(Change.class.getPermittedSubclasses());
    assertThat(POLICIES).containsOnlyKeys(Kind.values());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aChangeOfEachKindGoesAllTheWayAndBack(Kind kind) throws IOException {
    policyForSandbox(POLICIES.get(kind));
    List<Token> before = sandbox.tokens();

    Cli.assertThat(cli().run("plan", "--out", "plan.json"))
        .exited(0)
        .printed("Plan: 1 to " + kind, "Wave 1: ");
    Cli.assertThat(cli().run("show", "plan.json", "--format", "json"))
        .exited(0)
        .printed("\"type\" : \"" + kind + "\"", "\"address\" : \"token.grafana\"", "\"steps\"");
    for (String format : List.of("text", "markdown", "diff", "github")) {
      Cli.assertThat(cli().run("show", "plan.json", "--format", format))
          .exited(0)
          .printed("grafana", "logs", "metrics");
    }
    Cli.assertThat(cli().run("apply", "plan.json", "--auto-approve"))
        .exited(0)
        .printed("Apply complete: 1 applied");
    assertThat(sandbox.tokens()).isNotEqualTo(before);
    Cli.assertThat(cli().run("journal", "show", "latest", "--format", "json"))
        .exited(0)
        .printed(
            "\"type\" : \"" + kind + "\"", "\"wave\" : \"exchanges\"", "\"result\" : \"applied\"");
    Cli.assertThat(cli().run("rollback", "latest", "--auto-approve")).exited(0);
    assertThat(sandbox.tokens()).isEqualTo(before);
  }
}
