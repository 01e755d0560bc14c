package io.tokenform.apply;

import static io.tokenform.apply.ApplyWorld.HASTY;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Masking;
import io.tokenform.apply.journal.ApplyResult;
import io.tokenform.apply.journal.Journal;
import io.tokenform.apply.journal.JournalLock;
import io.tokenform.apply.journal.Journals;
import io.tokenform.apply.journal.LockWait;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.plan.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a crash would leave of a journal, at each instant at which somebody relies on it. Without
 * any one of the calls that write through, one of these tests fails.
 */
@Timeout(900)
class DurabilityTest {
  @TempDir Path folder;

  private final WatchedDisk disk = new WatchedDisk();

  @Test
  void everyNewFolderIsOnTheDiskBeforeTheLiveTokensAreListed() throws Exception {
    Path deep = folder.resolve("a/b/c/d/e");

    try (JournalLock lock = journals(deep).lock(LockWait.NONE, () -> false)) {
      assertThat(lock).isNotNull();
      assertThat(disk.isThereAfterACrash(deep)).isTrue();
    }
  }

  /** An apply that was killed may have made them, and not written them through. */
  @Test
  void theUsualFoldersAreWrittenThroughEachTime() throws Exception {
    Path usual = Files.createDirectories(folder.resolve("work/.tokenform/journal"));
    try (JournalLock lock = journals(usual).lock(LockWait.NONE, () -> false)) {
      assertThat(lock).isNotNull();
      assertThat(disk.calls()).containsExactly("folder .tokenform", "folder work", "lock");
    }
  }

  @Test
  void aJournalThatHasBegunIsOnTheDisk() throws Exception {
    try (ApplyWorld world = new ApplyWorld(1);
        JournalLock lock = journals(folder.resolve("j")).lock(LockWait.NONE, () -> false);
        Journal journal = lock.begin(ApplyWorld.header(world.plan()), 0)) {
      assertThat(disk.afterACrash()).isEqualTo(Files.readString(journal.file()));
      assertThat(disk.afterACrash()).startsWith("{\"event\":\"begun\"").endsWith("}\n");
    }
  }

  /** Append, write through, send; answer, append, write through, tell. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8})
  void eachLineIsOnTheDiskBeforeSomebodyReliesOnIt(int parallelism) throws Exception {
    List<String> missing = new CopyOnWriteArrayList<>();
    List<String> sent = new CopyOnWriteArrayList<>();
    List<String> told = new CopyOnWriteArrayList<>();
    try (ApplyWorld world = new ApplyWorld(4);
        ManagementApi real = world.api(HASTY, parallelism)) {
      Plan plan = world.plan();
      ManagementApi api =
          new WatchedApi(
              real,
              call -> {
                if (call.startsWith("update ")) {
                  String id = call.substring("update ".length());
                  sent.add(id);
                  note(missing, "started", id);
                }
              });

      ApplyResult result =
          new Applier(
                  api,
                  new ApplyOptions(parallelism, false),
                  outcome -> {
                    told.add(outcome.change().liveId().orElseThrow().toString());
                    note(missing, "applied", outcome.change().address().toString());
                  })
              .apply(plan, journals(folder.resolve("j")), ApplyWorld.header(plan));

      assertThat(result.isComplete()).isTrue();
      assertThat(missing).isEmpty();
      assertThat(sent).hasSize(12).hasSameElementsAs(told);
      assertThat(disk.afterACrash()).isEqualTo(Files.readString(result.journal().orElseThrow()));
      assertThat(disk.afterACrash().lines().toList())
          .last()
          .asString()
          .startsWith("{\"event\":\"ended\"");
    }
  }

  private void note(List<String> missing, String event, String id) {
    boolean isThere =
        disk.afterACrash()
            .lines()
            .anyMatch(line -> line.startsWith("{\"event\":\"" + event) && line.contains(id));
    if (!isThere) {
      missing.add(event + " " + id);
    }
  }

  private Journals journals(Path where) {
    return new Journals(
        where, where, Clock.fixed(ApplyWorld.NOW, ZoneOffset.UTC), disk, new Masking());
  }
}
