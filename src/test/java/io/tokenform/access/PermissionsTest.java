package io.tokenform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PermissionsTest {
  private static final Permission READ_ALL = Permission.read("*");
  private static final Permission READ_LOGS = Permission.read("logs");
  private static final Permission READ_METRICS = Permission.read("metrics");
  private static final Permission WRITE_ALL = Permission.write("*");
  private static final Permission WRITE_LOGS = Permission.write("logs");

  @Test
  void orderAndRepetitionMeanNothing() {
    Permissions permissions = Permissions.of(READ_METRICS, WRITE_LOGS, READ_METRICS);
    Permissions same = Permissions.of(WRITE_LOGS, READ_METRICS);
    assertThat(permissions).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(permissions.size()).isEqualTo(2);
    assertThat(permissions.isEmpty()).isFalse();
  }

  @Test
  void iterationIsByActionAndThenResource() {
    assertThat(Permissions.of(WRITE_LOGS, WRITE_ALL, READ_METRICS, READ_LOGS, READ_ALL))
        .containsExactly(READ_ALL, READ_LOGS, READ_METRICS, WRITE_ALL, WRITE_LOGS);
  }

  @Test
  void allDatabasesAndEachOfThemAreDifferentSetsThoughTheyAllowTheSame() {
    Permissions all = Permissions.of(READ_ALL);
    Permissions both = Permissions.of(READ_ALL, READ_LOGS);
    assertThat(all).isNotEqualTo(both);
    assertThat(both.accessBeyond(all)).isEqualTo(Permissions.NONE);
    assertThat(all.accessBeyond(both)).isEqualTo(Permissions.NONE);
  }

  @Test
  void theStarAllowsEveryDatabaseForItsOwnActionOnly() {
    Permissions permissions = Permissions.of(READ_ALL);
    assertThat(permissions.allows(READ_LOGS)).isTrue();
    assertThat(permissions.allows(READ_ALL)).isTrue();
    assertThat(permissions.allows(WRITE_LOGS)).isFalse();
    assertThat(permissions.allows(WRITE_ALL)).isFalse();
  }

  @Test
  void oneDatabaseDoesNotAllowAll() {
    assertThat(Permissions.of(READ_LOGS).allows(READ_ALL)).isFalse();
    assertThat(Permissions.of(READ_LOGS, READ_METRICS).allows(READ_ALL)).isFalse();
  }

  @Test
  void containsTakesTheStarLiterally() {
    assertThat(Permissions.of(READ_ALL).contains(READ_LOGS)).isFalse();
    assertThat(Permissions.of(READ_ALL).contains(READ_ALL)).isTrue();
  }

  @Test
  void namesAreComparedLetterByLetter() {
    Permissions permissions = Permissions.of(READ_LOGS);
    assertThat(permissions.allows(Permission.read("Logs"))).isFalse();
    assertThat(permissions.allows(Permission.read("logs "))).isFalse();
    assertThat(permissions.allows(Permission.read("log*"))).isFalse();
    assertThat(Permissions.of(Permission.read("log*")).allows(READ_LOGS)).isFalse();
    assertThat(Permissions.of(Permission.read("**")).allows(READ_LOGS)).isFalse();
  }

  @Test
  void accessBeyondUnderstandsTheStarOnBothSides() {
    Permissions all = Permissions.of(READ_ALL, WRITE_LOGS);
    Permissions one = Permissions.of(READ_LOGS, WRITE_ALL);
    assertThat(all.accessBeyond(one)).isEqualTo(Permissions.of(READ_ALL));
    assertThat(one.accessBeyond(all)).isEqualTo(Permissions.of(WRITE_ALL));
  }

  @Test
  void minusTakesTheStarLiterally() {
    Permissions permissions = Permissions.of(READ_LOGS, READ_METRICS);
    assertThat(permissions.minus(Permissions.of(READ_ALL))).isEqualTo(permissions);
    assertThat(permissions.minus(Permissions.of(READ_LOGS, WRITE_LOGS)))
        .isEqualTo(Permissions.of(READ_METRICS));
    assertThat(permissions.minus(permissions)).isSameAs(Permissions.NONE);
  }

  @Test
  void unionKeepsThePairsOfBoth() {
    assertThat(Permissions.of(READ_LOGS).union(Permissions.of(READ_ALL, READ_LOGS)))
        .isEqualTo(Permissions.of(READ_ALL, READ_LOGS));
    assertThat(Permissions.NONE.union(Permissions.NONE).isEmpty()).isTrue();
  }

  @Test
  void aSetReachesTheDatabasesThatItNamesAndWithTheStarAll() {
    Permissions one = Permissions.of(READ_LOGS, WRITE_LOGS);
    assertThat(one.reach("logs")).isTrue();
    assertThat(one.reach("metrics")).isFalse();
    assertThat(one.reach("*")).isFalse();
    Permissions all = Permissions.of(READ_LOGS, WRITE_ALL);
    assertThat(all.reach("metrics")).isTrue();
    assertThat(all.reach("*")).isTrue();
    assertThat(Permissions.NONE.reach("logs")).isFalse();
  }

  @Test
  void whatTheStarCoversIsLeftOut() {
    assertThat(Permissions.of(READ_ALL, READ_LOGS, WRITE_LOGS).withoutCovered())
        .isEqualTo(Permissions.of(READ_ALL, WRITE_LOGS));
    assertThat(Permissions.of(READ_LOGS, READ_METRICS).withoutCovered())
        .isEqualTo(Permissions.of(READ_LOGS, READ_METRICS));
  }

  @Test
  void aMaskInADatabaseOrInAnActionIsSeen() {
    Permission maskedDatabase = Permission.read("x[secret]");
    Permission maskedAction = new Permission(Action.of("[secret]"), "logs");
    assertThat(Permissions.of(READ_LOGS, maskedDatabase).holdMask()).isTrue();
    assertThat(Permissions.of(READ_LOGS, maskedAction).holdMask()).isTrue();
    assertThat(Permissions.of(READ_LOGS, WRITE_ALL).holdMask()).isFalse();
  }

  @Test
  void actionsThatTheVendorDoesNotDocumentAreActionsOfTheirOwn() {
    Permission drop = new Permission(Action.of("drop"), "logs");
    assertThat(Permissions.of(READ_ALL, WRITE_ALL).allows(drop)).isFalse();
    assertThat(Permissions.of(drop.onAllDatabases()).allows(drop)).isTrue();
    assertThat(Action.of("drop").isDocumented()).isFalse();
    assertThat(Action.of("read")).isSameAs(Action.READ);
    assertThat(Action.of("Read").isDocumented()).isFalse();
    assertThat(Action.of("read").isDocumented()).isTrue();
    assertThat(Action.of("write").isDocumented()).isTrue();
  }

  @Test
  void aPermissionIsAnActionOnADatabaseOrOnAll() {
    assertThat(Permission.write("logs")).hasToString("write logs");
    assertThat(Permission.write("logs").onAllDatabases()).isEqualTo(WRITE_ALL);
    assertThat(WRITE_ALL.coversAllDatabases()).isTrue();
    assertThat(WRITE_LOGS.coversAllDatabases()).isFalse();
    assertThat(READ_LOGS).isNotEqualTo(WRITE_LOGS).isNotEqualTo(READ_METRICS);
  }

  @Test
  void anActionHasAName() {
    assertThatThrownBy(() -> Action.of("")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theSetDoesNotChangeWithTheListThatItCameFrom() {
    List<Permission> list = new ArrayList<>(List.of(READ_LOGS));
    Permissions permissions = Permissions.of(list);
    list.clear();
    assertThat(permissions.stream()).containsExactly(READ_LOGS);
    assertThat(permissions).hasToString("[read logs]");
  }
}
