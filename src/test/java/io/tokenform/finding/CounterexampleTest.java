package io.tokenform.finding;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import java.util.List;
import org.junit.jupiter.api.Test;

class CounterexampleTest {
  private static final Permissions READ_A = Permissions.of(Permission.read("a"));
  private static final Permissions READ_B = Permissions.of(Permission.read("b"));
  private static final Permissions READ_ALL = Permissions.of(Permission.read("*"));

  @Test
  void accessThatMustNotBeComesFromWhatGivesIt() {
    Counterexample access = new Counterexample(true, Action.READ, List.of("a"));
    assertThat(access.comesFrom(Permissions.NONE, READ_A)).isTrue();
    assertThat(access.comesFrom(READ_B, READ_ALL)).isTrue();
    assertThat(access.comesFrom(READ_A, READ_ALL)).isFalse();
    assertThat(access.comesFrom(READ_A, READ_A.union(READ_B))).isFalse();
    assertThat(access.comesFrom(READ_ALL, READ_A)).isFalse();
    assertThat(access.comesFrom(READ_B, Permissions.of(Permission.write("a")))).isFalse();
  }

  @Test
  void accessThatIsMissedComesFromWhatTakesIt() {
    Counterexample access = new Counterexample(false, Action.READ, List.of("a"));
    assertThat(access.comesFrom(READ_A, Permissions.NONE)).isTrue();
    assertThat(access.comesFrom(READ_ALL, READ_B)).isTrue();
    assertThat(access.comesFrom(READ_B, Permissions.NONE)).isFalse();
    assertThat(access.comesFrom(Permissions.of(Permission.write("a")), READ_B)).isFalse();
  }

  @Test
  void oneOfSeveralDatabasesIsEnough() {
    Counterexample access = new Counterexample(true, Action.READ, List.of("a", "b"));
    assertThat(access.comesFrom(READ_A, READ_A.union(READ_B))).isTrue();
  }

  @Test
  void noDatabasesAreAnyAtAll() {
    Counterexample access = new Counterexample(false, Action.READ, List.of());
    assertThat(access.comesFrom(READ_A, Permissions.NONE)).isTrue();
    assertThat(access.comesFrom(READ_A, READ_B)).isFalse();
    assertThat(access.comesFrom(Permissions.NONE, Permissions.NONE)).isFalse();
    assertThat(access.comesFrom(Permissions.of(Permission.write("a")), Permissions.NONE)).isFalse();
    assertThat(access.database()).isEqualTo("*");
  }
}
