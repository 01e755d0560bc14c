package io.tokenform.apply;

import static io.tokenform.apply.Changes.LOGS;
import static io.tokenform.apply.Changes.METRICS;
import static io.tokenform.apply.Changes.description;
import static io.tokenform.apply.Changes.exchange;
import static io.tokenform.apply.Changes.fields;
import static io.tokenform.apply.Changes.id;
import static io.tokenform.apply.Changes.permissions;
import static io.tokenform.apply.Changes.revoked;
import static io.tokenform.apply.Changes.token;
import static io.tokenform.apply.Changes.update;
import static io.tokenform.testing.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.apply.journal.Result;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.plan.Update;
import io.tokenform.policy.DesiredToken;
import io.tokenform.testing.Apis;
import io.tokenform.testing.ScriptedServer;
import io.tokenform.testing.ScriptedServer.Received;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How an update is made, and the way back from it. */
class UpdateMakerTest {
  private static final UpdateMaker MAKER = new UpdateMaker();

  /** A token that is renamed as well, so that an answer can be wrong in either field. */
  private static final Update CHANGE = update(1, fields("Old", METRICS), fields("New", LOGS));

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static final Token BEFORE = token(1, "Old", METRICS);
  private static final Token AFTER = token(1, "New", LOGS);

  private final List<String> requests = new ArrayList<>();

  /** Makes the change against a server that gives these answers, one after the other. */
  private Outcome make(boolean recheck, String... answers) {
    return make(CHANGE, recheck, answers);
  }

  private Outcome make(Update change, boolean recheck, String... answers) {
    try (ScriptedServer server = ScriptedServer.answering(answers);
        ManagementApi api = Apis.api(server)) {
      Outcome outcome = MAKER.make(change, TestTools.of(api, recheck));
      server.requests().stream()
          .map(Received::line)
          .map(line -> line.substring(0, line.indexOf(' ')))
          .forEach(requests::add);
      return outcome;
    }
  }

  private static String answer(Token token) {
    StringBuilder permissions = new StringBuilder();
    for (Permission permission : token.permissions()) {
      permissions
          .append(permissions.isEmpty() ? "" : ",")
          .append("{\"action\":\"" + permission.action() + "\",")
          .append("\"resource\":\"" + permission.resource() + "\"}");
    }
    String revoked = token.isRevoked() ? ",\"revokedAt\":\"2026-01-01T00:00:00Z\"" : "";
    return json(
        200,
        "{\"id\":\"%s\",\"description\":\"%s\",\"permissions\":[%s]%s}"
            .formatted(token.id(), token.description(), permissions, revoked));
  }

  @Test
  void itHoldsWhileAllThatThePolicySpeaksOfIsAsItWas() {
    assertThat(MAKER.drift(CHANGE, Listing.of(List.of(BEFORE), Instant.EPOCH))).isEmpty();
    assertThat(MAKER.drift(CHANGE, Listing.of(List.of(token(1, "Other", METRICS)), Instant.EPOCH)))
        .isPresent();
    assertThat(MAKER.drift(CHANGE, Listing.of(List.of(token(1, "Old")), Instant.EPOCH)))
        .isPresent();
    assertThat(MAKER.drift(CHANGE, Listing.of(List.of(revoked(BEFORE)), Instant.EPOCH)))
        .isPresent();
    assertThat(MAKER.drift(CHANGE, Listing.of(List.of(), Instant.EPOCH))).isPresent();
    // It does not speak of the description here.
    assertThat(
            MAKER.drift(
                exchange(1), Listing.of(List.of(token(1, "Other", METRICS)), Instant.EPOCH)))
        .isEmpty();
  }

  @Test
  void itIsDoneOrUndoneByTheFieldsThatItChanges() {
    Update renaming = update(1, fields("Old", METRICS), fields("New", METRICS));
    Optional<Token> renamed = Optional.of(token(1, "New", LOGS));
    Optional<Token> named = Optional.of(token(1, "Old", LOGS));

    assertThat(MAKER.isDone(renaming, renamed)).isTrue();
    assertThat(MAKER.isUndone(renaming, renamed)).isFalse();
    assertThat(MAKER.isDone(renaming, named)).isFalse();
    assertThat(MAKER.isUndone(renaming, named)).isTrue();
    assertThat(MAKER.isDone(renaming, Optional.empty())).isFalse();
    assertThat(MAKER.isUndone(renaming, Optional.empty())).isFalse();
    assertThat(MAKER.isDone(CHANGE, Optional.of(revoked(AFTER)))).isFalse();
    assertThat(MAKER.isUndone(CHANGE, Optional.of(revoked(BEFORE)))).isFalse();
  }

