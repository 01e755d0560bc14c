package io.tokenform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.plan.Change;
import io.tokenform.plan.Kind;
import io.tokenform.plan.Wave;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each kind of change has its parts in every room: it is planned, saved, shown in each form,
 * applied, told by the journal and rolled back as far as it can be.
 */
class KindsTest extends CommandTest {
  /**
   * How a change of each kind comes about.
   *
   * @param policy asks for it
   * @param live what the cluster has besides
   * @param wave when it is made
   * @param rollback what a rollback of it exits with
   * @param address that of the change
   * @param shown what each form of the plan shows
   */
  private record Case(
      String policy, String live, Wave wave, int rollback, String address, List<String> shown) {}

  private static final String ROTATED =
      "tokens: {edge: {description: Edge, permissions: {write: [logs]}, deliver: files,"
          + " rotate: {every: 30d}}}";

  private static final Map<Kind, Case> CASES = cases();

  private static Map<Kind, Case> cases() {
    Map<Kind, Case> cases = new EnumMap<>(Kind.class);
    cases.put(
        Kind.UPDATE,
        new Case(
            "tokens: {grafana: {id: %s, permissions: {read: [logs]}}}".formatted(GRAFANA),
            "",
            Wave.EXCHANGES,
            0,
            "token.grafana",
            List.of("grafana", "logs", "metrics")));
    cases.put(
        Kind.CREATE,
        new Case(
            "tokens: {edge: {description: Edge, permissions: {write: [logs]}, deliver: files,"
                + " expires: 120d}}",
            "",
            Wave.GRANTS,
            0,
            "token.edge",
            List.of("edge", "logs")));
    cases.put(
        Kind.ROTATE,
        new Case(ROTATED, token("Edge", "write"), Wave.GRANTS, 0, "token.edge", List.of("edge")));
    cases.put(
        Kind.RETIRE,
        new Case(
            "tokens: {grafana: {description: Grafana}}",
            token("Grafana (tokenform: retiring until 2026-01-01T00:00:00Z)", "read"),
            Wave.ENDS,
            0,
            "generation.99999999-9999-4999-8999-999999999999",
            List.of("grafana", "logs")));
    cases.put(
        Kind.REVOKE,
        new Case(
            "tokens: {grafana: {id: %s, state: revoked, reason: INC-42}}".formatted(GRAFANA),
            "",
            Wave.ENDS,
            1,
            "token.grafana",
            List.of("grafana", "metrics")));
    cases.put(
        Kind.CLEAN_UP,
        new Case(
            "tokens: {grafana: {description: Grafana}}",
            token("Grafana (tokenform: pending 3f9a1c3f9a1c)", ""),
            Wave.CLEAN_UPS,
            0,
            "generation.99999999-9999-4999-8999-999999999999",
            List.of("grafana")));
    cases.put(
        Kind.CREATE_DATABASE,
        new Case(
            "tokens: {}\ndatabases: {fresh: {retention: 30d}}",
            "",
            Wave.DATABASES,
            0,
            "database.fresh",
            List.of("fresh", "30 days")));
    cases.put(
        Kind.UPDATE_DATABASE,
        new Case(
            "tokens: {}\ndatabases: {logs: {maxTables: 700}}",
            "",
            Wave.DATABASES,
            0,
            "database.logs",
            List.of("logs", "700")));
    cases.put(
        Kind.RENAME_DATABASE,
        new Case(
            "tokens: {}\ndatabases: {lines: {renamed: logs}}",
            "",
            Wave.RENAMES,
            0,
            "database.lines",
            List.of("lines", "logs")));
    cases.put(
        Kind.DELETE_DATABASE,
        new Case(
            "tokens: {}\ndatabases: {logs: {state: deleted}}",
            "",
            Wave.LOSSES,
            1,
            "database.logs",
            List.of("logs", "irreversible")));
    return cases;
  }

  /** What is denied where nobody allows it. */
  private static final Map<Kind, String> DENIED =
      Map.of(Kind.REVOKE, "revoke:grafana", Kind.DELETE_DATABASE, "data-loss:logs");

