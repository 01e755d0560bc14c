package io.tokenform.apply;

import static io.tokenform.apply.ApplyWorld.HASTY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tokenform.access.Masking;
import io.tokenform.access.Token;
import io.tokenform.apply.journal.ApplyResult;
import io.tokenform.apply.journal.Disk;
import io.tokenform.apply.journal.JournalReader;
import io.tokenform.apply.journal.Journals;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.apply.journal.RecordedApply;
import io.tokenform.apply.journal.Result;
import io.tokenform.apply.journal.Stop;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.plan.Change;
import io.tokenform.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever fails while something is recorded, and wherever: nothing more is sent after it. */
@Timeout(900)
class RecordingFailuresTest {
  @TempDir Path folder;

  static Stream<Arguments> failures() {
    return Stream.of(
        failure(1, () -> new IOException("input/output error")),
        failure(2, () -> new OutOfMemoryError("Java heap space")),
        failure(4, StackOverflowError::new),
        failure(3, () -> new NoClassDefFoundError("io/tokenform/Lost")),
        failure(3, () -> new IllegalStateException("a bug in tokenform")));
  }

  /**
   * @param step 1 to fail each call, n to fail each nth
   */
  private static Arguments failure(int step, Supplier<Throwable> problem) {
    return Arguments.of(problem.get().getClass().getSimpleName(), step, problem);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void afterAFailureOfTheDiskAtAnyCallNothingMoreIsSent(
      String name, int step, Supplier<Throwable> problem) throws Exception {
    int calls = new Run(0, problem, 1).calls();
    assertThat(calls).isGreaterThan(25);
    for (int failing = 1; failing <= calls; failing += step) {
      Run run = new Run(failing, problem, 1);
      assertThat(run.sentAfterTheFailure).as("call %d of the disk", failing).isEmpty();
      if (run.thrown != null) {
        assertThat(run.world.patches()).isEmpty();
      } else {
        run.assertTruth(failing);
      }
    }
  }

  /**
   * What fails before the disk is asked leaves the disk sound: nothing else would stop the rest.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void afterAFailureBesideTheDiskNothingMoreIsSent(
      String name, int step, Supplier<Throwable> problem) throws Exception {
    assumeThat(problem.get()).isNotInstanceOf(IOException.class);
    int readings = new Run(0, 0, problem, 1).readings();
    assertThat(readings).isGreaterThan(10);
    for (int failing = 1; failing <= readings; failing++) {
      Run run = new Run(0, failing, problem, 1);
      assertThat(run.sentAfterTheFailure).as("reading %d of the clock", failing).isEmpty();
      if (run.thrown == null) {
        run.assertTruth(failing);
      }
    }
  }

  /** What is in flight already is waited for and told, and the next wave is left alone. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void theNextStageIsNotSentAlthoughSeveralChangesAreMadeAtATime(
      String name, int step, Supplier<Throwable> problem) throws Exception {
    int calls = new Run(0, problem, 3).calls();
    for (int failing = 1; failing <= calls; failing += 8 * step) {
      Run run = new Run(failing, problem, 3);
      int reached = run.stageAtFailure;
      assertThat(run.sentAfterTheFailure)
          .as("call %d of the disk", failing)
          .allSatisfy(call -> assertThat(wave(call)).isLessThanOrEqualTo(reached));
      if (run.thrown == null && run.stageAtFailure > 0) {
        run.assertTruth(failing);
      }
    }
  }

  @Test
  void aListenerThatFailsKeepsNoOtherChangeFromBeingAccountedFor() throws Exception {
    for (Throwable problem : List.of(new OutOfMemoryError("x"), new IllegalStateException("x"))) {
      List<Outcome> told = new ArrayList<>();
      try (ApplyWorld world = new ApplyWorld(3);
          ManagementApi api = world.api(HASTY, 1)) {
        Plan plan = world.plan();
        Consumer<Outcome> listener =
            outcome -> {
              told.add(outcome);
              if (told.size() == 2) {
                raise(problem);
              }
            };
        ApplyResult result =
            new Applier(api, new ApplyOptions(1, false), listener)
                .apply(plan, journals(new WatchedDisk()), ApplyWorld.header(plan));

        assertThat(result.stop().orElseThrow()).isInstanceOf(Stop.Defect.class);
        assertThat(told).hasSize(9);
        assertThat((long) result.count(Result.APPLIED)).isEqualTo(world.acted()).isBetween(2L, 3L);
        RecordedApply recorded = JournalReader.read(result.journal().orElseThrow());
        assertThat((long) recorded.count(Result.APPLIED)).isEqualTo(world.acted());
        assertThat(recorded.endedAt()).isPresent();
      }
    }
  }

  @Test
  void outcomesInOrderArePassedOnThoughOneOfThemFails() throws Exception {
    try (ApplyWorld world = new ApplyWorld(1)) {
      List<Change> changes = world.plan().changes();
      List<Change> told = new ArrayList<>();
      OrderedOutcomes ordered =
          new OrderedOutcomes(
              changes,
              outcome -> {
                told.add(outcome.change());
                if (told.size() == 1) {
                  throw new IllegalStateException("x");
                }
              });
      ordered.accept(new Outcome.NotAttempted(changes.get(2)));
      ordered.accept(new Outcome.NotAttempted(changes.get(1)));

      Throwable thrown =
          catchThrowable(() -> ordered.accept(new Outcome.NotAttempted(changes.get(0))));

      assertThat(thrown).hasMessage("x");
      assertThat(told).isEqualTo(changes);
    }
  }

  private static int wave(String call) {
    // update 00000000-0000-4001-...: the id of wave 1
    return Character.digit(call.charAt("update 00000000-0000-400".length()), 10);
  }

  private Journals journals(Disk disk) throws IOException {
    return journals(disk, Clock.systemUTC());
  }

  private Journals journals(Disk disk, Clock clock) throws IOException {
    Path where = Files.createTempDirectory(folder, "j").resolve("journal");
    return new Journals(where, where, clock, disk, new Masking());
  }

  private static void raise(Throwable problem) {
    if (problem instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) problem;
  }

  /** One apply, in which one call of the disk fails. */
  private final class Run {
    final ApplyWorld world;
    final List<String> sentAfterTheFailure = new CopyOnWriteArrayList<>();
    private final AtomicInteger readings = new AtomicInteger();
    private final AtomicBoolean failed = new AtomicBoolean();
    private final WatchedDisk disk;
    private final List<Outcome> told = new ArrayList<>();
    private final List<Token> before;
    volatile int stageAtFailure;
    private ApplyResult result;
    Throwable thrown;

    Run(int failing, Supplier<Throwable> problem, int parallelism) throws Exception {
      this(failing, 0, problem, parallelism);
    }

    /**
     * @param failing which call of the disk fails, from 1
     * @param failingReading which reading of the journal's clock does
     */
    Run(int failing, int failingReading, Supplier<Throwable> problem, int parallelism)
        throws Exception {
      disk =
          new WatchedDisk(
              (call, number) -> {
                if (number == failing) {
                  stageAtFailure = waveRecorded();
                  failed.set(true);
                  Throwable thrown = problem.get();
                  if (thrown instanceof IOException e) {
                    throw e;
                  }
                  raise(thrown);
                }
              });
      world = new ApplyWorld(parallelism == 1 ? 1 : 4);
      try (world;
          ManagementApi real = world.api(HASTY, parallelism)) {
        Plan plan = world.plan();
        before = real.listTokens().tokens();
        world.requests().clear();
        ManagementApi api =
            new WatchedApi(
                real,
                call -> {
                  if (call.startsWith("update ")) {
                    if (failed.get()) {
                      sentAfterTheFailure.add(call);
                    }
                  }
                });
        thrown =
            catchThrowable(
                () ->
                    result =
                        new Applier(api, new ApplyOptions(parallelism, false), told::add)
                            .apply(
                                plan,
                                journals(disk, new FailingClock(failingReading, problem)),
                                ApplyWorld.header(plan)));
        if (thrown == null) {
          assertThat(told).hasSize(plan.changes().size());
          assertThat(result.outcomes()).hasSize(plan.changes().size());
          for (Outcome outcome : result.outcomes()) {
            Token now = world.sandbox().token(outcome.change().liveId().orElseThrow());
            boolean isMade =
                Makers.of(outcome.change())
                    .isDone(Listing.of(List.of(now), Changes.NOW), Optional.of(now.id()));
            assertThat(isMade).as(outcome.toString()).isEqualTo(outcome.result() == Result.APPLIED);
            assertThat(before.contains(now)).isEqualTo(!isMade);
          }
        }
      }
    }

    int readings() {
      assertThat(thrown).isNull();
      return readings.get();
    }

    /** A clock of which one reading fails. */
    private final class FailingClock extends Clock {
      private final int failing;
      private final Supplier<Throwable> problem;

      FailingClock(int failing, Supplier<Throwable> problem) {
        this.failing = failing;
        this.problem = problem;
      }

      @Override
      public Instant instant() {
        if (readings.incrementAndGet() == failing) {
          failed.set(true);
          raise(problem.get());
        }
        return ApplyWorld.NOW;
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
      }
    }

    /** The last wave of which a change may be in flight. */
    private int waveRecorded() {
      String journal = disk.afterACrash();
      return (int)
          Stream.of("grants", "exchanges", "takes")
              .filter(wave -> journal.contains("\"wave\":\"" + wave))
              .count();
    }

    int calls() {
      assertThat(thrown).isNull();
      assertThat(result.isComplete()).isTrue();
      return disk.calls().size();
    }

    void assertTruth(int failing) {
      assertThat(result.stop()).as("call %d of the disk", failing).isPresent();
    }
  }
}
