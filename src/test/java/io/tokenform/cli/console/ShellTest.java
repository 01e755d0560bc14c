package io.tokenform.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Os;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What runs the command line of {@code --management-token-command}. */
class ShellTest {
  private static final Shell WINDOWS =
      new Shell(Os.WINDOWS, Map.of("SYSTEMROOT", "D:\\Windows", "COMSPEC", "cmd.exe"));

  @Test
  void aUnixHasSh() {
    assertThat(new Shell(Os.POSIX, Map.of()).running("pass show 'a b' | head -1"))
        .containsExactly("sh", "-c", "pass show 'a b' | head -1");
  }

  @Test
  void windowsHasTheCmdOfTheSystemWhateverAVariableOrTheWorkingDirectorySays() {
    assertThat(WINDOWS.running("type token.txt"))
        .containsExactly("D:\\Windows\\System32\\cmd.exe", "/d", "/s", "/c", "\"type token.txt\"");
    assertThat(new Shell(Os.WINDOWS, Map.of()).running("x").get(0))
        .isEqualTo("C:\\Windows\\System32\\cmd.exe");
  }

  @Test
  void cmdGetsACommandWithQuotationMarksAsItIs() {
    // It takes one mark away at each end.
    assertThat(WINDOWS.running("\"C:\\Program Files\\op.exe\" read \"op://a b/c\""))
        .last()
        .isEqualTo("\"\"C:\\Program Files\\op.exe\" read \"op://a b/c\"\"");
  }

  @Test
  void aBackslashAtTheEndIsNoPartOfTheQuotationMark() {
    assertThat(WINDOWS.running("dir C:\\")).last().isEqualTo("\"dir C:\\ \"");
  }

  @Test
  void aMessageNamesIt() {
    assertThat(WINDOWS.name()).isEqualTo("cmd");
    assertThat(new Shell(Os.POSIX, Map.of()).name()).isEqualTo("sh");
  }
}
