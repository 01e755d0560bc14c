package io.tokenform.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher says of the streams, and what Linux says where there is no launcher. */
final class TerminalsTest {
  @TempDir Path folder;

  @Test
  void launcherNumbersTheStreamsThatAreTerminals() {
    assertThat(Terminals.parse("02")).isEqualTo(new Terminals(true, false, true));
    assertThat(Terminals.parse("1")).isEqualTo(new Terminals(false, true, false));
    assertThat(Terminals.parse("")).isEqualTo(Terminals.none());
    assertThat(Terminals.parse(null)).isEqualTo(Terminals.none());
  }

  @Test
  void terminalsOfLinuxAreKnownByTheirNames() {
    assertThat(Terminals.isTerminal("/dev/pts/0")).isTrue();
    assertThat(Terminals.isTerminal("/dev/tty1")).isTrue();
    assertThat(Terminals.isTerminal("/dev/console")).isTrue();
    assertThat(Terminals.isTerminal("/dev/null")).isFalse();
    assertThat(Terminals.isTerminal("pipe:[123]")).isFalse();
    assertThat(Terminals.isTerminal("/home/ann/dev/pts/0")).isFalse();
  }

  @Test
  void streamsThatAreFilesAreNoTerminals() throws Exception {
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Asking.class.getName())
            .redirectInput(Files.createFile(folder.resolve("in")).toFile())
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();

    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    assertThat(out).hasContent(Terminals.none().toString());
  }

  /** Prints what a process of its own finds out. */
  static final class Asking {
    private Asking() {}

    public static void main(String[] args) {
      System.out.println(Terminals.parse("ask"));
    }
  }
}
