package io.tokenform.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Os;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which file the first word of a command stands for. */
class ProgramTest {
  @TempDir Path folder;

  private Optional<Path> find(String word, Os os, String path) {
    return new Program(word, os).find(Map.of("PATH", path), folder);
  }

  private Path program(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  @Test
  void aNameIsLookedForInTheAbsoluteFoldersOfThePath() throws IOException {
    program("vault");
    Path vault = program("bin/vault");

    assertThat(find("vault", Os.POSIX, ".::bin:" + folder + "/bin")).contains(vault);
    assertThat(find("vault", Os.POSIX, ".::bin")).isEmpty();
  }

  @Test
  void aPathIsTakenFromTheWorkingDirectory() throws IOException {
    Path script = program("deploy/store.sh");

    assertThat(find("deploy/store.sh", Os.POSIX, "/none")).contains(script);
    assertThat(find("deploy/none.sh", Os.POSIX, "/none")).isEmpty();
  }

  @Test
  void onWindowsAProgramHasOneOfTheEndings() throws IOException {
    Map<String, String> environment = Map.of("PATHEXT", ".EXE;.CMD;");

    assertThat(new Program("vault", Os.WINDOWS).names(environment))
        .containsExactly("vault.EXE", "vault.CMD");
    assertThat(new Program("vault.exe", Os.WINDOWS).names(environment))
        .containsExactly("vault.exe");
    assertThat(new Program("v1.2", Os.WINDOWS).names(Map.of())).contains("v1.2.EXE");
    assertThat(new Program("vault", Os.POSIX).names(environment)).containsExactly("vault");

    Path vault = program("bin/vault.EXE");
    program("bin/vault.CMD");
    assertThat(find("vault", Os.WINDOWS, "bin;" + folder + "/bin")).contains(vault);
  }

  @Test
  void onWindowsFoldersMayStandInQuotationMarks() {
    assertThat(
            new Program("vault", Os.WINDOWS)
                .folders(Map.of("PATH", "C:\\bin;\"C:\\Program Files\\x\";")))
        .containsExactly("C:\\bin", "C:\\Program Files\\x", "");
    assertThat(new Program("vault", Os.POSIX).folders(Map.of("PATH", "/a b:/c;d")))
        .containsExactly("/a b", "/c;d");
  }

  @Test
  void onWindowsABackslashMakesAPathToo() {
    assertThat(new Program("tools\\vault", Os.WINDOWS).problem()).contains("is not a file");
    assertThat(new Program("tools\\vault", Os.POSIX).problem()).contains("folders of PATH");
  }
}