  /** All that changes of the kinds are about. */
  private List<Object> state() {
    return List.of(sandbox.tokens(), sandbox.databases());
  }

  private static String token(String description, String action) {
    String permissions =
        action.isEmpty() ? "" : "{\"action\":\"%s\",\"resource\":\"logs\"}".formatted(action);
    return """
    {"id":"99999999-9999-4999-8999-999999999999","description":"%s",
     "permissions":[%s],"createdAt":"2025-01-01T00:00:00Z"}\
    """
        .formatted(description, permissions);
  }

  @BeforeEach
  void makeSink() throws IOException {
    Files.createDirectory(
        folder.resolve("secrets"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(
        folder.resolve("platform.yaml"), "version: 1\nsinks: {files: {directory: secrets}}\n");
  }

  @Test
  void eachMemberOfTheFamilyHasItsKind() {
    assertThat(Arrays.stream(Kind.values()).<Class<?>>map(Kind::type))
        .containsExactlyInAnyOrderElementsOf(members(Change.class));
    assertThat(CASES).containsOnlyKeys(Kind.values());
  }

  private static List<Class<?>> members(Class<?> family) {
    return family.isSealed()
        ? Arrays.stream(family.getPermittedSubclasses())
            .flatMap(member -> members(member).stream())
            .toList()
        : List.of(family);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aChangeOfEachKindGoesAllTheWayAndBack(Kind kind) throws IOException {
    Case example = CASES.get(kind);
    if (!example.live().isEmpty()) {
      restartSandboxWith(example.live());
    }
    policyForSandbox(example.policy());
    List<Object> before = state();

    Cli.assertThat(cli().run("plan", "--out", "plan.json", "--platform", "platform.yaml"))
        .exited(DENIED.containsKey(kind) ? 3 : 0)
        .printed("Plan: 1 " + kind.toDo(1), "Wave 1: ");
    List<String> allowed =
        DENIED.containsKey(kind) ? List.of("--allow", DENIED.get(kind)) : List.<String>of();
    List<String> plan = new ArrayList<>(List.of("plan", "--out", "plan.json"));
    plan.addAll(List.of("--platform", "platform.yaml"));
    plan.addAll(allowed);
    Cli.assertThat(cli().run(plan.toArray(String[]::new))).exited(0);
    Cli.assertThat(cli().run("show", "plan.json", "--format", "json"))
        .exited(0)
        .printed(
            "\"type\" : \"" + kind + "\"",
            "\"address\" : \"" + example.address() + "\"",
            "\"steps\"");
    for (String format : List.of("text", "markdown", "diff", "github")) {
      Cli.assertThat(cli().run("show", "plan.json", "--format", format))
          .exited(0)
          .printed(example.shown().toArray(String[]::new));
    }
    Cli.assertThat(cli().run("apply", "plan.json", "--auto-approve", "--platform", "platform.yaml"))
        .exited(0)
        .printed("Apply complete: 1 applied");
    assertThat(state()).isNotEqualTo(before);
    Cli.assertThat(cli().run("journal", "show", "latest", "--format", "json"))
        .exited(0)
        .printed(
            "\"type\" : \"" + kind + "\"",
            "\"wave\" : \"" + example.wave() + "\"",
            "\"result\" : \"applied\"");
    Cli.Run rollback = cli().run("rollback", "latest", "--auto-approve");
    Cli.assertThat(rollback).exited(example.rollback());
    if (example.rollback() != 0) {
      Cli.assertThat(rollback)
          .complained(
              kind.isOfDatabases()
                  ? "not everything is undone: a database that was deleted stays deleted"
                  : "not everything is undone: a token that was revoked stays revoked",
              kind.isOfDatabases() ? "support" : "tokenform token create --help");
    }
    if (kind == Kind.UPDATE || kind == Kind.UPDATE_DATABASE || kind == Kind.RENAME_DATABASE) {
      assertThat(state()).isEqualTo(before);
    }
  }
}
