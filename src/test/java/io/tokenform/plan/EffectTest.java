package io.tokenform.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a change of permissions does to access. */
class EffectTest {
  @ParameterizedTest
  @CsvSource({
    "'', read metrics, WIDENS",
    "read metrics, '', NARROWS",
    "read metrics, read logs, BOTH",
    "read metrics, read metrics, NEUTRAL",
    "'', '', NEUTRAL",
    "read metrics, write metrics, BOTH",
    "read metrics, read *, WIDENS",
    "read *, read metrics, NARROWS",
    "read *, read *;read metrics, NEUTRAL",
    "read *;read metrics, read *, NEUTRAL",
    "read *, write metrics, BOTH",
  })
  void allDatabasesAreUnderstood(String before, String after, Effect effect) {
    assertThat(Effect.of(permissions(before), permissions(after))).isEqualTo(effect);
  }

  @ParameterizedTest
  @CsvSource({
    "WIDENS, widens, widens",
    "NARROWS, narrows, narrows",
    "BOTH, both, widens and narrows",
    "NEUTRAL, neutral, neutral",
  })
  void filesHaveOneWordAndPeopleMayHaveMore(Effect effect, String word, String words) {
    assertThat(effect).hasToString(word);
    assertThat(effect.words()).isEqualTo(words);
  }

  private static Permissions permissions(String text) {
    List<Permission> all =
        Stream.of(text.split(";", -1))
            .filter(part -> !part.isEmpty())
            .map(part -> part.split(" ", -1))
            .map(words -> new Permission(new Action(words[0]), words[1]))
            .toList();
    return Permissions.of(all);
  }
}
