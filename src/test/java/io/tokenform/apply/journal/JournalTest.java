package io.tokenform.apply.journal;

import static io.tokenform.apply.ApplyWorld.HASTY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tokenform.access.Permissions;
import io.tokenform.apply.Applier;
import io.tokenform.apply.ApplyOptions;
import io.tokenform.apply.ApplyWorld;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.cluster.TokenUpdate;
import io.tokenform.plan.Plan;
import io.tokenform.planfile.Digests;
import io.tokenform.sandbox.RecordedRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an apply writes down, when, and what is understood of it afterwards. */
@Timeout(900)
class JournalTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void nobodyElseMayReadIt() throws Exception {
    assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
    try (ApplyWorld world = new ApplyWorld(1)) {
      Path journal = apply(world, 1, false, outcome -> {}).journal().orElseThrow();

      assertThat(permissions(journal)).isEqualTo("rw-------");
      assertThat(permissions(journal.getParent())).isEqualTo("rwx------");
    }
  }

  @Test
  void itsNameTellsTheSecondAndThePlan() throws Exception {
    try (ApplyWorld world = new ApplyWorld(1);
        ManagementApi api = world.api(HASTY, 1)) {
      Plan plan = world.plan();
      String name = "20260101T000000Z-" + Digests.of(plan).substring(7, 19);

      List<String> names = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        try (Journal journal = begin(ApplyWorld.header(plan), 0)) {
          names.add(journal.file().getFileName().toString());
        }
      }

      assertThat(names).containsExactly(name + ".jsonl", name + "-2.jsonl", name + "-3.jsonl");
      assertThat(api.listTokens().tokens()).hasSize(3);
    }
  }

  @Test
  void journalsOfOneSecondAreInTheOrderInWhichTheyWereWritten() throws Exception {
    try (ApplyWorld world = new ApplyWorld(1)) {
      Plan plan = world.plan();
      List<Path> written = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        try (Journal journal = begin(ApplyWorld.header(plan), 0)) {
          written.add(journal.file());
          Files.setLastModifiedTime(journal.file(), FileTime.fromMillis(1000 + i));
        }
      }
      Path earlier =
          Files.createFile(journalFolder().resolve("20251231T235959Z-ffffffffffff.jsonl"));
      Path later = Files.createFile(journalFolder().resolve("20260101T000001Z-000000000000.jsonl"));
      Files.setLastModifiedTime(later, FileTime.fromMillis(0));

      List<Path> expected = new ArrayList<>(List.of(earlier));
      expected.addAll(written);
      expected.add(later);
      assertThat(journals().list()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "delay=1ms                        | applied",
        "status=429,retry-after=0,first=3 | applied",
        "'reset,acts,on=PATCH'            | applied",
        "'reset,on=PATCH'                 | failed",
        "'wrong,on=PATCH'                 | applied",
        "'status=401,on=PATCH'            | failed",
        "'status=409,on=PATCH,skip=1'     | applied, failed",
        "'reset,on=PATCH' + 'status=500,on=GET,skip=3' | unknown",
      })
  void everyLineIsAsTheSchemaSays(String faults, String results) throws Exception {
    String[] rules = faults.replace("'", "").split(" \\+ ");
    try (ApplyWorld world = new ApplyWorld(2, rules)) {
      ApplyResult result = apply(world, 2, false, outcome -> {});

      List<String> events = events(result.journal().orElseThrow());
      assertThat(events).startsWith("begun", "started", "started").endsWith("ended");
      assertThat(events).contains(results.split(", "));
    }
  }

  @Test
  void driftsAreAsTheSchemaSays() throws Exception {
    try (ApplyWorld world = new ApplyWorld(2, "delay=1ms")) {
      Plan plan = world.plan();
      try (ManagementApi api = world.api(HASTY, 1)) {
        Consumer<Outcome> meddler =
            outcome -> {
              try {
                api.updateToken(
                    ApplyWorld.id(1, 1),
                    new TokenUpdate(Optional.empty(), Optional.of(Permissions.NONE)));
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            };
        ApplyResult result = apply(world, plan, 1, true, meddler);

        assertThat(result.count(Result.DRIFTED)).isEqualTo(1);
        assertThat(events(result.journal().orElseThrow())).contains("drifted");
      }
    }
  }

  @Test
  void eachChangeIsOnTheDiskBeforeItsRequestArrives() throws Exception {
    AtomicReference<Path> where = new AtomicReference<>(journalFolder());
    Map<String, Boolean> foundStarted = new TreeMap<>();
    List<String> problems = new CopyOnWriteArrayList<>();
    try (ApplyWorld world =
        new ApplyWorld(
            5,
            request -> {
              if (request.method().equals("PATCH")) {
                try {
                  boolean started = read(where.get()).contains(startOf(request));
                  synchronized (foundStarted) {
                    foundStarted.put(request.path(), started);
                  }
                } catch (IOException e) {
                  problems.add(e.toString());
                }
              }
            })) {
      assertThat(apply(world, 4, false, outcome -> {}).isComplete()).isTrue();
    }
    assertThat(problems).isEmpty();
    assertThat(foundStarted).hasSize(15);
    assertThat(foundStarted.values()).containsOnly(true);
  }

  @Test
  void eachOutcomeIsOnTheDiskBeforeItIsTold() throws Exception {
    List<String> missing = new ArrayList<>();
    try (ApplyWorld world = new ApplyWorld(3)) {
      ApplyResult result =
          apply(
              world,
              2,
              false,
              outcome -> {
                try {
                  String line =
                      "\"address\":\""
                          + outcome.change().address()
                          + "\",\"mayHaveHappened\":true}\n";
                  if (!read(journalFolder()).contains(line)) {
                    missing.add(line);
                  }
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      assertThat(result.isComplete()).isTrue();
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void whatIsReadIsWhatHappened() throws Exception {
    try (ApplyWorld world = new ApplyWorld(2, "status=503,on=PATCH,first=1")) {
      Plan plan = world.plan();
      ApplyResult result = apply(world, plan, 1, false, outcome -> {});

      RecordedApply recorded = JournalReader.read(result.journal().orElseThrow());

      assertThat(recorded.header()).isEqualTo(ApplyWorld.header(plan));
      assertThat(recorded.endedAt()).isPresent();
      assertThat(recorded.stop()).isEmpty();
      assertThat(recorded.changes())
          .extracting(change -> change.change().liveId().orElseThrow())
          .isEqualTo(plan.changes().stream().map(change -> change.liveId().orElseThrow()).toList());
      assertThat(recorded.changes())
          .extracting(RecordedChange::attempts)
          .containsExactly(2, 1, 1, 1, 1, 1);
      assertThat(recorded.count(Result.APPLIED)).isEqualTo(6);
      assertThat(recorded.open()).isZero();
      assertThat(recorded.notAttempted()).isZero();
    }
  }

  /** A kill can end the file at any byte. */
  @Test
  void whereverItIsTornTheRestIsUnderstood() throws Exception {
    try (ApplyWorld world = new ApplyWorld(2)) {
      byte[] whole =
          Files.readAllBytes(apply(world, 2, false, outcome -> {}).journal().orElseThrow());
      int header = new String(whole, StandardCharsets.US_ASCII).indexOf('\n') + 1;
      Path torn = folder.resolve("torn.jsonl");
      for (int length = header; length < whole.length; length += 7) {
        Files.write(torn, Arrays.copyOf(whole, length));
        RecordedApply recorded = JournalReader.read(torn);
        assertThat(recorded.endedAt()).isEmpty();
        assertThat(recorded.count(Result.APPLIED) + recorded.open())
            .isEqualTo(recorded.changes().size());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"event\":\"begun\",\"at\":\"2026-01"})
  void aJournalWithoutAWholeLineSaysThatNothingWasSent(String text) throws Exception {
    JournalException problem = unreadable(text);

    assertThat(problem).hasMessage("j.jsonl has no complete line: that apply sent nothing");
    assertThat(problem.hint()).hasValue("there is nothing to do for it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version: 1\n",
        "{}\n",
        "\n",
        "[]\n",
        "null\n",
        "{\"event\":\"started\"}\n",
        "{\"event\":\"begun\"}\n",
        "{\"event\":\"begun\",\"version\":\"1\",\"at\":\"2026-01-01T00:00:00Z\"}\n",
        "{\"event\":\"begun\",\"version\":1,\"at\":\"yesterday\"}\n",
        "{\"event\":\"begun\",\"version\":1,\"at\":\"2026-01-01T00:00:00Z\",\"cluster\":{\"product\":\"x\"}}\n",
        "\u00ff\u00fe\u0000\n",
      })
  void whatIsNoJournalIsRefusedByItsLine(String text) throws Exception {
    JournalException problem = unreadable(text);

    assertThat(problem).hasMessage("j.jsonl:1: this is not a line of a journal");
    assertThat(problem.hint()).hasValue("give another file");
  }

  @Test
  void aLineThatIsDamagedInTheMiddleIsNotPassedOver() throws Exception {
    try (ApplyWorld world = new ApplyWorld(1)) {
      String whole =
          Files.readString(apply(world, 1, false, outcome -> {}).journal().orElseThrow());

      for (String damage : List.of("\n{\"event\":\"sta\n", "\n\n", "\n{\"event\":\"other\"}\n")) {
        assertThat(unreadable(whole.replaceFirst("\n", damage.replace("\\", "\\\\"))))
            .hasMessage("j.jsonl:2: this is not a line of a journal");
      }
    }
  }

  @Test
  void aNewerVersionIsSaidToBeOne() throws Exception {
    JournalException problem =
        unreadable(
            "{\"event\":\"begun\",\"at\":\"2027-01-01T00:00:00Z\",\"version\":3,\"x\":[]}\n");

    assertThat(problem).hasMessage("j.jsonl: it has version 3 of the journal format");
    assertThat(problem.hint())
        .hasValue("this tokenform reads versions 1 and 2; use the tokenform that wrote it");
  }

  @Test
  void aFileThatIsNotThereIsSaidSo() {
    assertThat(
            catchThrowableOfType(
                JournalException.class, () -> JournalReader.read(folder.resolve("none"))))
        .hasMessage(
            "the journal " + folder.resolve("none") + " cannot be read: there is no such file");
  }

  @Test
  void aFileInThePlaceOfTheFolderStopsBeforeAnythingIsSent() throws Exception {
    Files.createFile(journalFolder());

    assertThat(refused())
        .hasMessage(
            "the journal "
                + journalFolder()
                + " cannot be written: there is a file where its folder should be; nothing was sent");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFolderThatCannotBeWrittenStopsBeforeAnythingIsSent() throws Exception {
    assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
    Files.createDirectory(journalFolder());
    Files.setPosixFilePermissions(journalFolder(), PosixFilePermissions.fromString("r-x------"));
    assumeThat(Files.isWritable(journalFolder())).as("the user is bound by permissions").isFalse();

    assertThat(refused())
        .hasMessageStartingWith("the journal " + journalFolder())
        .hasMessageEndingWith(" cannot be written: permission denied; nothing was sent");
  }

  @Test
  void aPlaceWhereNothingCanBeMadeStopsBeforeAnythingIsSent() throws Exception {
    Path kernels = Path.of("/proc/self/journal");
    assumeThat(Files.isDirectory(kernels.getParent())).isTrue();

    assertThat(refused(kernels))
        .hasMessageStartingWith("the journal " + kernels + " cannot be written: ");
  }

  @Test
  void aDiskWithoutTheRoomStopsBeforeAnythingIsSent() throws Exception {
    try (ApplyWorld world = new ApplyWorld(1)) {
      JournalHeader header = ApplyWorld.header(world.plan());

      JournalException problem =
          catchThrowableOfType(JournalException.class, () -> begin(header, Long.MAX_VALUE / 2));

      assertThat(problem)
          .hasMessageMatching(
              "(?s)the journal .* cannot be written: it may need \\d+ KiB, and the disk has \\d+"
                  + " KiB left; nothing was sent");
      assertThat(problem.hint().orElseThrow())
          .startsWith("without a journal the apply could not be rolled back");
      assertThat(journals().list()).isEmpty();
    }
  }

  @Test
  void aJournalNeedsNoMoreRoomThanItAsksFor() throws Exception {
    try (ApplyWorld world = new ApplyWorld(20, "status=503,on=PATCH,every=3")) {
      Plan plan = world.plan();
      ApplyResult result = apply(world, plan, 4, false, outcome -> {});

      assertThat(Files.size(result.journal().orElseThrow())).isLessThan(JournalRoom.of(plan));
    }
  }

  private JournalException refused() throws Exception {
    return refused(journalFolder());
  }

  private JournalException refused(Path journals) throws Exception {
    try (ApplyWorld world = new ApplyWorld(1);
        ManagementApi api = world.api(HASTY, 1)) {
      Plan plan = world.plan();
      Applier applier = new Applier(api, new ApplyOptions(1, false), outcome -> {});

      JournalException problem =
          catchThrowableOfType(
              JournalException.class,
              () ->
                  applier.apply(
                      plan, new Journals(journals, Clock.systemUTC()), ApplyWorld.header(plan)));

      assertThat(world.patches()).isEmpty();
      return problem;
    }
  }

  private JournalException unreadable(String text) throws IOException {
    Path file = folder.resolve("j.jsonl");
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    return catchThrowableOfType(JournalException.class, () -> JournalReader.read(file));
  }

  private ApplyResult apply(
      ApplyWorld world, int parallelism, boolean recheck, Consumer<Outcome> listener)
      throws Exception {
    return apply(world, world.plan(), parallelism, recheck, listener);
  }

  private ApplyResult apply(
      ApplyWorld world, Plan plan, int parallelism, boolean recheck, Consumer<Outcome> listener)
      throws Exception {
    try (ManagementApi api = world.api(HASTY, parallelism)) {
      return new Applier(api, new ApplyOptions(parallelism, recheck), listener)
          .apply(plan, journals(), ApplyWorld.header(plan));
    }
  }

  private Journal begin(JournalHeader header, long room) throws Exception {
    try (JournalLock lock = journals().lock(LockWait.NONE, () -> false)) {
      return lock.begin(header, room);
    }
  }

  private Path journalFolder() {
    return folder.resolve("journal");
  }

  @Test
  void oneApplyAtATimeKeepsItsJournalInAFolder() throws Exception {
    try (ApplyWorld world = new ApplyWorld(1)) {
      JournalHeader header = ApplyWorld.header(world.plan());
      JournalLock first = journals().lock(LockWait.NONE, () -> false);

      assertThatThrownBy(() -> journals().lock(LockWait.NONE, () -> false))
          .isInstanceOf(JournalException.class)
          .hasMessage(
              "another apply is running and keeps its journal in "
                  + journalFolder()
                  + "; nothing was sent");

      first.close();
      try (JournalLock second = journals().lock(LockWait.NONE, () -> false)) {
        second.begin(header, 0).close();
      }
      assertThat(journals().list()).hasSize(1);
    }
  }

  private Journals journals() {
    return new Journals(journalFolder(), Clock.fixed(ApplyWorld.NOW, ZoneOffset.UTC));
  }

  /** The events of a journal, each line of which the schema describes. */
  private static List<String> events(Path journal) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("schemas/journal.schema.json")));
    List<String> events = new ArrayList<>();
    for (String line : Files.readAllLines(journal, StandardCharsets.US_ASCII)) {
      assertThat(schema.validate(line, InputFormat.JSON)).as(line).isEmpty();
      JsonNode node = JSON.readTree(line);
      events.add(node.path("event").asText());
    }
    return events;
  }

  private static String startOf(RecordedRequest request) {
    return "\"method\":\"PATCH\",\"path\":\"" + request.path() + "\"";
  }

  private static String read(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return Files.readString(
          files.filter(file -> file.toString().endsWith(".jsonl")).findFirst().orElseThrow());
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