  @Test
  void theWayBackWantsWhatWasThere() {
    Location line = new Location(new SourceText("j.jsonl", ""), 7, 1, 1);

    DesiredToken desired = MAKER.undoing(CHANGE, Optional.of(AFTER), line, NOW).orElseThrow();

    assertThat(desired.id().map(Located::value)).contains(id(1));
    assertThat(desired.description().map(Located::value)).contains("Old");
    assertThat(desired.permissions()).contains(Permissions.of(METRICS));
    assertThat(desired.where()).isEqualTo(line);
    assertThat(MAKER.undoing(CHANGE, Optional.empty(), line, NOW)).isEmpty();
    assertThat(MAKER.undoing(CHANGE, Optional.of(revoked(AFTER)), line, NOW)).isEmpty();
  }

  @Test
  void thereIsNoWayBackToASecret() {
    Location line = new Location(new SourceText("j.jsonl", ""), 7, 1, 1);
    Permission secret = Permission.read("a [secret]");

    assertThat(
            MAKER.undoing(
                update(1, description("of [secret]"), description("New")),
                Optional.of(AFTER),
                line,
                NOW))
        .isEmpty();
    assertThat(
            MAKER.undoing(
                update(1, permissions(secret), permissions(LOGS)), Optional.of(AFTER), line, NOW))
        .isEmpty();
    // A secret that was not changed need not be sent.
    assertThat(
            MAKER.undoing(
                update(1, fields("Old", secret), fields("New", secret)),
                Optional.of(AFTER),
                line,
                NOW))
        .isPresent();
  }

  @Test
  void theAnswerConfirmsTheChange() {
    assertThat(make(false, answer(AFTER))).isEqualTo(new Outcome.Applied(CHANGE, false));
    assertThat(requests).containsExactly("PATCH");
  }

  @Test
  void aRecheckLooksFirst() {
    assertThat(make(true, answer(BEFORE), answer(AFTER)))
        .isEqualTo(new Outcome.Applied(CHANGE, false));
    assertThat(requests).containsExactly("GET", "PATCH");
  }

  @Test
  void aRecheckThatFindsAnotherTokenSendsNothing() {
    Token other = token(1, "Old", METRICS, LOGS);

    assertThat(make(true, answer(other))).isEqualTo(new Outcome.Drifted(CHANGE, other, false));
    assertThat(requests).containsExactly("GET");
  }

