package io.tokenform.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What can be told of the scripts for Windows without one: .ci/smoke.cmd runs them there, in CI.
 */
class WindowsLauncherTest {
  private static final Path LAUNCHER = Path.of("src/main/dist/bin/tokenform.cmd");
  private static final Path SHELL = Path.of("src/main/dist/bin/tokenform");

  private static String text(Path script) throws IOException {
    return new String(Files.readAllBytes(script), StandardCharsets.ISO_8859_1);
  }

  /** Its lines without the remarks. */
  private static List<String> commands(Path script) throws IOException {
    return text(script).lines().filter(line -> !line.matches("rem( .*)?")).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"src/main/dist/bin/tokenform.cmd", ".ci/smoke.cmd"})
  void eachLineEndsAsCmdExpectsAndIsAscii(Path script) throws IOException {
    String text = text(script);

    // In whatever code page it is read; and labels are found.
    assertThat(text).matches("(?:[\\x20-\\x7e]*\\r\\n)+");
    assertThat(Files.readString(Path.of(".gitattributes"))).contains("*.cmd text eol=crlf\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"src/main/dist/bin/tokenform.cmd", ".ci/smoke.cmd"})
  void eachLabelIsThereOnce(Path script) throws IOException {
    List<String> labels =
        commands(script).stream().filter(line -> line.startsWith(":")).sorted().toList();
    Matcher jumps = Pattern.compile("\\bgoto (\\w+)").matcher(String.join("\n", commands(script)));

    assertThat(labels).doesNotHaveDuplicates();
    Set<String> wanted = new TreeSet<>();
    while (jumps.find()) {
      wanted.add(":" + jumps.group(1));
    }
    assertThat(labels).containsAll(wanted);
  }

  @Test
  void theArgumentsArePassedOnOnceAndUntouched() throws IOException {
    List<String> commands = commands(LAUNCHER);

    assertThat(commands.stream().filter(line -> line.contains("%*"))).hasSize(1);
    // With an argument, it would read that a second time.
    assertThat(commands.stream().filter(line -> line.matches("(?i).*\\bcall\\b.*")))
        .containsExactly("call :home");
    assertThat(commands).contains("setlocal DisableDelayedExpansion EnableExtensions");
    // A digit right before it would name a stream.
    assertThat(commands).noneMatch(line -> line.matches(".*\\S>&2.*"));
  }

  @Test
  void noProgramIsLookedForInTheCurrentFolder() throws IOException {
    // cmd looks there first. What is left after its own commands is a path, in quotes.
    String own = "(?i)(@echo|setlocal|set|if|goto|call|exit|mkdir|del|echo|for|do|in|not|exist)";
    for (String line : commands(LAUNCHER)) {
      Matcher first = Pattern.compile("^(?:>&2 )?([@\\w]+)").matcher(line);
      assertThat(!first.find() || first.group(1).matches(own)).as(line).isTrue();
      assertThat(withoutQuoted(line)).doesNotContain("chcp");
    }
    assertThat(commands(LAUNCHER))
        .noneMatch(line -> line.contains("=java.exe"))
        .contains("set \"tokenform_chcp=%SystemRoot%\\System32\\chcp.com\"");
  }

  @Test
  void whereItLiesIsAskedInWhatIsCalled() throws IOException {
    List<String> commands = commands(LAUNCHER);

    // Elsewhere it is the current folder, if cmd found the script in Path by its name in quotes.
    assertThat(commands.stream().filter(line -> line.contains("~dp0"))).hasSize(1);
    assertThat(commands.subList(commands.indexOf(":home"), commands.size()))
        .anyMatch(line -> line.contains("%~dp0"));
  }

  @Test
  void aPathIsAlwaysBetweenQuotes() throws IOException {
    // Outside of them, "&" ends the command and begins the next one.
    for (String line : commands(LAUNCHER)) {
      assertThat(withoutQuoted(line))
          .as(line)
          .doesNotContainPattern(
              "%(tokenform_(java|home|lib|jar|own|archive|release|chcp)|JAVA_HOME)%");
    }
    // It has a path between quotes of its own.
    assertThat(commands(LAUNCHER)).noneMatch(line -> line.contains("=%tokenform_problem%\""));
  }

  /** What cmd takes for commands and marks; a caret takes a quote its meaning. */
  private static String withoutQuoted(String line) {
    return line.replace("^\"", "").replaceAll("\"[^\"]*(\"|$)", "");
  }

  @Test
  void theJvmGetsTheOptionsThatItGetsElsewhere() throws IOException {
    String shell = text(SHELL);
    String exec = shell.substring(shell.indexOf("exec \"$java\""));
    String line =
        commands(LAUNCHER).stream().filter(each -> each.contains("%*")).findFirst().orElseThrow();

    Set<String> wanted = options(exec);
    wanted.remove("-XX:ErrorFile=/dev/null");
    wanted.add("-XX:ErrorFile=NUL");
    assertThat(wanted).hasSizeGreaterThan(6);
    assertThat(options(line)).containsAll(wanted);
    // The user's come last, and can undo ours.
    assertThat(line.indexOf("%TOKENFORM_JAVA_OPTS%")).isGreaterThan(line.indexOf("-Djdk.console"));
  }

  private static Set<String> options(String text) {
    return Pattern.compile("(?<= )-X[\\w:]*[-+]?[\\w=/:]+(?=[ \\n])")
        .matcher(text)
        .results()
        .map(MatchResult::group)
        // They belong to an archive of another kind.
        .filter(option -> !option.contains("Archive") && !option.contains("UnlockDiagnostic"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
