package io.tokenform.apply;

import static io.tokenform.apply.Changes.LOGS;
import static io.tokenform.apply.Changes.METRICS;
import static io.tokenform.apply.Changes.id;
import static io.tokenform.testing.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.TokenId;
import io.tokenform.cluster.AttemptListener;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.cluster.TokenUpdate;
import io.tokenform.testing.Apis;
import io.tokenform.testing.ScriptedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls whose answers are settled by a look. */
class SettledCallsTest {
  private static final TokenUpdate UPDATE =
      new TokenUpdate(Optional.of("New"), Optional.of(Permissions.of(LOGS)));

  private static final String WANTED = token(1, "New", LOGS, "");
  private static final String BEFORE = token(1, "Old", METRICS, "");
  private static final String REVOKED =
      token(1, "Old", METRICS, ",\"revokedAt\":\"2026-01-01T00:00:00Z\"");
  private static final String GONE = json(404, "{\"code\":404,\"message\":\"no such token\"}");
  private static final String REFUSED = json(400, "{\"code\":400,\"message\":\"no\"}");
  private static final String BROKEN = json(500, "{\"code\":500,\"message\":\"oops\"}");
  private static final String DONE = ScriptedServer.answer(204, "", "");

  private final List<String> requests = new ArrayList<>();

  private static String token(int number, String description, Permission permission, String more) {
    return json(
        200,
        "{\"id\":\"%s\",\"description\":\"%s\",\"permissions\":[{\"action\":\"%s\",\"resource\":\"%s\"}]%s}"
            .formatted(id(number), description, permission.action(), permission.resource(), more));
  }

  /** A call against a server that gives these answers, one after the other. */
  private interface Call {
    void make(SettledCalls calls, TokenId id) throws StepFailedException;
  }

  private void run(Call call, String... answers) throws StepFailedException {
    try (ScriptedServer server = ScriptedServer.answering(answers);
        ManagementApi api = Apis.api(server)) {
      try {
        call.make(new SettledCalls(api, AttemptListener.NONE), id(1));
      } finally {
        server.requests().stream()
            .map(ScriptedServer.Received::line)
            .map(line -> line.substring(0, line.indexOf(' ')))
            .forEach(requests::add);
      }
    }
  }

  private void update(String... answers) throws StepFailedException {
    run((calls, id) -> calls.update(id, UPDATE), answers);
  }

  private void revoke(String... answers) throws StepFailedException {
    run(SettledCalls::revoke, answers);
  }

  @Test
  void anAnswerThatShowsWhatWasAskedForIsEnough() throws Exception {
    update(WANTED);

    assertThat(requests).containsExactly("PATCH");
  }

  @Test
  void aWrongOrLostAnswerIsSettledByALook() throws Exception {
    for (String answer : List.of(BEFORE, BROKEN, token(2, "New", LOGS, ""), "")) {
      requests.clear();
      update(answer, WANTED);
      assertThat(requests).containsExactly("PATCH", "GET");
    }
  }

  @Test
  void whatALookDoesNotShowWasNotDone() {
    for (String[] answers :
        List.of(
            new String[] {BEFORE, BEFORE},
            new String[] {BROKEN, BEFORE},
            new String[] {BROKEN, BROKEN},
            new String[] {BROKEN, REVOKED},
            new String[] {token(1, "New", METRICS, ""), token(1, "New", METRICS, "")},
            new String[] {token(1, "Old", LOGS, ""), token(1, "Old", LOGS, "")})) {
      assertThatThrownBy(() -> update(answers))
          .isInstanceOfSatisfying(
              StepFailedException.class, e -> assertThat(e.mayHaveHappened()).isTrue());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPlainNoIsNotAskedAgain(boolean isUpdate) {
    assertThatThrownBy(
            () -> {
              if (isUpdate) {
                update(REFUSED);
              } else {
                revoke(REFUSED);
              }
            })
        .isInstanceOfSatisfying(
            StepFailedException.class,
            e -> {
              assertThat(e.mayHaveHappened()).isFalse();
              assertThat(e.status()).hasValue(400);
            });
    assertThat(requests).hasSize(1);
  }

  @Test
  void aRevocationIsDoneWhenALookShowsIt() throws Exception {
    revoke(DONE, REVOKED);
    revoke(DONE, GONE);
    revoke(BROKEN, REVOKED);
    revoke(GONE);

    assertThat(requests)
        .containsExactly("DELETE", "GET", "DELETE", "GET", "DELETE", "GET", "DELETE");
  }

  @Test
  void aRevocationThatNobodySeesWasNotDone() {
    assertThatThrownBy(() -> revoke(DONE, BEFORE))
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining("still shows it as working");
    assertThatThrownBy(() -> revoke(BROKEN, BEFORE)).isInstanceOf(StepFailedException.class);
    assertThatThrownBy(() -> revoke(DONE, BROKEN)).isInstanceOf(StepFailedException.class);
  }
}