  @Test
  void aRecheckThatFailsSendsNothing() {
    Outcome outcome = make(true, json(404, "{}"));

    assertThat(outcome.result()).isEqualTo(Result.FAILED);
    assertThat(outcome.mayHaveHappened()).isFalse();
    assertThat(outcome.status()).hasValue(404);
    assertThat(requests).containsExactly("GET");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          another | the cluster answered with another token
          before  | the answer shows a description other
          half    | the answer shows permissions other
          revoked | the answer shows a token that is revoked
          text    | the answer is not valid JSON
          empty   | the answer is empty
          strange | the token cannot be read: it has no id
          """)
  void anAnswerThatShowsSomethingElseIsSettledByALook(String kind, String reason) {
    String wrong =
        switch (kind) {
          case "another" -> answer(token(2, "New", LOGS));
          case "before" -> answer(BEFORE);
          case "half" -> answer(token(1, "New", METRICS));
          case "revoked" -> answer(revoked(AFTER));
          case "text" -> json(200, "OK");
          case "empty" -> json(200, "");
          default -> json(200, "{\"ok\": true}");
        };

    assertThat(make(false, wrong, answer(AFTER))).isEqualTo(new Outcome.Applied(CHANGE, true));
    assertThat(requests).containsExactly("PATCH", "GET");

    Outcome asBefore = make(false, wrong, answer(BEFORE));
    assertThat(asBefore.result()).isEqualTo(Result.FAILED);
    assertThat(asBefore.reason().orElseThrow())
        .contains(reason)
        .endsWith("; the token was found as before");
    assertThat(asBefore.hint()).isPresent();
    assertThat(asBefore.mayHaveHappened()).isTrue();
    assertThat(asBefore.holdsUpLaterWaves()).isTrue();

    assertThat(make(false, wrong, answer(token(2, "New", LOGS))).result())
        .isEqualTo(Result.UNKNOWN);
    Token neither = token(1, "New", METRICS);
    assertThat(make(false, wrong, answer(neither)))
        .isEqualTo(new Outcome.Drifted(CHANGE, neither, true));
  }

  @Test
  void aDescriptionThatTheClusterChangesIsShownBesideWhatWasAskedFor() {
    Update padded = update(1, fields("Old", METRICS), fields(" New  one ", LOGS));
    Token trimmed = token(1, "New one", LOGS);

    Outcome outcome = make(padded, false, answer(trimmed), answer(trimmed));

    assertThat(outcome.result()).isEqualTo(Result.FAILED);
    assertThat(outcome.reason())
        .hasValue(
            "the cluster has the description \"New one\" and not"
                + " \"\u2423New\u2423\u2423one\u2423\"; the permissions are as desired");
    assertThat(outcome.hint()).isPresent();
    assertThat(outcome.mayHaveHappened()).isTrue();
    assertThat(outcome.holdsUpLaterWaves()).isFalse();
  }

  @Test
  void aDescriptionThatTheClusterTrimsToWhatItWasIsShownToo() {
    Update padding = update(1, description("Old"), description("Old "));
    Token old = token(1, "Old", METRICS);

    assertThat(make(padding, false, answer(old), answer(old)).reason())
        .hasValue("the cluster has the description \"Old\" and not \"Old\u2423\"");
  }

  @Test
  void aDescriptionAloneThatFailsHoldsUpNothing() {
    Update renaming = update(1, description("Old"), description("New"));

    for (String answer : List.of(json(400, "{}"), json(500, "{}"), answer(BEFORE))) {
      Outcome outcome = make(renaming, false, answer, answer(BEFORE));
      assertThat(outcome.result()).isEqualTo(Result.FAILED);
      assertThat(outcome.holdsUpLaterWaves()).isFalse();
    }
    assertThat(make(renaming, false, json(500, "{}"), json(500, "{}")).holdsUpLaterWaves())
        .isFalse();
  }

  @Test
  void aRecheckThatIsAnsweredWithAnotherTokenSendsNothing() {
    Outcome outcome = make(true, answer(token(2, "Old", METRICS)));

    assertThat(outcome.result()).isEqualTo(Result.FAILED);
    assertThat(outcome.mayHaveHappened()).isFalse();
    assertThat(requests).containsExactly("GET");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 409})
  void whatIsRefusedDidNotHappen(int status) {
    Outcome outcome = make(false, json(status, "{\"message\": \"so what\"}"));

    assertThat(outcome.result()).isEqualTo(Result.FAILED);
    assertThat(outcome.mayHaveHappened()).isFalse();
    assertThat(outcome.status()).hasValue(status);
    assertThat(outcome.reason().orElseThrow()).contains("so what");
    assertThat(requests).containsExactly("PATCH");
  }

  @Test
  void whatWasStoppedBeforeWasNotAttempted() {
    try (ScriptedServer server = ScriptedServer.answering(answer(AFTER));
        ManagementApi api = Apis.api(server)) {
      api.stopChanges();

      assertThat(MAKER.make(CHANGE, TestTools.of(api, false)))
          .isEqualTo(new Outcome.NotAttempted(CHANGE));
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void aLostAnswerIsSettledByALook() {
    String lost = json(500, "{}");

    assertThat(make(false, lost, answer(AFTER))).isEqualTo(new Outcome.Applied(CHANGE, true));
    assertThat(requests).containsExactly("PATCH", "GET");

    Outcome asBefore = make(false, lost, answer(BEFORE));
    assertThat(asBefore.result()).isEqualTo(Result.FAILED);
    assertThat(asBefore.mayHaveHappened()).isTrue();
    assertThat(asBefore.status()).hasValue(500);
    assertThat(asBefore.reason().orElseThrow()).endsWith("the token was found as before");

    Token neither = token(1, "New", METRICS);
    assertThat(make(false, lost, answer(neither)))
        .isEqualTo(new Outcome.Drifted(CHANGE, neither, true));
    assertThat(make(false, lost, answer(revoked(AFTER))))
        .isEqualTo(new Outcome.Drifted(CHANGE, revoked(AFTER), true));
  }

  @Test
  void whatNothingSettlesIsUnknown() {
    Outcome outcome = make(false, json(500, "{}"), json(503, "{}"));

    assertThat(outcome.result()).isEqualTo(Result.UNKNOWN);
    assertThat(outcome.status()).hasValue(503);
    assertThat(outcome.reason().orElseThrow()).contains("PATCH /", "GET /");
  }
}
