package io.tokenform.apply;

import static io.tokenform.apply.Changes.exchange;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Masking;
import io.tokenform.access.Secret;
import io.tokenform.apply.journal.Journal;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.apply.journal.Result;
import io.tokenform.apply.journal.Stop;
import io.tokenform.apply.journal.SyncedFile;
import io.tokenform.cluster.Attempt;
import io.tokenform.plan.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the changes of one wave are made. */
@Timeout(900)
class WaveRunTest {
  /** Makes a change on the thread of the wave, so that one is over before the next begins. */
  private static final Executor SAME_THREAD = Runnable::run;

  private static final List<Change> WAVE =
      List.of(exchange(1), exchange(2), exchange(3), exchange(4));

  @TempDir Path folder;

  private final StopSignal stop = new StopSignal(new StoppableApi());
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<Change> made = new ArrayList<>();
  private WatchedDisk disk = new WatchedDisk();

  private Outcome apply(Change change) {
    synchronized (made) {
      made.add(change);
    }
    return new Outcome.Applied(change, false);
  }

  private boolean run(WaveRun.Maker maker, Executor workers, int parallelism) throws Exception {
    Path file = folder.resolve("j.jsonl");
    SyncedFile lines = SyncedFile.create(disk, file);
    Clock clock = Clock.fixed(Changes.NOW, ZoneOffset.UTC);
    try (Journal journal = new Journal(file, lines, clock, new Masking())) {
      return new WaveRun(WAVE, maker, journal, stop, outcomes::add).run(workers, parallelism);
    }
  }

  private boolean run(WaveRun.Maker maker) throws Exception {
    return run(maker, SAME_THREAD, 1);
  }

