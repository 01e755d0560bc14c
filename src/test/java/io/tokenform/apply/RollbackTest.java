package io.tokenform.apply;

import static io.tokenform.apply.Changes.LOGS;
import static io.tokenform.apply.Changes.METRICS;
import static io.tokenform.apply.Changes.description;
import static io.tokenform.apply.Changes.exchange;
import static io.tokenform.apply.Changes.fields;
import static io.tokenform.apply.Changes.header;
import static io.tokenform.apply.Changes.id;
import static io.tokenform.apply.Changes.permissions;
import static io.tokenform.apply.Changes.revoked;
import static io.tokenform.apply.Changes.token;
import static io.tokenform.apply.Changes.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenListing;
import io.tokenform.apply.journal.JournalJson;
import io.tokenform.apply.journal.JournalReader;
import io.tokenform.apply.journal.RecordedApply;
import io.tokenform.apply.journal.RecordedChange;
import io.tokenform.apply.journal.Result;
import io.tokenform.finding.Located;
import io.tokenform.plan.Update;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Guardrails;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way back from an apply. */
class RollbackTest {
  @TempDir Path folder;

  private static final Token DONE = token(1, "Token 1", LOGS);

  private static RecordedChange made(Update change) {
    return RecordedChange.started(change).ended(Result.APPLIED, Optional.empty(), true);
  }

  private static RecordedApply apply(RecordedChange... changes) {
    return new RecordedApply(
        "j.jsonl",
        header(changes.length),
        List.of(changes),
        Optional.empty(),
        Optional.empty(),
        "sha256:0");
  }

  private static Rollback rollback(boolean force, RecordedApply apply, Token... live) {
    return Rollback.of(apply, TokenListing.of(Arrays.asList(live)), force, Instant.EPOCH);
  }

  private static DesiredToken only(Rollback rollback) {
    assertThat(rollback.drifted()).isEmpty();
    assertThat(rollback.policy().tokens()).hasSize(1);
    return rollback.policy().tokens().get(0);
  }

  private static Rollback.Drifted onlyDrifted(Rollback rollback) {
    assertThat(rollback.policy().tokens()).isEmpty();
    assertThat(rollback.drifted()).hasSize(1);
    return rollback.drifted().get(0);
  }

  @Test
  void aTokenGetsBackWhatItHad() {
    DesiredToken desired = only(rollback(false, apply(made(exchange(1))), DONE));

    assertThat(desired.name().value()).isEqualTo("token-1");
    assertThat(desired.id().map(Located::value)).contains(id(1));
    assertThat(desired.permissions()).contains(Permissions.of(METRICS));
    assertThat(desired.description()).isEmpty();
  }

  @Test
  void onlyTheFieldsThatTheApplyChangedAreRestored() {
    Update renamed = update(1, fields("Old", METRICS), fields("New", METRICS));

    // Its permissions are somebody's own since.
    DesiredToken desired = only(rollback(false, apply(made(renamed)), token(1, "New", LOGS)));

    assertThat(desired.description().map(Located::value)).contains("Old");
    assertThat(desired.permissions()).isEmpty();
  }

  @Test
  void itsPlacesAreThoseOfTheJournalAndItsGuardrailsThoseWithoutAPolicy() {
    Rollback rollback = rollback(false, apply(made(exchange(1))), DONE);

    assertThat(rollback.policy().start()).hasToString("j.jsonl:1:1");
    assertThat(rollback.policy().guardrails()).isSameAs(Guardrails.WITHOUT_POLICY);
    assertThat(only(rollback).where()).isEqualTo(exchange(1).where());
  }

  @Test
  void whatNeverReachedTheClusterNeedsNoWayBack() {
    RecordedChange refused =
        RecordedChange.started(exchange(1)).ended(Result.FAILED, Optional.empty(), false);

    Rollback rollback = rollback(true, apply(refused), DONE);

    assertThat(rollback.policy().tokens()).isEmpty();
    assertThat(rollback.drifted()).isEmpty();
  }

