package io.tokenform.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which files of a folder git tracks. */
@Timeout(900)
class GitIndexTest {
  @TempDir Path folder;

  private void git(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("git", "-c", "init.defaultBranch=main");
    builder.command().addAll(List.of(arguments));
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().remove("GIT_DIR");
    Process git = builder.start();
    String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(git.waitFor()).as(output).isZero();
  }

  @Test
  void aFolderInNoRepositoryHasNoTrackedFiles() throws Exception {
    Files.createFile(folder.resolve("a"));

    assertThat(GitIndex.namesIn(folder)).contains(Set.of());
  }

  @Test
  void onlyTheFilesOfTheIndexAreTracked() throws Exception {
    Path journals = Files.createDirectories(folder.resolve("work/journal"));
    Files.createFile(journals.resolve("tracked é.jsonl"));
    Files.createFile(journals.resolve("own.jsonl"));
    Files.createFile(folder.resolve("elsewhere.jsonl"));
    git("init", "--quiet");
    git("add", "work/journal/tracked é.jsonl", "elsewhere.jsonl");

    assertThat(GitIndex.namesIn(journals)).contains(Set.of("tracked é.jsonl"));
    assertThat(GitIndex.namesIn(folder))
        .contains(Set.of("elsewhere.jsonl", "work/journal/tracked é.jsonl"));
  }

  @Test
  void aGitOfTheRepositoryItselfIsNotRun() throws Exception {
    Files.createFile(folder.resolve("tracked"));
    git("init", "--quiet");
    git("add", "tracked");
    Path own = Files.writeString(folder.resolve("git"), "#!/bin/sh\ntouch ran\n");
    assertThat(own.toFile().setExecutable(true)).isTrue();

    String path = System.getenv("PATH");
    assertThat(GitIndex.namesIn(folder, Map.of("PATH", "." + File.pathSeparator + path)))
        .contains(Set.of("tracked"));
    assertThat(GitIndex.namesIn(folder, Map.of("PATH", "" + File.pathSeparator + ".")))
        .contains(Set.of());
    assertThat(folder.resolve("ran")).doesNotExist();
  }

  @Test
  void aRepositoryThatGitCannotReadSaysNothing() throws Exception {
    Path below = Files.createDirectory(folder.resolve("journal"));
    Files.writeString(folder.resolve(".git"), "nonsense");

    assertThat(GitIndex.namesIn(below)).isEmpty();
  }
}