  /** The events of the journal, each with the number of its token. */
  private List<String> journal() throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve("j.jsonl"))) {
      return lines
          .map(
              line ->
                  line.replaceAll(
                      "\\{\"event\":\"([^\"]*)\".*\"address\":\"token.token-(\\d)\".*", "$1 $2"))
          .toList();
    }
  }

  private List<Result> results() {
    return outcomes.stream().map(Outcome::result).toList();
  }

  private static Attempt attempt(Change change) {
    return new Attempt(
        change.steps().get(0).request().orElseThrow(),
        1,
        OptionalInt.of(200),
        Optional.empty(),
        Optional.empty(),
        Duration.ofMillis(3),
        Optional.empty(),
        Optional.empty());
  }

  private static Outcome failed(Change change, OptionalInt status) {
    return new Outcome.Failed(change, "no", Optional.empty(), false, status);
  }

  @Test
  void eachChangeIsInTheJournalBeforeAndAfterItIsMade() throws Exception {
    boolean isClean =
        run(
            (change, attempts, steps, slot) -> {
              attempts.attempted(attempt(change));
              return apply(change);
            });

    assertThat(isClean).isTrue();
    assertThat(made).isEqualTo(WAVE);
    assertThat(outcomes).extracting(Outcome::change).isEqualTo(WAVE);
    assertThat(stop.isSet()).isFalse();
    assertThat(journal())
        .containsExactly(
            "started 1",
            "attempt 1",
            "applied 1",
            "started 2",
            "attempt 2",
            "applied 2",
            "started 3",
            "attempt 3",
            "applied 3",
            "started 4",
            "attempt 4",
            "applied 4");
  }

  @Test
  void theNextFewAreWrittenAhead() throws Exception {
    assertThat(run((change, attempts, steps, slot) -> apply(change), SAME_THREAD, 3)).isTrue();

    assertThat(journal())
        .containsExactly(
            "started 1",
            "started 2",
            "started 3",
            "applied 1",
            "applied 2",
            "applied 3",
            "started 4",
            "applied 4");
  }

  @Test
  void asManyAreMadeAtATimeAsMayBe() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService workers = Executors.newCachedThreadPool();
    try {
      boolean isClean =
          run(
              (change, attempts, steps, slot) -> {
                most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                both.countDown();
                awaitLatch(both);
                inFlight.decrementAndGet();
                return apply(change);
              },
              workers,
              2);

      assertThat(isClean).isTrue();
      assertThat(most).hasValue(2);
      assertThat(outcomes).hasSize(4);
    } finally {
      workers.shutdown();
    }
  }

  @Test
  @Timeout(60)
  void theNextChangeIsSentWhileAnAnswerWaitsForTheDisk() throws Exception {
    CountDownLatch aheadNoted = new CountDownLatch(1);
    CountDownLatch thirdSent = new CountDownLatch(1);
    AtomicInteger forced = new AtomicInteger();
    disk =
        new WatchedDisk(
            (call, number) -> {
              if (call.equals("force")) {
                switch (forced.incrementAndGet()) {
                  // The first two changes are noted.
                  case 1 -> {}
                  // The other two are.
                  case 2 -> aheadNoted.countDown();
                  // The outcome of the first one is.
                  case 3 -> awaitLatch(thirdSent);
                  default -> {}
                }
              }
            });
    ExecutorService workers = Executors.newCachedThreadPool();
    try {
      boolean isClean =
          run(
              (change, attempts, steps, slot) -> {
                switch (WAVE.indexOf(change)) {
                  case 0 -> awaitLatch(aheadNoted);
                  case 1 -> awaitLatch(thirdSent);
                  case 2 -> thirdSent.countDown();
                  default -> {}
                }
                return apply(change);
              },
              workers,
              2);

      assertThat(isClean).isTrue();
      assertThat(outcomes).hasSize(4);
    } finally {
      workers.shutdown();
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aFailureDoesNotStopTheOthersAndTheWaveIsNotClean() throws Exception {
    boolean isClean =
        run(
            (change, attempts, steps, slot) ->
                change.equals(WAVE.get(1)) ? failed(change, OptionalInt.of(409)) : apply(change));

    assertThat(isClean).isFalse();
    assertThat(results())
        .containsExactly(Result.APPLIED, Result.FAILED, Result.APPLIED, Result.APPLIED);
    assertThat(stop.isSet()).isFalse();
  }

  @Test
  void aRefusedManagementTokenStopsAtOnce() throws Exception {
    boolean isClean =
        run(
            (change, attempts, steps, slot) ->
                change.equals(WAVE.get(1)) ? failed(change, OptionalInt.of(403)) : apply(change));

    assertThat(isClean).isFalse();
    assertThat(results())
        .containsExactly(Result.APPLIED, Result.FAILED, Result.NOT_ATTEMPTED, Result.NOT_ATTEMPTED);
    assertThat(stop.reason()).contains(new Stop.Refused(403));
    // What was never noted needs no outcome there.
    assertThat(journal()).containsExactly("started 1", "applied 1", "started 2", "failed 2");
  }

  @Test
  void whatWasWrittenAheadAndNotSentIsSaidNotToHaveBeenAttempted() throws Exception {
    run((change, attempts, steps, slot) -> failed(change, OptionalInt.of(401)), SAME_THREAD, 2);

    assertThat(journal())
        .hasSize(4)
        .startsWith("started 1", "started 2", "failed 1")
        .last()
        .asString()
        .isEqualTo("not attempted 2");
    assertThat(results())
        .containsExactly(
            Result.FAILED, Result.NOT_ATTEMPTED, Result.NOT_ATTEMPTED, Result.NOT_ATTEMPTED);
  }

  @Test
  void aWaveThatIsStoppedBeforeSendsAndNotesNothing() throws Exception {
    stop.because(new Stop.Interrupted());

    assertThat(run((change, attempts, steps, slot) -> apply(change))).isFalse();
    assertThat(made).isEmpty();
    assertThat(results()).hasSize(4).containsOnly(Result.NOT_ATTEMPTED);
    assertThat(journal()).isEmpty();
  }

  @Test
  void aDefectLeavesItsChangeUnknownAndStops() throws Exception {
    IllegalStateException defect = new IllegalStateException("broken");

    boolean isClean =
        run(
            (change, attempts, steps, slot) -> {
              throw defect;
            });

    assertThat(isClean).isFalse();
    assertThat(results())
        .containsExactly(
            Result.UNKNOWN, Result.NOT_ATTEMPTED, Result.NOT_ATTEMPTED, Result.NOT_ATTEMPTED);
    assertThat(outcomes.get(0).reason().orElseThrow()).contains("broken");
    assertThat(stop.reason()).contains(new Stop.Defect(defect));
    assertThat(journal()).containsExactly("started 1", "unknown 1");
  }

  @Test
  void withoutAThreadNothingIsSent() throws Exception {
    RejectedExecutionException noThread = new RejectedExecutionException("no thread");

    boolean isClean =
        run(
            (change, attempts, steps, slot) -> apply(change),
            work -> {
              throw noThread;
            },
            1);

    assertThat(isClean).isFalse();
    assertThat(made).isEmpty();
    assertThat(results()).hasSize(4).containsOnly(Result.NOT_ATTEMPTED);
    assertThat(stop.reason()).contains(new Stop.Defect(noThread));
  }

  /** The disk fails at the call of this name with this number. */
  private void failAt(String name, int count) {
    AtomicInteger calls = new AtomicInteger();
    disk =
        new WatchedDisk(
            (call, number) -> {
              if (call.equals(name) && calls.incrementAndGet() == count) {
                throw new IOException("disk full");
              }
            });
  }

  @Test
  void whatCannotBeNotedIsNotSent() throws Exception {
    failAt("force", 1);

    assertThat(run((change, attempts, steps, slot) -> apply(change))).isFalse();
    assertThat(made).isEmpty();
    assertThat(results()).hasSize(4).containsOnly(Result.NOT_ATTEMPTED);
    assertThat(stop.reason().orElseThrow()).isInstanceOf(Stop.JournalLost.class);
  }

  @Test
  void afterAnOutcomeThatCannotBeNotedNothingMoreIsSent() throws Exception {
    failAt("force", 2);

    assertThat(run((change, attempts, steps, slot) -> apply(change))).isFalse();
    assertThat(made).hasSize(1);
    assertThat(results().get(0)).isEqualTo(Result.APPLIED);
    assertThat(stop.reason().orElseThrow()).isInstanceOf(Stop.JournalLost.class);
  }

  @Test
  void afterAnAttemptThatCannotBeNotedItsAnswerStillCounts() throws Exception {
    AtomicBoolean isFull = new AtomicBoolean();
    disk =
        new WatchedDisk(
            (call, number) -> {
              if (isFull.get()) {
                throw new IOException("disk full");
              }
            });

    boolean isClean =
        run(
            (change, attempts, steps, slot) -> {
              isFull.set(true);
              attempts.attempted(attempt(change));
              assertThat(stop.reason().orElseThrow()).isInstanceOf(Stop.JournalLost.class);
              return apply(change);
            });

    assertThat(isClean).isFalse();
    assertThat(results())
        .containsExactly(
            Result.APPLIED, Result.NOT_ATTEMPTED, Result.NOT_ATTEMPTED, Result.NOT_ATTEMPTED);
  }

  /** Masked, the line would name another token, or none. */
  @Test
  void aChangeInWhoseLineASecretStandsIsNotSent() throws Exception {
    Masking masking = new Masking();
    Path file = folder.resolve("j.jsonl");
    try (Journal journal =
        new Journal(file, SyncedFile.create(disk, file), Clock.systemUTC(), masking)) {
      boolean isClean =
          new WaveRun(
                  WAVE,
                  (change, attempts, steps, slot) -> {
                    // The cluster calls the id of the second token a secret.
                    masking.keep(Secret.of(exchange(2).id().toString()));
                    return apply(change);
                  },
                  journal,
                  stop,
                  outcomes::add)
              .run(SAME_THREAD, 1);

      assertThat(isClean).isFalse();
    }
    assertThat(made).hasSize(1);
    assertThat(stop.reason().orElseThrow()).isInstanceOf(Stop.JournalLost.class);
    assertThat(journal()).containsExactly("started 1", "applied 1");
    assertThat(Files.readString(file)).doesNotContain("[secret]");
  }

  @Test
  void aListenerThatFailsStopsTheWave() throws Exception {
    Path file = folder.resolve("j.jsonl");
    IllegalStateException failure = new IllegalStateException("broken pipe");
    try (Journal journal =
        new Journal(file, SyncedFile.create(disk, file), Clock.systemUTC(), new Masking())) {
      boolean isClean =
          new WaveRun(
                  WAVE,
                  (change, attempts, steps, slot) -> apply(change),
                  journal,
                  stop,
                  outcome -> {
                    throw failure;
                  })
              .run(SAME_THREAD, 1);

      assertThat(isClean).isFalse();
      assertThat(made).hasSize(1);
      assertThat(stop.reason()).contains(new Stop.Defect(failure));
    }
  }
}
