package io.tokenform.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenform.access.Os;
import io.tokenform.cli.console.Interrupts;
import io.tokenform.cli.console.Terminals;
import io.tokenform.cli.console.World;
import io.tokenform.cli.files.KnownHosts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The file of the hosts that the user agreed to. */
class KnownHostsTest {
  private static final String HOST = "https://cluster.example.com";
  private static final String OTHER = "https://other.example.com:8443";

  @TempDir Path home;

  private KnownHosts at(Map<String, String> environment) {
    return at(environment, Os.POSIX);
  }

  private KnownHosts at(Map<String, String> environment, Os os) {
    return KnownHosts.of(
        new World(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream(),
            Terminals.none(),
            environment,
            home,
            Clock.fixed(Cli.NOW, ZoneOffset.UTC),
            Interrupts.NONE),
        os);
  }

  private KnownHosts known() {
    return at(Map.of("HOME", home.toString()));
  }

  private Path folder() {
    return home.resolve(".config/tokenform");
  }

  private Path file() {
    return folder().resolve("hosts");
  }

  @Test
  void whatIsRememberedIsKnownAndWhatWasThereStays() throws IOException {
    assertThat(known().read()).isEqualTo(KnownHosts.Answers.NONE);

    assertThat(known().remember(HOST)).isEqualTo(file());
    known().remember(OTHER);

    assertThat(known().read().hosts()).containsExactly(HOST, OTHER);
    assertThat(known().read().problem()).isEmpty();
    assertThat(file())
        .hasContent(
            """
            # The hosts that may get the management token although only a file names them, such as a
            # policy's url. tokenform asked about each, at a terminal. Remove a line to be asked again.
            https://cluster.example.com
            https://other.example.com:8443
            """);
    try (Stream<Path> files = Files.list(folder())) {
      assertThat(files).containsExactly(file());
    }
  }

  @Test
  void aFileOfOnesOwnIsReadAndKept() throws IOException {
    Files.createDirectories(folder());
    mode(folder(), "rwxr-xr-x");
    Files.writeString(
        file(), "# mine\r\n\nHTTPS://Cluster.Example.com:443/base\r\nnonsense\nhttp://far.example");
    mode(file(), "rw-r--r--");

    assertThat(known().read().hosts()).containsExactly(HOST);
    known().remember(OTHER);
    assertThat(file()).content().startsWith("# mine\r\n").endsWith("far.example\n" + OTHER + "\n");
    assertThat(known().read().hosts()).containsExactly(HOST, OTHER);
  }

  @Test
  void whatOthersCanWriteIsNotUsedAndNotWritten() throws IOException {
    known().remember(HOST);
    for (String permissions : new String[] {"rw--w----", "rw-----w-"}) {
      mode(file(), permissions);
      refused(file() + ": other users can write to it");
    }
    mode(file(), "rw-------");
    mode(folder(), "rwxrwx---");
    refused(folder() + ": other users can write to it");
    mode(folder(), "rwx------");
    assertThat(known().read().hosts()).containsExactly(HOST);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void noLinkIsFollowed() throws IOException {
    known().remember(HOST);
    Path elsewhere = home.resolve("elsewhere");
    Files.move(file(), elsewhere);
    Files.createSymbolicLink(file(), elsewhere);
    refused(file() + ": it is a link, or no file");
    assertThat(elsewhere).content().endsWith(HOST + "\n");
    // One that leads nowhere would make a file where it leads.
    Files.delete(elsewhere);
    refused(file() + ": it is a link, or no file");
    assertThat(elsewhere).doesNotExist();

    Files.delete(file());
    Path real = Files.move(folder(), home.resolve("real"));
    Files.createSymbolicLink(folder(), real);
    assertThatThrownBy(() -> known().remember(OTHER))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(folder() + ": ");
    assertThat(real).isEmptyDirectory();
  }

  @Test
  void aFileWithoutEndIsNotRead() throws IOException {
    known().remember(HOST);
    Files.writeString(file(), "# long\n".repeat(200_000));
    refused(file() + ": it is too large");
  }

  @Test
  void aFolderThatIsNotAbsoluteIsNone() throws IOException {
    assertThat(at(Map.of("XDG_CONFIG_HOME", ".", "HOME", "home")).read())
        .isEqualTo(KnownHosts.Answers.NONE);
    assertThatThrownBy(() -> at(Map.of("XDG_CONFIG_HOME", "x")).remember(HOST))
        .hasMessage("there is no folder for it: HOME is not set");
    String xdg = home.resolve("xdg").toString();
    assertThat(at(Map.of("XDG_CONFIG_HOME", xdg, "HOME", home.toString())).remember(HOST))
        .isEqualTo(Path.of(xdg, "tokenform", "hosts"));
    assertThat(at(Map.of("APPDATA", xdg)).read().hosts()).containsExactly(HOST);
  }

  @Test
  void aFolderThatIsNoPathIsNone() throws IOException {
    String noPath = home + "/a\0b";

    assertThat(at(Map.of("HOME", noPath)).read()).isEqualTo(KnownHosts.Answers.NONE);
    assertThatThrownBy(() -> at(Map.of("HOME", noPath)).remember(HOST))
        .hasMessage("there is no folder for it: HOME is not set");
    assertThat(at(Map.of("XDG_CONFIG_HOME", noPath, "HOME", home.toString())).remember(HOST))
        .isEqualTo(file());
  }

  @Test
  void whoseItIsIsToldByTheUsersNumber() throws IOException {
    known().remember(HOST);
    String name = System.getProperty("user.name");
    // As in a container whose user has no name.
    System.setProperty("user.name", "?");
    try {
      assertThat(known().read()).isEqualTo(new KnownHosts.Answers(Set.of(HOST), Optional.empty()));
    } finally {
      System.setProperty("user.name", name);
    }
  }

  @Test
  void onWindowsTheFolderIsTheSameWhicheverShellStartsIt() throws IOException {
    String appData = home.resolve("AppData/Roaming").toString();
    Map<String, String> ofGitBash =
        Map.of("APPDATA", appData, "HOME", home.toString(), "XDG_CONFIG_HOME", home + "/xdg");

    assertThat(at(ofGitBash, Os.WINDOWS).remember(HOST))
        .isEqualTo(Path.of(appData, "tokenform", "hosts"));
    assertThat(at(Map.of("APPDATA", appData), Os.WINDOWS).read().hosts()).containsExactly(HOST);
    assertThat(at(ofGitBash).read()).isEqualTo(KnownHosts.Answers.NONE);
  }

  private void refused(String problem) {
    assertThat(known().read().problem()).hasValue(problem);
    assertThat(known().read().hosts()).isEmpty();
    assertThatThrownBy(() -> known().remember(OTHER))
        .isInstanceOf(IOException.class)
        .hasMessage(problem);
  }

  private static void mode(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }
}
