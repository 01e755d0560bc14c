package io.tokenform.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Os;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which streams are terminals, and what those can do. */
class TerminalsTest {
  @Test
  void aLauncherSaysWhichStreamsAreTerminals() {
    assertThat(Terminals.parse(null, () -> true)).isEqualTo(Terminals.none());
    assertThat(Terminals.parse("", () -> true)).isEqualTo(Terminals.none());
    assertThat(Terminals.parse("02", () -> false)).isEqualTo(new Terminals(true, false, true));
  }

  @Test
  void whereTheLauncherCannotFindOutTheJvmIsAsked() {
    assertThat(Terminals.parse("console", () -> true)).isEqualTo(new Terminals(true, true, true));
    assertThat(Terminals.parse("console", () -> false)).isEqualTo(Terminals.none());
  }

  @Test
  void everyTerminalOfAUnixReadsEscapesButADumbOne() {
    assertThat(Terminals.readEscapes(Os.POSIX, Map.of())).isTrue();
    assertThat(Terminals.readEscapes(Os.POSIX, Map.of("TERM", "xterm"))).isTrue();
    assertThat(Terminals.readEscapes(Os.POSIX, Map.of("TERM", "dumb"))).isFalse();
  }

  @Test
  void aConsoleOfWindowsReadsThemOnlyIfItIsOfAKindThatSaysSo() {
    assertThat(Terminals.readEscapes(Os.WINDOWS, Map.of())).isFalse();
    for (String name : new String[] {"WT_SESSION", "ANSICON", "TERM", "TERM_PROGRAM"}) {
      assertThat(Terminals.readEscapes(Os.WINDOWS, Map.of(name, "x"))).as(name).isTrue();
    }
    assertThat(Terminals.readEscapes(Os.WINDOWS, Map.of("CONEMUANSI", "ON"))).isTrue();
    assertThat(Terminals.readEscapes(Os.WINDOWS, Map.of("CONEMUANSI", "OFF"))).isFalse();
    assertThat(Terminals.readEscapes(Os.WINDOWS, Map.of("WT_SESSION", "x", "TERM", "dumb")))
        .isFalse();
  }
}
