package io.tokenform.plan;

import static io.tokenform.plan.PlanWorld.desired;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tokenform.access.Permission;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which roles a token's permissions come from. */
class RoleOriginsTest {
  private static final String ROLES =
      """
      roles:
        reader: {read: [metrics, logs]}
        auditor: {read: [logs]}
      """;

  @Test
  void aPermissionNamesItsRolesOnceInTheOrderOfTheToken() throws Exception {
    RoleOrigins origins =
        RoleOrigins.of(
            desired(
                ROLES
                    + "tokens: {a: {description: A, roles: [auditor, reader, auditor],"
                    + " permissions: {write: [logs]}}}\n"));

    assertThat(origins.of(Permission.read("logs"))).containsExactly("auditor", "reader");
    assertThat(origins.of(Permission.read("metrics"))).containsExactly("reader");
    assertThat(origins.rolesOf())
        .containsOnlyKeys(Permission.read("logs"), Permission.read("metrics"));
  }

  @Test
  void whatIsTheTokensOwnComesFromNoRole() throws Exception {
    RoleOrigins origins =
        RoleOrigins.of(
            desired(
                ROLES
                    + "tokens: {a: {description: A, roles: [reader],"
                    + " permissions: {write: [logs]}}}\n"));

    assertThat(origins.of(Permission.write("logs"))).isEmpty();
  }

  @Test
  void aTokenWithoutRolesHasNone() throws Exception {
    assertThat(
            RoleOrigins.of(desired("tokens: {a: {description: A, permissions: {read: [logs]}}}\n")))
        .isSameAs(RoleOrigins.NONE);
  }

  @Test
  void nobodyAddsARoleAfterwards() {
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> RoleOrigins.NONE.rolesOf().put(Permission.read("logs"), List.of("r")));
  }
}
