package io.tokenform.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What differs between systems. */
class OsTest {
  @Test
  void onlyWindowsIsWindows() {
    assertThat(Os.named("Windows 11")).isEqualTo(Os.WINDOWS);
    assertThat(Os.named("Windows Server 2025")).isEqualTo(Os.WINDOWS);
    for (String name : new String[] {"Linux", "Mac OS X", "Darwin", "FreeBSD", ""}) {
      assertThat(Os.named(name)).as(name).isEqualTo(Os.POSIX);
    }
  }

  @Test
  void windowsDoesNotTellLettersOfAVariableApart() {
    Map<String, String> variables = Map.of("Path", "C:\\bin", "https_proxy", "http://proxy");

    assertThat(Os.WINDOWS.variables(variables))
        .isEqualTo(Map.of("PATH", "C:\\bin", "HTTPS_PROXY", "http://proxy"));
    assertThat(Os.POSIX.variables(variables)).isEqualTo(variables);
    assertThat(Os.WINDOWS.variable("SystemRoot")).isEqualTo("SYSTEMROOT");
    assertThat(Os.POSIX.variable("path")).isEqualTo("path");
  }
}
