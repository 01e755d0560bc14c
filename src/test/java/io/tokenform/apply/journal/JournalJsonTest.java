package io.tokenform.apply.journal;

import static io.tokenform.apply.Changes.LOGS;
import static io.tokenform.apply.Changes.NOW;
import static io.tokenform.apply.Changes.exchange;
import static io.tokenform.apply.Changes.header;
import static io.tokenform.apply.Changes.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Masking;
import io.tokenform.access.Secret;
import io.tokenform.cluster.Attempt;
import io.tokenform.plan.TokenChange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The lines of a journal, as other programs read them. */
class JournalJsonTest {
  private static final TokenChange CHANGE = exchange(1);
  private static final String SECRET = "apiv1_0123456789abcdef0123456789abcdef";

  private static String attempt(
      OptionalInt status, Optional<String> problem, Optional<Duration> retryIn) {
    return JournalJson.attempt(
        CHANGE,
        new Attempt(
            CHANGE.steps().get(0).request().orElseThrow(),
            2,
            status,
            Optional.empty(),
            problem,
            Duration.ofMillis(3),
            retryIn,
            Optional.empty()),
        NOW,
        new Masking());
  }

  @Test
  void theFirstLineSaysWhoAppliesWhat() {
    assertThat(JournalJson.header(header(3)))
        .isEqualTo(
            "{\"event\":\"begun\",\"at\":\"2026-01-01T00:00:00Z\",\"version\":2,"
                + "\"toolVersion\":\"0.1.0\",\"user\":\"somebody\",\"host\":\"somewhere\","
                + "\"pid\":"
                + ProcessHandle.current().pid()
                + ",\"plan\":\"sha256:"
                + "0123456789abcdef".repeat(4)
                + "\",\"cluster\":{\"product\":\"clustered\","
                + "\"url\":\"https://cluster.example.com\"},\"order\":\"grant-first\","
                + "\"changes\":3}\n");
  }

  @Test
  void aStartHasTheWholeChange() {
    assertThat(JournalJson.started(CHANGE, NOW))
        .startsWith(
            "{\"event\":\"started\",\"at\":\"2026-01-01T00:00:00Z\","
                + "\"address\":\"token.token-1\",\"token\":\"token-1\",\"type\":\"update\"")
        .contains("\"before\":", "\"after\":", "\"steps\":[{\"method\":\"PATCH\"")
        .endsWith("}\n");
  }

  @Test
  void anAttemptSaysWhatIsKnownOfIt() {
    assertThat(attempt(OptionalInt.of(503), Optional.of("busy"), Optional.of(Duration.ofMillis(9))))
        .isEqualTo(
            "{\"event\":\"attempt\",\"at\":\"2026-01-01T00:00:00Z\","
                + "\"address\":\"token.token-1\",\"number\":2,\"status\":503,"
                + "\"problem\":\"busy\",\"tookMillis\":3,\"retryInMillis\":9}\n");
    assertThat(attempt(OptionalInt.empty(), Optional.empty(), Optional.empty()))
        .isEqualTo(
            "{\"event\":\"attempt\",\"at\":\"2026-01-01T00:00:00Z\","
                + "\"address\":\"token.token-1\",\"number\":2,\"tookMillis\":3}\n");
  }

  @Test
  void anOutcomeHasTheManagedFieldsOfTheTokenAsItWasFound() {
    assertThat(
            JournalJson.outcome(
                new Outcome.Drifted(CHANGE, token(1, "Whatever", LOGS), false), NOW, new Masking()))
        .startsWith(
            "{\"event\":\"drifted\",\"at\":\"2026-01-01T00:00:00Z\","
                + "\"address\":\"token.token-1\",\"reason\":\"")
        .endsWith(
            "\",\"mayHaveHappened\":false,"
                + "\"live\":{\"permissions\":[{\"action\":\"read\",\"resource\":\"logs\"}]}}\n");
    assertThat(JournalJson.outcome(new Outcome.Applied(CHANGE, false), NOW, new Masking()))
        .isEqualTo(
            "{\"event\":\"applied\",\"at\":\"2026-01-01T00:00:00Z\","
                + "\"address\":\"token.token-1\",\"mayHaveHappened\":true}\n");
  }

  @Test
  void theLastLineCounts() {
    ApplyResult result =
        new ApplyResult(
            List.of(
                new Outcome.Applied(CHANGE, false),
                new Outcome.Applied(CHANGE, true),
                new Outcome.NotAttempted(CHANGE)),
            Optional.empty(),
            Optional.empty());

    assertThat(JournalJson.footer(result, NOW, new Masking()))
        .isEqualTo(
            "{\"event\":\"ended\",\"at\":\"2026-01-01T00:00:00Z\",\"applied\":2,\"failed\":0,"
                + "\"drifted\":0,\"unknown\":0,\"notAttempted\":1}\n");
  }

  @Test
  void noLineHasASecretThatAServerQuotes() {
    Outcome failed =
        new Outcome.Failed(
            CHANGE, "it said " + SECRET, Optional.empty(), true, OptionalInt.empty());
    ApplyResult stopped =
        new ApplyResult(
            List.of(),
            Optional.of(
                new Stop.JournalLost(new JournalException("disk of " + SECRET, null, null))),
            Optional.empty());

    assertThat(JournalJson.outcome(failed, NOW, new Masking())).contains("\"it said [secret]\"");
    assertThat(JournalJson.footer(stopped, NOW, new Masking()))
        .contains("\"stop\":\"disk of [secret]");
    assertThat(attempt(OptionalInt.empty(), Optional.of(SECRET), Optional.empty()))
        .contains("\"problem\":\"[secret]\"");
  }

  /** Whatever a cluster calls a secret, the journal stays one. */
  @Test
  void whatALineIsAboutIsNotMasked() {
    Masking masking = new Masking();
    for (String word : List.of(CHANGE.address().toString(), "not_attempted", NOW + "!")) {
      masking.keep(Secret.of(word));
    }
    Outcome failed =
        new Outcome.Failed(
            CHANGE, "it said " + CHANGE.address(), Optional.empty(), true, OptionalInt.empty());

    assertThat(JournalJson.outcome(failed, NOW, masking))
        .startsWith(
            "{\"event\":\"failed\",\"at\":\"" + NOW + "\",\"address\":\"" + CHANGE.address() + "\"")
        .contains("\"reason\":\"it said [secret]\"");
    assertThat(JournalJson.outcome(new Outcome.NotAttempted(CHANGE), NOW, masking))
        .isEqualTo(JournalJson.outcome(new Outcome.NotAttempted(CHANGE), NOW, new Masking()));
  }

  @Test
  void aLineHasPrintableAsciiAlone() {
    Outcome failed =
        new Outcome.Failed(CHANGE, "\u00e9\n\u007f~", Optional.empty(), true, OptionalInt.empty());

    assertThat(JournalJson.outcome(failed, NOW, new Masking())).contains("\"\\u00E9\\n\\u007F~\"");
  }
}
