package io.tokenform.sink;

import static io.tokenform.sink.SinkWorld.SECRET;
import static io.tokenform.sink.SinkWorld.TARGET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tokenform.access.Secret;
import io.tokenform.access.SinkName;
import io.tokenform.access.TokenName;
import io.tokenform.policy.SinkDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a secret gets into a folder, and which folders get none. */
@Timeout(900)
class DirectorySinkTest {
  private static final SinkName FILES = new SinkName("files");
  private static final String NAME = "checkout.v2";
  private static final String FAILED =
      "the sink \"files\" did not store the secret of \"checkout.v2\": ";

  @TempDir Path base;

  private Path folder;
  private SinkWorld world;

  @BeforeEach
  void makeFolder() throws IOException {
    assumeThat(base.getFileSystem().supportedFileAttributeViews()).contains("unix");
    base = base.toRealPath();
    folder = Files.createDirectory(base.resolve("secrets"));
    mode(folder, "rwx------");
    world = new SinkWorld(base);
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private Sink sink(String path) {
    return new Sinks(world.surroundings()).of(FILES, new SinkDefinition.Directory(path));
  }

  private Sink sink() {
    return sink("secrets");
  }

  @Test
  void eachClusterHasItsFolderWhereThePathSaysSo() throws Exception {
    Sink sink = sink("secrets/{cluster}");
    assertThat(refused(sink).hint().orElseThrow()).contains("mkdir -m 700 " + folder + "/prod-eu");
    mode(Files.createDirectory(folder.resolve("prod-eu")), "rwx------");

    sink.check(TARGET);
    sink.deliver(TARGET, Secret.of(SECRET));

    assertThat(folder.resolve("prod-eu").resolve(NAME)).hasContent(SECRET);
    assertThat(folder.resolve(NAME)).doesNotExist();
  }

  /** What {@code check} and {@code deliver} both say; nothing was written. */
  private SinkException refused(Sink sink) throws IOException {
    List<Path> before = files();
    SinkException check = SinkWorld.fails(() -> sink.check(TARGET));
    SinkException deliver = world.deliverFails(sink);
    assertThat(deliver.getMessage()).startsWith(FAILED);
    assertThat(check)
        .hasMessage(
            "the sink \"files\" cannot be used: "
                + deliver.getMessage().substring(FAILED.length()));
    assertThat(deliver.mayBeStored()).isFalse();
    assertThat(files()).isEqualTo(before);
    return deliver;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> found = Files.walk(base)) {
      return found.sorted().toList();
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void git(String... arguments) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("git", "-c", "init.defaultBranch=main");
    builder.command().addAll(List.of(arguments));
    builder.directory(base.toFile()).redirectErrorStream(true);
    builder.environment().remove("GIT_DIR");
    Process git = builder.start();
    String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(git.waitFor()).as(output).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {SECRET, "two\nlines\n", "é漢字🔑", ""})
  void theFileIsExactlyTheSecretForItsUserAlone(String secret) throws Exception {
    sink().deliver(TARGET, Secret.of(secret));

    Path file = folder.resolve(NAME);
    assertThat(file).hasContent(secret).isRegularFile();
    assertThat(Files.readAllBytes(file)).isEqualTo(secret.getBytes(StandardCharsets.UTF_8));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(names()).containsExactly(NAME);
  }

  @Test
  void aFormerSecretIsReplacedWhateverItsMode() throws Exception {
    Path file =
        Files.writeString(folder.resolve(NAME), "a longer secret of a former token ".repeat(9));
    mode(file, "r--r--r--");
    Path open = Files.createLink(base.resolve("another-name"), file);

    world.deliver(sink());

    assertThat(file).hasContent(SECRET);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(open).content().startsWith("a longer");
  }

  @Test
  void theCheckWritesNothing() throws Exception {
    sink().check(TARGET);
    sink(folder.toString()).check(TARGET);

    assertThat(names()).isEmpty();
  }

  @Test
  void aFolderThatIsNotThereIsNotMade() throws Exception {
    SinkException e = refused(sink("secrets/more of it"));

    assertThat(e.getMessage())
        .isEqualTo(FAILED + "the folder " + folder + "/more of it does not exist");
    assertThat(e.hint().orElseThrow())
        .isEqualTo("make it, for this user alone: mkdir -m 700 '" + folder + "/more of it'");
  }

  @Test
  void aFileIsNoFolder() throws Exception {
    Files.createFile(folder.resolve("file"));

    assertThat(refused(sink("secrets/file")).getMessage()).endsWith("/file is not a folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"link", "link/", "link/.", "over/inner", "over/inner/../inner"})
  void noLinkOfTheRepositoryIsFollowed(String path) throws Exception {
    Files.createDirectory(folder.resolve("inner"));
    mode(folder.resolve("inner"), "rwx------");
    Files.createSymbolicLink(base.resolve("link"), folder);
    Files.createSymbolicLink(base.resolve("over"), folder);

    assertThat(refused(sink(path)).getMessage())
        .contains("its path contains a symbolic link, " + base);
  }

  @Test
  void theFolderIsNoLinkAnywhere() throws Exception {
    Path elsewhere = Files.createDirectory(base.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(elsewhere.resolve("link"), folder);
    world = new SinkWorld(Files.createDirectory(base.resolve("work")));

    assertThat(refused(sink(link.toString())).getMessage()).contains("a symbolic link, " + link);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLinkInThePlaceOfTheFileIsNotFollowed(boolean dangling) throws Exception {
    Path other = base.resolve("other");
    if (!dangling) {
      Files.writeString(other, "precious");
    }
    Files.createSymbolicLink(folder.resolve(NAME), other);

    assertThat(refused(sink()).getMessage()).endsWith("secrets/checkout.v2 is a symbolic link");
    assertThat(Files.exists(other)).isNotEqualTo(dangling);
  }

  @Test
  void aFolderInThePlaceOfTheFileIsLeftAlone() throws Exception {
    Files.createDirectory(folder.resolve(NAME));

    assertThat(refused(sink()).getMessage()).endsWith("checkout.v2 is not a regular file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwx-w----", "rwx----w-", "rwxrwxrwx"})
  void aFolderInWhichOthersCanWriteIsRefused(String mode) throws Exception {
    mode(folder, mode);

    SinkException e = refused(sink());

    assertThat(e.getMessage())
        .contains("other users can write to the folder " + folder + " (mode 0");
    assertThat(e.hint().orElseThrow()).contains("chmod go-w " + folder);
  }

  @Test
  void aStickyFolderIsNotAloneTheUsers() throws Exception {
    Files.setAttribute(folder, "unix:mode", 01777);

    assertThat(refused(sink()).getMessage()).contains("other users can write", "(mode 1777)");
  }

  @Test
  void othersMayReadTheNames() throws Exception {
    mode(folder, "rwxr-xr-x");

    world.deliver(sink());

    assertThat(names()).containsExactly(NAME);
  }

  @Test
  void aFolderOfAnotherUserIsRefused() throws Exception {
    boolean given;
    try {
      Files.setAttribute(folder, "unix:uid", 4711);
      given = true;
    } catch (FileSystemException e) {
      given = false;
    }
    assumeThat(given).as("only root can give a folder away").isTrue();

    assertThat(refused(sink()).getMessage())
        .contains("the folder " + folder + " belongs to another user, 4711");
  }

  @Test
  void whatGitTracksIsNotReplaced() throws Exception {
    Files.writeString(folder.resolve(NAME), "tracked");
    git("init", "--quiet");
    git("add", "secrets/" + NAME);

    assertThat(refused(sink()).getMessage())
        .contains(
            "git tracks " + folder.resolve(NAME) + ", and the secret would get into a commit");

    // Nor is it put back where the next commit would take it.
    Files.delete(folder.resolve(NAME));
    assertThat(refused(sink()).getMessage()).contains("git tracks ");
  }

  @Test
  void inARepositoryAFileOfItsOwnIsTaken() throws Exception {
    Files.writeString(folder.resolve("other"), "tracked");
    git("init", "--quiet");
    git("add", "secrets/other");

    world.deliver(sink());

    assertThat(folder.resolve(NAME)).hasContent(SECRET);
  }

  @Test
  void aRepositoryThatGitCannotReadGetsNothing() throws Exception {
    Files.writeString(base.resolve(".git"), "nonsense");

    assertThat(refused(sink()).getMessage()).contains("git cannot say whether it tracks ");
  }

  @Test
  void aPathThatCannotBeIsAFindingAndNoFault() throws Exception {
    assertThat(refused(sink("a\0b")).getMessage())
        .endsWith("its path has characters that no path can have here");
  }

  @Test
  void nothingIsWrittenAfterAnInterrupt() throws Exception {
    Thread.currentThread().interrupt();
    SinkException e;
    try {
      e = world.deliverFails(sink());
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }

    assertThat(e).hasMessage(FAILED + "the run was interrupted");
    assertThat(names()).isEmpty();
  }

  /** A step at which the disk fails. */
  private enum Step {
    CREATE,
    REPLACE,
    SYNC
  }

  /** A disk that is full, or broken, from a step on. */
  private record BrokenFiles(Step broken, List<String> calls) implements FolderFiles {
    private void step(Step step) throws IOException {
      calls.add(step.name());
      if (step == broken) {
        throw new FileSystemException("/some/path", null, "No space left on device");
      }
    }

    @Override
    public void create(Path file, byte[] content) throws IOException {
      // A part of it gets to the disk.
      SYSTEM.create(file, broken == Step.CREATE ? new byte[] {content[0]} : content);
      step(Step.CREATE);
    }

    @Override
    public void replace(Path file, Path target) throws IOException {
      step(Step.REPLACE);
      SYSTEM.replace(file, target);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
      step(Step.SYNC);
      SYSTEM.syncFolder(folder);
    }
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void aDiskThatFailsLeavesTheOldSecretOrTheNewOneAndNothingElse(Step broken) throws Exception {
    Files.writeString(folder.resolve(NAME), "old");
    Sink sink =
        new DirectorySink(
            FILES,
            new SinkDefinition.Directory("secrets"),
            world.surroundings(),
            new BrokenFiles(broken, new ArrayList<>()));

    SinkException e = world.deliverFails(sink);

    assertThat(names()).containsExactly(NAME);
    assertThat(e.getMessage()).endsWith("No space left on device");
    assertThat(e.mayBeStored()).isEqualTo(broken == Step.SYNC);
    assertThat(folder.resolve(NAME)).hasContent(broken == Step.SYNC ? SECRET : "old");
  }

  @Test
  void theDiskHasTheContentBeforeTheNameAndThenTheName() throws Exception {
    List<String> calls = new ArrayList<>();
    world.deliver(
        new DirectorySink(
            FILES,
            new SinkDefinition.Directory("secrets"),
            world.surroundings(),
            new BrokenFiles(null, calls)));

    assertThat(calls).containsExactly("CREATE", "REPLACE", "SYNC");
  }

  @Test
  void whatAKilledRunLeftIsRemovedOnceItIsOld() throws Exception {
    Path old = Files.writeString(folder.resolve(".tokenform-old.tmp"), "a part of a secr");
    Path young = Files.writeString(folder.resolve(".tokenform-young.tmp"), "being written");
    Path other = Files.writeString(folder.resolve("other"), "kept");
    FileTime past = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
    Files.setLastModifiedTime(old, past);
    Files.setLastModifiedTime(other, past);

    world.deliver(sink());

    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(other).exists();
  }

  @Test
  void deliveriesAtTheSameTimeDoNotDisturbEachOther() throws Exception {
    Sink sink =
        ScriptedFolders.sinks(world.surroundings(), file -> ScriptedFolders.Turn.STORES)
            .of(FILES, new SinkDefinition.Directory("secrets"));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> deliveries = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        SinkTarget target =
            new SinkTarget(
                new TokenName("token-" + i),
                TARGET.cluster(),
                TARGET.id(),
                TARGET.description(),
                TARGET.expiresAt());
        deliveries.add(
            threads.submit(
                () -> {
                  sink.deliver(target, Secret.of(SECRET));
                  return null;
                }));
      }
      for (Future<?> delivery : deliveries) {
        delivery.get();
      }
    } finally {
      threads.shutdownNow();
    }
    try (Stream<Path> stored = Files.list(folder)) {
      assertThat(stored).hasSize(400);
    }
  }
}
