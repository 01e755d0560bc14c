package io.tokenform.apply.journal;

import static io.tokenform.apply.Changes.NOW;
import static io.tokenform.apply.Changes.exchange;
import static io.tokenform.apply.Changes.header;
import static io.tokenform.apply.Changes.id;
import static io.tokenform.apply.Changes.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.tokenform.access.Masking;
import io.tokenform.access.Sha256;
import io.tokenform.cluster.Attempt;
import io.tokenform.plan.Change;
import io.tokenform.plan.TokenChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is understood of a journal. */
class JournalReaderTest {
  private static final String BEGUN = JournalJson.header(header(3));
  private static final TokenChange FIRST = exchange(1);
  private static final TokenChange SECOND = exchange(2);

  @TempDir Path folder;

  private Path file(String... lines) throws IOException {
    return Files.writeString(folder.resolve("j.jsonl"), String.join("", lines));
  }

  private RecordedApply read(String... lines) throws Exception {
    return JournalReader.read(file(lines));
  }

  private JournalException unreadable(String... lines) throws IOException {
    Path file = file(lines);
    JournalException problem =
        catchThrowableOfType(JournalException.class, () -> JournalReader.read(file));
    assertThat(problem).as(String.join("", lines)).isNotNull();
    return problem;
  }

  private static String started(Change change) {
    return JournalJson.started(change, NOW);
  }

  private static String attempt(Change change) {
    Attempt attempt =
        new Attempt(
            change.steps().get(0).request().orElseThrow(),
            1,
            OptionalInt.of(503),
            Optional.empty(),
            Optional.of("503 busy"),
            Duration.ofMillis(3),
            Optional.of(Duration.ofMillis(9)),
            Optional.empty());
    return JournalJson.attempt(change, attempt, NOW, new Masking());
  }

  private static String outcome(Outcome outcome) {
    return JournalJson.outcome(outcome, NOW, new Masking());
  }

  private static String ended(Stop stop) {
    return JournalJson.footer(
        new ApplyResult(List.of(), Optional.ofNullable(stop), Optional.empty()),
        NOW.plusSeconds(1),
        new Masking());
  }

  @Test
  void whatIsReadIsWhatWasWritten() throws Exception {
    String[] lines = {
      BEGUN,
      started(FIRST),
      started(SECOND),
      attempt(FIRST),
      attempt(FIRST),
      outcome(new Outcome.Applied(FIRST, false)),
      outcome(new Outcome.Failed(SECOND, "409 no", Optional.empty(), false, OptionalInt.of(409))),
      ended(new Stop.Interrupted())
    };

    RecordedApply apply = read(lines);

    assertThat(apply.name()).isEqualTo("j.jsonl");
    assertThat(apply.header()).isEqualTo(header(3));
    assertThat(apply.endedAt()).contains(NOW.plusSeconds(1));
    assertThat(apply.stop()).contains(new Stop.Interrupted().message());
    assertThat(apply.digest())
        .isEqualTo(Sha256.of(String.join("", lines).getBytes(StandardCharsets.US_ASCII)));
    assertThat(apply.changes())
        .extracting(RecordedChange::attempts, RecordedChange::result, RecordedChange::reason)
        .containsExactly(
            tuple(2, Optional.of(Result.APPLIED), Optional.empty()),
            tuple(0, Optional.of(Result.FAILED), Optional.of("409 no")));
    assertThat(apply.changes())
        .extracting(RecordedChange::mayHaveHappened)
        .containsExactly(true, false);
    TokenChange read = apply.changes().get(1).change().ofToken().orElseThrow();
    assertThat(read.address()).isEqualTo(SECOND.address());
    assertThat(read.liveId()).contains(id(2));
    assertThat(read.before()).isEqualTo(SECOND.before());
    assertThat(read.after()).isEqualTo(SECOND.after());
    assertThat(read.where()).hasToString("j.jsonl:3:1");
  }

  @Test
  void anApplyThatIsUnderWayHasNoEndAndOpenChanges() throws Exception {
    RecordedApply apply = read(BEGUN, started(FIRST));

    assertThat(apply.endedAt()).isEmpty();
    assertThat(apply.stop()).isEmpty();
    assertThat(apply.open()).isEqualTo(1);
    assertThat(apply.changes().get(0).mayHaveHappened()).isTrue();
  }

  @Test
  void whatWasNotAttemptedDidNotHappenWhateverItsLineSays() throws Exception {
    String line = outcome(new Outcome.NotAttempted(FIRST));
    assertThat(line).contains("\"mayHaveHappened\":false");

    RecordedApply apply =
        read(BEGUN, started(FIRST), line.replace("Happened\":false", "Happened\":true"));

    assertThat(apply.changes().get(0).mayHaveHappened()).isFalse();
    assertThat(apply.count(Result.NOT_ATTEMPTED)).isEqualTo(1);
  }