  @Test
  void whatWasStartedAndNeverAnsweredNeedsOne() {
    only(rollback(false, apply(RecordedChange.started(exchange(1))), DONE));
  }

  @Test
  void whatIsUndoneAlreadyNeedsNone() {
    Rollback rollback =
        rollback(true, apply(made(exchange(1))), token(1, "Whatever it is called", METRICS));

    assertThat(rollback.policy().tokens()).isEmpty();
    assertThat(rollback.drifted()).isEmpty();
  }

  @Test
  void whatHasDriftedSinceIsRestoredByForceAlone() {
    Token drifted = token(1, "Token 1");
    RecordedApply apply = apply(made(exchange(1)));

    Rollback.Drifted found = onlyDrifted(rollback(false, apply, drifted));
    assertThat(found.live()).contains(drifted);
    assertThat(found.restorable()).isTrue();
    assertThat(found.change()).isEqualTo(made(exchange(1)));

    assertThat(only(rollback(true, apply, drifted)).permissions())
        .contains(Permissions.of(METRICS));
  }

  @Test
  void aTokenThatIsGoneOrRevokedCannotBeRestored() {
    RecordedApply apply = apply(made(exchange(1)));

    Rollback.Drifted gone = onlyDrifted(rollback(true, apply, token(2, "Another", LOGS)));
    assertThat(gone.live()).isEmpty();
    assertThat(gone.restorable()).isFalse();

    Rollback.Drifted revoked = onlyDrifted(rollback(true, apply, revoked(DONE)));
    assertThat(revoked.live()).contains(revoked(DONE));
    assertThat(revoked.restorable()).isFalse();
  }

  @Test
  void aSecretOfWhichOnlyTheMaskIsKnownCannotBeRestored() {
    Update named = update(1, description("[secret]"), description("New"));
    Update permitted = update(2, permissions(Permission.read("[secret]")), permissions(LOGS));

    assertThat(onlyDrifted(rollback(true, apply(made(named)), token(1, "New"))).restorable())
        .isFalse();
    assertThat(
            onlyDrifted(rollback(true, apply(made(permitted)), token(2, "B", LOGS))).restorable())
        .isFalse();
  }

  @Test
  void eachChangeIsJudgedOnItsOwn() {
    Rollback rollback =
        rollback(
            false,
            apply(made(exchange(1)), made(exchange(2)), made(exchange(3))),
            token(3, "C", LOGS),
            token(2, "B"),
            DONE);

    assertThat(rollback.policy().tokens())
        .extracting(token -> token.name().value())
        .containsExactly("token-1", "token-3");
    assertThat(rollback.drifted())
        .extracting(drifted -> drifted.change().change().address().name())
        .containsExactly("token-2");
  }

  /** A management token that is a word: before and after are the same mask in the journal. */
  @Test
  void aChangeWhoseDifferenceIsMaskedIsToldAndNotRestored() throws Exception {
    String masked = "{\"permissions\":[{\"action\":\"read\",\"resource\":\"[secret]\"}]}";
    String started = JournalJson.started(Changes.exchange(1), Changes.NOW);
    String line =
        started.replaceAll("\"(before|after)\":\\{\"permissions\":\\[[^]]*]}", "\"$1\":" + masked);
    assertThat(line).contains("[secret]").doesNotContain("\"resource\":\"logs\"}]},\"");
    Path file =
        Files.writeString(
            folder.resolve("masked.jsonl"), JournalJson.header(Changes.header(1)) + line);

    Rollback rollback =
        Rollback.of(
            JournalReader.read(file),
            TokenListing.of(List.of(Changes.token(1, "Token 1", Changes.LOGS))),
            true,
            Instant.EPOCH);

    assertThat(rollback.policy().tokens()).isEmpty();
    assertThat(rollback.drifted())
        .singleElement()
        .satisfies(drifted -> assertThat(drifted.restorable()).isFalse());
  }
}
