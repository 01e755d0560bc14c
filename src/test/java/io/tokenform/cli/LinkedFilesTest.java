package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a commit may bring along to have tokenform read, show or write other files than its own. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it needs a shell, links or modes of Unix")
class LinkedFilesTest extends CommandTest {
  private static final String SECRET = "hunter2-is-no-known-shape";

  private static final String OTHER_POLICY =
      "version: 1\ntokens: {telegraf: {id: %s, permissions: {read: [\"*\"]}}}\n"
          .formatted(TELEGRAF);

  /** The checkout; everything else in the folder is none of the commit's business. */
  private Path work;

  @BeforeEach
  void checkout() throws IOException {
    work = Files.createDirectories(folder.resolve("work"));
    Files.writeString(folder.resolve("token"), SECRET + "\n");
  }

  private Cli inWork() {
    return Cli.in(work).withManagementToken().agreedTo(configuration, sandbox.url());
  }

  private Path write(String name, String text) throws IOException {
    Path file = work.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Path link(String name, String target) throws IOException {
    Path link = work.resolve(name);
    Files.createDirectories(link.getParent());
    Files.deleteIfExists(link);
    return Files.createSymbolicLink(link, Path.of(target));
  }

  // Policies

  @ParameterizedTest
  @ValueSource(strings = {"text", "json", "github"})
  void nothingOfAFileThatALinkNamesIsShown(String format) throws IOException {
    for (String content :
        new String[] {
          SECRET, SECRET + ": x", "a: [" + SECRET, "\"" + SECRET, "# " + SECRET, "\u00ff " + SECRET
        }) {
      Files.writeString(folder.resolve("token"), content);
      link("tokens.yaml", "../token");
      assertThat(inWork().run("validate", "--format", format)).exited(1).neverShowed("hunter2");
      assertThat(inWork().run("plan", "--policy-guardrails", "tokens.yaml"))
          .exited(1)
          .neverShowed("hunter2");
    }
  }

  @Test
  void belowADirectoryALinkOutOfItIsRefused() throws IOException {
    write("tokens/a.yaml", "version: 1\ntokens: {}\n");
    write("docs/notes.yaml", OTHER_POLICY);
    for (String target : new String[] {"../docs/notes.yaml", "../../token", "/dev/zero", "gone"}) {
      link("tokens/x.yaml", target);
      assertThat(inWork().run("validate", "-f", "tokens"))
          .exited(1)
          .printedNothing()
          .neverShowed("hunter2")
          .complained(
              "tokens/x.yaml:1:1: error[outside-folder]: this is a link that does not lead to a"
                  + " policy file in the directory that -f names",
              "error: the policy has an error");
    }
  }

  @Test
  void aLinkMakesNoPolicyOfAFileWithAnotherEnding() throws IOException {
    write("policy/notes.txt", OTHER_POLICY);
    link("policy/x.yaml", "notes.txt");
    assertThat(inWork().run("validate", "-f", "policy"))
        .exited(1)
        .complained("policy/x.yaml:1:1: error[outside-folder]");
  }

  @Test
  void aConfigMapOfKubernetesIsReadThroughItsLinks() throws IOException {
    write(
        "mount/..2026_01_01/tokens.yaml",
        "version: 1\ncluster: {product: sandbox, seed: s.json}\n"
            + OTHER_POLICY.substring("version: 1\n".length()));
    write("mount/..2026_01_01/s.json", SEED);
    link("mount/..data", "..2026_01_01");
    link("mount/tokens.yaml", "..data/tokens.yaml");
    link("mount/s.json", "..data/s.json");

    for (String path : new String[] {"mount", "mount/tokens.yaml", work.resolve("mount") + ""}) {
      assertThat(inWork().run("plan", "-f", path, "--allow", "wildcard-read"))
          .exited(0)
          .printed("~ telegraf", "+ read   *");
    }
  }

  @Test
  @Timeout(900)
  void aPipeBelowADirectoryIsNotReadAndNoLoopIsFollowed() throws Exception {
    write("policy/a.yaml", "version: 1\ntokens: {}\n");
    link("policy/loop", ".");
    link("policy/loop.yaml", "loop.yaml");
    pipe(work.resolve("policy/pipe.yaml"));
    assertThat(inWork().run("validate", "-f", "policy"))
        .exited(1)
        .complained(
            "policy/loop.yaml:1:1: error[outside-folder]",
            "policy/pipe.yaml:1:1: error[unreadable-file]: this is a pipe or a device",
            "error: the policy has 2 errors");
  }

  /** What a folder of plans or snapshots has may come from anybody. */
  @Test
  @Timeout(60)
  void aPipeInAFolderOfPlansOrSnapshotsIsNotRead() throws Exception {
    write("fleet.yaml", "version: 1\nclusters:\n  dev: {product: sandbox, files: [t.yaml]}\n");
    write("t.yaml", "version: 1\ntokens: {}\n");
    Files.createDirectory(work.resolve("plans"));
    pipe(work.resolve("plans/fleet.json"));
    Files.createDirectory(work.resolve("snapshots"));
    pipe(work.resolve("snapshots/dev.snapshot.json"));
    assertThat(inWork().run("show", "plans"))
        .exited(1)
        .complained("the plan in plans cannot be read: it is not a regular file");
    assertThat(inWork().run("plan", "--fleet", "fleet.yaml", "--live", "snapshots"))
        .exited(1)
        .printed("snapshots/dev.snapshot.json cannot be read: it is not a regular file");
  }

  private static void pipe(Path file) throws Exception {
    Process made = new ProcessBuilder("mkfifo", file.toString()).start();
    Assertions.assertThat(made.waitFor()).isZero();
  }

  // Seeds

  @Test
  void aSeedOutsideOfThePolicysFolderIsRefused() throws IOException {
    write("seed.json", SEED);
    write("policy/inside.json", SEED);
    link("policy/link.json", "../../token");
    link("policy/outside", "..");
    for (String seed :
        new String[] {
          "../seed.json",
          "../../token",
          "link.json",
          "outside/seed.json",
          folder.resolve("token").toString(),
          "/proc/self/environ",
          "/dev/zero"
        }) {
      write("policy/c.yaml", "version: 1\ncluster: {product: sandbox, seed: %s}\n".formatted(seed));
      for (String path : new String[] {"policy/c.yaml", "policy"}) {
        assertThat(inWork().run("plan", "-f", path, "--format", "markdown=plan.md"))
            .as(seed)
            .exited(1)
            .printedNothing()
            .neverShowed("hunter2")
            .complained("policy/c.yaml:2:35: error[outside-folder]: this seed is outside");
      }
      Assertions.assertThat(work.resolve("plan.md")).content().doesNotContain("hunter2");
    }
    write("policy/c.yaml", "version: 1\ncluster: {product: sandbox, seed: inside.json}\n");
    Files.delete(work.resolve("policy/link.json"));
    assertThat(inWork().run("plan", "-f", "policy")).exited(0);
  }

  @Test
  void aSeedThatIsAnotherFileIsNotShown() throws IOException {
    write("tokens.yaml", "version: 1\ncluster: {product: sandbox, seed: other}\n");
    for (String content :
        new String[] {
          SECRET,
          "{\"%s\": 1}".formatted(SECRET),
          "{%s".formatted(SECRET),
          "[\"" + SECRET + "\"",
          "\""
        }) {
      write("other", content);
      assertThat(inWork().run("plan", "--format", "markdown=plan.md"))
          .exited(1)
          .neverShowed("hunter2")
          .complained("other does not begin like a seed, so none of it is shown");
      Assertions.assertThat(work.resolve("plan.md")).content().doesNotContain("hunter2");
    }
    write("other", "{\"tokens\": [x]}");
    assertThat(inWork().run("plan")).exited(1).complained("other:1:13: not valid JSON");
  }

  @Test
  void aStateThatIsALinkIsNeitherReadNorReplaced() throws IOException {
    write("tokens.yaml", "version: 1\ncluster: {product: sandbox}\n");
    link(".tokenform/sandbox.json", "../../token");
    assertThat(inWork().run("plan"))
        .exited(1)
        .neverShowed("hunter2")
        .complained("the sandbox keeps its state in .tokenform/sandbox.json, and it is a link");
    assertThat(
            inWork().run("sandbox", "--listen", "127.0.0.1:0", "--data", ".tokenform/sandbox.json"))
        .exited(1)
        .printedNothing()
        .complained("the state cannot be kept in .tokenform/sandbox.json: it is a link");
    Files.delete(work.resolve(".tokenform/sandbox.json"));
    Files.delete(work.resolve(".tokenform"));
    link(".tokenform", "../elsewhere");
    assertThat(inWork().run("plan"))
        .exited(1)
        .complained(".tokenform is a link that leads outside the working directory");
  }

  // Outputs

  @Test
  void noOutputIsWrittenThroughALink() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Path target = Files.writeString(elsewhere.resolve("precious"), "mine");
    policyForSandbox(TOKENS);
    Files.move(folder.resolve("tokens.yaml"), work.resolve("tokens.yaml"));
    link("link", "../elsewhere/precious");
    link("new", "../elsewhere/new");
    write("other", "");
    link("inside", "other");
    link("out", "../elsewhere");
    link("deep/er", "../out");
    String[] outputs = {
      "link",
      "new",
      "inside",
      "out/precious",
      "out/new",
      "./out/../out/new",
      "deep/er/new",
      work.resolve("out/new").toString()
    };
    for (String output : outputs) {
      assertThat(inWork().run("plan", "--out", output))
          .as(output)
          .exited(1)
          .complained("error: " + output + " is not written: ", " is a link");
      for (String format : new String[] {"text", "json", "markdown", "diff", "github"}) {
        assertThat(inWork().run("plan", "--format", format + "=" + output))
            .as(output)
            .exited(1)
            .complained(output + " is not written: ");
      }
    }
    assertThat(inWork().run("plan", "-f", "gone", "--out", "link")).exited(1);
    Assertions.assertThat(target).hasContent("mine");
    try (var files = Files.list(elsewhere)) {
      Assertions.assertThat(files).containsExactly(target);
    }
  }

