package io.tokenform.apply.journal;

import static io.tokenform.apply.Changes.CLUSTER;
import static io.tokenform.apply.Changes.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Nonce;
import io.tokenform.access.Permissions;
import io.tokenform.access.SinkName;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.apply.Changes;
import io.tokenform.cluster.Endpoints;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.plan.Create;
import io.tokenform.plan.Making;
import io.tokenform.plan.PendingFates;
import io.tokenform.plan.PendingFates.Fate;
import io.tokenform.plan.RoleOrigins;
import io.tokenform.plan.Succession;
import io.tokenform.policy.SinkDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What journals know of tokens whose making did not end. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it needs links, pipes or modes of Unix")
class JournalFatesTest {
  private static final Nonce NONCE = new Nonce("3f9a1c3f9a1c");
  private static final TokenId ID = Changes.id(7);
  private static final Nonce OTHER = new Nonce("000000000000");

  private static final Create CREATE =
      Create.of(
          Endpoints.of(CLUSTER),
          new TokenName("edge"),
          new Location(new SourceText("tokens.yaml", ""), 1, 1, 1),
          new Making(
              new Succession(
                  "Edge", Optional.of(Permissions.NONE), Duration.ZERO, Duration.ZERO, List.of()),
              Optional.empty(),
              new SinkName("files"),
              new SinkDefinition.Directory("secrets"),
              Duration.ZERO),
          RoleOrigins.NONE);

  @TempDir Path base;
  private Path folder;

  @BeforeEach
  void makeFolder() throws Exception {
    folder =
        Files.createDirectory(
            base.resolve("journal"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private Journals journals() {
    return new Journals(folder, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private Path journal(String name, String mode, StepKind... steps) throws Exception {
    StringBuilder text = new StringBuilder(JournalJson.header(Changes.header(1)));
    text.append(JournalJson.started(CREATE, NOW));
    for (StepKind step : steps) {
      text.append(
          JournalJson.step(
              CREATE,
              new MakingStep(
                  step, NONCE, step == StepKind.POSTING ? Optional.empty() : Optional.of(ID)),
              NOW));
    }
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return file;
  }

  @ParameterizedTest
  @CsvSource({
    "POSTING, UNANSWERED",
    "POSTED, NOT_DELIVERED",
    "GRANTING, NOT_DELIVERED",
    "GRANTED, NOT_DELIVERED",
    "DELIVERING, UNCLEAR",
    "REFUSED, NOT_DELIVERED",
    "DELIVERED, DELIVERED",
    "LABELLING, DELIVERED",
    "LABELLED, DELIVERED",
    "NAMING, DELIVERED",
    "UNDOING, NOT_DELIVERED",
    "UNDONE, NOT_DELIVERED",
  })
  void theLastStepTellsTheFate(StepKind last, Fate fate) throws Exception {
    if (last == StepKind.POSTING) {
      journal("20251231T000000Z-a.jsonl", "rw-------", StepKind.POSTING);
    } else {
      journal("20251231T000000Z-a.jsonl", "rw-------", StepKind.POSTING, StepKind.POSTED, last);
    }

    PendingFates fates = journals().fates();

    assertThat(fates.of(NONCE, ID)).isEqualTo(fate);
    assertThat(fates.of(OTHER, ID)).isEqualTo(Fate.UNKNOWN);
  }

  @Test
  void whileTheLockIsTakenAnApplyWithoutAnEndIsUnderWay() throws Exception {
    journal("20251231T000000Z-a.jsonl", "rw-------", StepKind.DELIVERED);

    try (JournalLock lock = journals().lock(LockWait.NONE, () -> false)) {
      assertThat(lock).isNotNull();
      assertThat(journals().fates().of(NONCE, ID)).isEqualTo(Fate.UNDER_WAY);
    }
    assertThat(journals().fates().of(NONCE, ID)).isEqualTo(Fate.DELIVERED);
  }

  @Test
  void aNonceThatAnotherTokenBearsTellsNothing() throws Exception {
    journal("20251231T000000Z-a.jsonl", "rw-------", StepKind.DELIVERED);

    assertThat(journals().fates().of(NONCE, Changes.id(8))).isEqualTo(Fate.UNKNOWN);
  }

  @Test
  void anotherUsersWordDecidesNothing() throws Exception {
    journal("20251231T000000Z-a.jsonl", "rw-r--r--", StepKind.DELIVERED);

    assertThat(journals().fates().of(NONCE, ID)).isEqualTo(Fate.UNKNOWN);
  }

  @Test
  void withoutJournalsNothingIsKnown() throws Exception {
    Files.writeString(folder.resolve("20251231T000000Z-b.jsonl"), "no journal\n");

    assertThat(journals().fates().of(NONCE, ID)).isEqualTo(Fate.UNKNOWN);
    assertThat(
            new Journals(base.resolve("none"), Clock.fixed(NOW, ZoneOffset.UTC))
                .fates()
                .of(NONCE, ID))
        .isEqualTo(Fate.UNKNOWN);
  }
}
