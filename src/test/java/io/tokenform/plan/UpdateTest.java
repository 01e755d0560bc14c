package io.tokenform.plan;

import static io.tokenform.plan.PlanWorld.id;
import static io.tokenform.plan.PlanWorld.name;
import static io.tokenform.plan.PlanWorld.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tokenform.access.Address;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.cluster.Request;
import io.tokenform.cluster.TokenUpdate;
import io.tokenform.finding.Subject;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The change of one live token. */
class UpdateTest {
  private static final Permission METRICS = Permission.read("metrics");
  private static final Permission LOGS = Permission.read("logs");
  private static final Permission ALL = Permission.read("*");

  private static Update update(String entry, Permission... live) throws Exception {
    return new PlanWorld()
        .with(token(1, "Grafana", live))
        .update("tokens: {grafana: {id: " + id(1) + ", " + entry + "}}\n");
  }

  @Test
  void itAnswersForItself() throws Exception {
    Update update = update("permissions: {read: [logs]}", METRICS);

    assertThat(update.kind()).isEqualTo(Kind.UPDATE);
    assertThat(update.address()).isEqualTo(Address.of(name("grafana")));
    assertThat(update.liveId()).contains(id(1));
    assertThat(update.description()).isEqualTo("Grafana");
    assertThat(update.subject()).isEqualTo(Subject.of(name("grafana"), id(1)));
    assertThat(update.where()).hasToString("tokens.yaml:2:10");
    assertThat(update.effect()).isEqualTo(Effect.BOTH);
    assertThat(update.wave()).isEqualTo(Wave.EXCHANGES);
  }

  @Test
  void itSendsOneCallWithTheFieldsThatDiffer() throws Exception {
    Update update = update("description: Grafana, permissions: {read: [logs]}", METRICS);

    assertThat(update.update())
        .isEqualTo(new TokenUpdate(Optional.empty(), Optional.of(Permissions.of(LOGS))));
    assertThat(update.steps()).hasSize(1);
    Request request = update.steps().get(0).request().orElseThrow();
    assertThat(request).hasToString("PATCH /api/v0/tokens/" + id(1));
    assertThat(request.body())
        .contains("{\"permissions\":[{\"action\":\"read\",\"resource\":\"logs\"}]}");
  }

  @Test
  void whatIsGainedAndLostIsToldWithAllDatabasesTakenLiterallyAndUnderstood() throws Exception {
    Update wider = update("permissions: {read: ['*']}", METRICS);
    assertThat(wider.gained()).containsExactly(ALL);
    assertThat(wider.lost()).containsExactly(METRICS);
    assertThat(wider.accessGained()).containsExactly(ALL);
    assertThat(wider.accessLost()).isEmpty();

    Update narrower = update("permissions: {read: [metrics]}", ALL);
    assertThat(narrower.accessGained()).isEmpty();
    assertThat(narrower.accessLost()).containsExactly(ALL);
  }

  @Test
  void onlyATokenThatHasPermissionsCanLoseThemAll() throws Exception {
    assertThat(update("permissions: {}", METRICS).losesAllAccess()).isTrue();
    assertThat(update("permissions: {read: [logs]}", METRICS).losesAllAccess()).isFalse();
    assertThat(update("permissions: {read: [logs]}").losesAllAccess()).isFalse();
    assertThat(update("permissions: {}, description: Other").losesAllAccess()).isFalse();
  }

  @Test
  void whatThePolicyDoesNotSpeakOfCountsAsNoPermissions() throws Exception {
    Update renamed = update("description: Other", METRICS);

    assertThat(renamed.permissionsBefore()).isEqualTo(Permissions.NONE);
    assertThat(renamed.permissionsAfter()).isEqualTo(Permissions.NONE);
    assertThat(renamed.effect()).isEqualTo(Effect.NEUTRAL);
    assertThat(renamed.changedBefore())
        .isEqualTo(new ManagedFields(Optional.of("Grafana"), Optional.empty()));
    assertThat(renamed.changedAfter())
        .isEqualTo(new ManagedFields(Optional.of("Other"), Optional.empty()));
  }

  @Test
  void fieldsThatAreNotTheSameAreRefused() throws Exception {
    Update update = update("permissions: {read: [logs]}", METRICS);
    ManagedFields other = new ManagedFields(Optional.of("Grafana"), Optional.empty());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(update, other, update.after(), RoleOrigins.NONE));
  }

  @Test
  void aRoleForWhatItShallNotHaveIsRefused() throws Exception {
    Update update = update("permissions: {read: [logs]}", METRICS);

    assertThat(with(update, update.before(), update.after(), reader(LOGS)).roles().of(LOGS))
        .containsExactly("reader");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(update, update.before(), update.after(), reader(METRICS)));
  }

  private static RoleOrigins reader(Permission permission) {
    TreeMap<Permission, List<String>> rolesOf = new TreeMap<>();
    rolesOf.put(permission, List.of("reader"));
    return new RoleOrigins(rolesOf);
  }

  private static Update with(
      Update update, ManagedFields before, ManagedFields after, RoleOrigins roles) {
    return new Update(
        update.address(),
        update.token(),
        update.id(),
        update.where(),
        update.description(),
        before,
        after,
        roles,
        update.meanwhile(),
        update.steps());
  }
}