  @Test
  void anOutcomeThatDoesNotSayMayHaveHappened() throws Exception {
    String line = outcome(new Outcome.Drifted(FIRST, token(1, "A"), false));

    assertThat(read(BEGUN, started(FIRST), line).changes().get(0).mayHaveHappened()).isFalse();
    assertThat(
            read(BEGUN, started(FIRST), line.replace("\"mayHaveHappened\":false,", ""))
                .changes()
                .get(0)
                .mayHaveHappened())
        .isTrue();
  }

  @Test
  void aLastLineThatIsTornIsPassedOver() throws Exception {
    RecordedApply apply = read(BEGUN, started(FIRST), "{\"event\":\"appl");

    assertThat(apply.open()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ended twice at once} \n",
        "{\"event\":\"else\",\"address\":\"token.token-1\"}\n",
        "{\"event\":\"applied\",\"address\":\"token.token-9\"}\n",
        "{\"event\":\"attempt\",\"address\":\"token.token-9\"}\n",
        "{\"event\":\"applied\",\"address\":\"nobody\"}\n",
        "{\"event\":\"applied\",\"address\":\"token.token-1\"} {}\n",
        "{\"event\":\"applied\",\"event\":\"failed\",\"address\":\"token.token-1\"}\n",
        "{\"event\":\"ended\",\"at\":\"soon\"}\n",
        "{\"event\":\"started\",\"address\":\"token.token-1\",\"type\":\"create\"}\n",
        "\n",
      })
  void aLineThatIsNoneIsNamedByItsNumber(String line) throws Exception {
    assertThat(unreadable(BEGUN, started(FIRST), line)).hasMessageStartingWith("j.jsonl:3: ");
  }

  @Test
  void aTokenStandsInItOnce() throws Exception {
    assertThat(unreadable(BEGUN, started(FIRST), started(FIRST)))
        .hasMessageStartingWith("j.jsonl:3: ");
    // Another name for the same token, and the same name for another token.
    assertThat(
            unreadable(BEGUN, started(FIRST), started(FIRST).replace("token.token-1", "token.b")))
        .hasMessageStartingWith("j.jsonl:3: ");
    assertThat(
            unreadable(
                BEGUN, started(FIRST), started(SECOND).replace("token.token-2", "token.token-1")))
        .hasMessageStartingWith("j.jsonl:3: ");
  }

  @Test
  void aJournalBeginsWithItsFirstLine() throws Exception {
    assertThat(unreadable(started(FIRST))).hasMessageStartingWith("j.jsonl:1: ");
    assertThat(unreadable(BEGUN.replace("\"order\":\"grant-first\"", "\"order\":\"any\"")))
        .hasMessageStartingWith("j.jsonl:1: ");
    assertThat(unreadable("")).hasMessageContaining("that apply sent nothing");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 3})
  void anotherVersionIsSaidToBeOne(int version) throws Exception {
    assertThat(unreadable(BEGUN.replace("\"version\":2", "\"version\":" + version)))
        .hasMessageContaining("version " + version);
  }

  @Test
  void version1IsReadByItsIds() throws Exception {
    String started =
        """
        {"event":"started","at":"2026-01-01T00:00:00Z","token":"a","id":"%s","before":{"description":"A"},"after":{"description":"B"}}
        """
            .formatted(id(1));
    String failed =
        """
        {"event":"failed","at":"2026-01-01T00:00:00Z","id":"%s","sent":false,"reason":"no"}
        """
            .formatted(id(1));

    RecordedApply apply = read(BEGUN.replace("\"version\":2", "\"version\":1"), started, failed);

    assertThat(apply.changes()).hasSize(1);
    RecordedChange change = apply.changes().get(0);
    assertThat(change.change().address()).hasToString("token.a");
    assertThat(change.result()).contains(Result.FAILED);
    assertThat(change.mayHaveHappened()).isFalse();
    // Version 2 has no such lines.
    assertThat(unreadable(BEGUN, started)).hasMessageStartingWith("j.jsonl:2: ");
  }

  @Test
  void whatIsNoFileIsNotRead() {
    JournalException folderProblem =
        catchThrowableOfType(JournalException.class, () -> JournalReader.read(folder));
    assertThat(folderProblem).hasMessageContaining("not a regular file");

    JournalException missing =
        catchThrowableOfType(
            JournalException.class, () -> JournalReader.read(folder.resolve("none")));
    assertThat(missing).hasMessageContaining("no such file");
    assertThat(missing.hint()).isPresent();
  }
}
