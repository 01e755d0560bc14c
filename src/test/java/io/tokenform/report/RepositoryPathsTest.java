package io.tokenform.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepositoryPathsTest {
  /** A file system in which {@code /ws} and {@code /ws/infra/live.yaml} are links. */
  private static Path real(Path path) {
    Path file = path.normalize();
    Path target =
        Map.of(
                Path.of("/ws/infra/live.yaml"), Path.of("/mnt/ws/shared/live.yaml"),
                Path.of("/mnt/ws/infra/live.yaml"), Path.of("/mnt/ws/shared/live.yaml"),
                Path.of("/mnt/ws/infra/secret.yaml"), Path.of("/run/secret.yaml"))
            .get(file);
    if (target != null) {
      return target;
    }
    Path link = Path.of("/ws");
    return file.startsWith(link) ? Path.of("/mnt/ws").resolve(link.relativize(file)) : file;
  }

  private static RepositoryPaths paths(String directory, String workspace, String... roots) {
    return new RepositoryPaths(
        Path.of(directory),
        Optional.ofNullable(workspace).map(Path::of),
        RepositoryPathsTest::real,
        folder -> Set.of(roots).contains(folder.toString()));
  }

  @ParameterizedTest
  @CsvSource({
    "/mnt/ws,       tokens.yaml,                tokens.yaml",
    "/mnt/ws,       ./infra/x.yaml,             infra/x.yaml",
    "/mnt/ws,       infra//./x.yaml,            infra/x.yaml",
    "/mnt/ws,       /mnt/ws/infra/x.yaml,       infra/x.yaml",
    "/mnt/ws,       /ws/infra/x.yaml,           infra/x.yaml",
    "/mnt/ws/infra, x.yaml,                     infra/x.yaml",
    "/mnt/ws/infra, ./x.yaml,                   infra/x.yaml",
    "/mnt/ws/infra, ../shared/x.yaml,           shared/x.yaml",
    "/mnt/ws/infra, ../../ws/x.yaml,            x.yaml",
    "/ws/infra,     x.yaml,                     infra/x.yaml",
    "/mnt/ws,       infra/live.yaml,            shared/live.yaml",
    "/mnt/ws,       infra/secret.yaml,          infra/secret.yaml",
    "/mnt/ws,       .,                          .",
    "/mnt/ws,       -,                          -",
    "/mnt/ws,       ../other/./x.yaml,          ../other/x.yaml",
    "/tmp,          /etc/../etc/tokens.yaml,    /etc/tokens.yaml",
    "/tmp,          ./tokens.yaml,              tokens.yaml",
  })
  void aPathBeginsAtTheWorkspace(String directory, String name, String expected) {
    assertThat(paths(directory, "/mnt/ws").of(name)).isEqualTo(expected);
    assertThat(paths(directory, "/ws").of(name)).isEqualTo(expected);
    // The same without a runner, by the repository itself.
    assertThat(paths(directory, null, "/mnt/ws").of(name)).isEqualTo(expected);
  }

  @Test
  void aRepositoryInAFolderOfTheWorkspaceIsARootOfItsOwn() {
    assertThat(paths("/mnt/ws", "/mnt/ws", "/mnt/ws/policy").of("policy/tokens/x.yaml"))
        .isEqualTo("tokens/x.yaml");
    assertThat(paths("/mnt/ws", "/mnt/ws", "/mnt/ws/policy").of("other/x.yaml"))
        .isEqualTo("other/x.yaml");
  }

  @Test
  void aRepositoryAroundTheWorkspaceIsNoRoot() {
    assertThat(paths("/mnt/ws", "/mnt/ws", "/mnt").of("tokens.yaml")).isEqualTo("tokens.yaml");
  }

  @Test
  void aNameThatIsNoPathIsLeftAlone() {
    assertThat(paths("/mnt/ws", "/mnt/ws").of("a\0b")).isEqualTo("a\0b");
  }

  @Test
  void theWorkingDirectoryIsAbsolute() {
    assertThatThrownBy(() -> paths("infra", null)).isInstanceOf(IllegalArgumentException.class);
  }
}