  @Test
  void aFolderOfOnesOwnMayBeALink() throws IOException {
    policyForSandbox(TOKENS);
    Files.move(folder.resolve("tokens.yaml"), work.resolve("tokens.yaml"));
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.createSymbolicLink(folder.resolve("mine"), elsewhere);
    write("real/.keep", "");
    link("within", "real");

    assertThat(inWork().run("plan", "--out", folder.resolve("mine/plan.json") + "")).exited(0);
    assertThat(inWork().run("plan", "--out", "../mine/other.json")).exited(0);
    assertThat(inWork().run("plan", "--out", "within/plan.json")).exited(0);
    Assertions.assertThat(elsewhere.resolve("plan.json")).isRegularFile();
    Assertions.assertThat(elsewhere.resolve("other.json")).isRegularFile();
    Assertions.assertThat(work.resolve("real/plan.json")).isRegularFile();
  }

  @Test
  void aNewFileHasTheUsualPermissionsAndNothingIsLeftBesideIt() throws IOException {
    policyForSandbox(TOKENS);
    Path usual = Files.writeString(folder.resolve("usual"), "");
    Path out = Files.createDirectories(folder.resolve("out"));
    assertThat(cli().run("plan", "--out", "out/plan.json")).exited(0);
    Assertions.assertThat(Files.getPosixFilePermissions(out.resolve("plan.json")))
        .isEqualTo(Files.getPosixFilePermissions(usual));
    Files.setPosixFilePermissions(
        out.resolve("plan.json"), PosixFilePermissions.fromString("rw-r-----"));
    assertThat(cli().run("plan", "--out", "out/plan.json")).exited(0);
    Assertions.assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(out.resolve("plan.json"))))
        .isEqualTo("rw-r-----");
    try (var files = Files.list(out)) {
      Assertions.assertThat(files).containsExactly(out.resolve("plan.json"));
    }
  }

  @Test
  @Timeout(900)
  void aPipeIsWrittenToAsItIs() throws Exception {
    policyForSandbox(TOKENS);
    Path pipe = folder.resolve("pipe");
    pipe(pipe);
    CompletableFuture<String> read =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.readString(pipe);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    assertThat(cli().run("plan", "--format", "diff=pipe")).exited(0);
    Assertions.assertThat(read.get()).contains("+++ policy");
    Assertions.assertThat(Files.isRegularFile(pipe)).isFalse();
    assertThat(cli().run("plan", "--format", "diff=/dev/null")).exited(0);
  }
}
